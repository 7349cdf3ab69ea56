"""One benchmark measured by itself takes its own place in the results, and nothing else changes."""

from benchmarks.__main__ import RESULTS, with_part

BEFORE = "# Fast\n\nMade today.\n\n## The map\n\nold\n\n## Many readers\n\n```text\nolder\n```\n"


def test_a_part_takes_the_place_of_the_one_of_its_title():
    after = with_part(BEFORE, "## The map\n\nnew\n", "Measured again.")
    assert after == BEFORE.replace("old\n\n", "Measured again.\n\nnew\n\n")


def test_the_same_part_twice_stands_once():
    once = with_part(BEFORE, "## Many readers\n\nnew\n", "Measured again.")
    assert with_part(once, "## Many readers\n\nnew\n", "Measured again.") == once
    assert "older" not in once


def test_a_part_that_was_not_there_stands_last():
    assert with_part(BEFORE, "## More\n\nnew\n", "Now.").endswith("## More\n\nNow.\n\nnew\n")


def test_the_results_kept_here_have_parts_to_take_the_place_of():
    results = RESULTS.read_text(encoding="utf-8")
    same = with_part(results, "## Many readers\n\nnew\n", "Measured again.")
    assert same.count("\n## ") == results.count("\n## ")
