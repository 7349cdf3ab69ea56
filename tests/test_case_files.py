"""Files of case studies: a good one is read, a bad one says which line and what was expected."""

import pytest

from geo.case_records import CaseError, load_cases
from geo.case_rules import THEMES

GOOD = """\
title = "A hall that opened"
summary = "Neighbours opened a hall."
country = "England"
years = { from = 2018, text = "from 2018" }
audience = "Everyone"
themes = ["skills"]
parts = ["places"]
done = "They opened it."
cost = { text = "A grant of £500.", pounds = 500 }
worked = ["Keys for everyone"]
did_not_work = []
ingredients = ["A hall"]

[[place]]
name = "Ore"
precision = "site"
councils = ["E07000062"]
longitude = 0.6
latitude = 50.87
placed_by = "The parish map"

[[result]]
text = "It is open."
date = "2019"

[[source]]
publisher = "The hall"
title = "Our hall"
year = 2019
link_text = "Our hall, 2019"
"""


def write(folder, text, name="our-hall.toml"):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def problem(folder, councils=None):
    with pytest.raises(CaseError) as caught:
        load_cases(folder, councils)
    (line,) = caught.value.problems
    return line


def test_a_good_file_is_read(tmp_path):
    (case,) = load_cases(write(tmp_path, GOOD), {"E07000062"})
    assert (case.key, case.years, case.cost_pounds) == ("our-hall", (2018, None), (500, 500))
    assert (case.ages, case.programme, case.did_not_work) == (None, "", ())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'precision = "site"',
            'precision = "street"',
            'our-hall.toml, line 16: precision is "street"; expected one of: site, town, council, '
            "county, nation",
        ),
        (
            'themes = ["skills"]',
            'themes = ["knitting"]',
            "our-hall.toml, line 6: themes is something else; expected a list with at least one "
            f"of: {', '.join(THEMES)}",
        ),
        (
            'summary = "Neighbours opened a hall."',
            f'summary = "{"o" * 300}"',
            "our-hall.toml, line 2: summary is 300 characters long; expected a summary in your own "
            "words, at most 280 characters",
        ),
        (
            "years = { from = 2018,",
            'years = { from = "2018",',
            'our-hall.toml, line 4: from is "2018"; expected a year such as 2018',
        ),
        (
            'worked = ["Keys for everyone"]\n',
            "",
            "our-hall.toml, line 1: worked is missing; expected a list of texts, each in quotation "
            "marks",
        ),
        (
            'audience = "Everyone"',
            'audiense = "Everyone"',
            'our-hall.toml, line 5: "audiense" does not belong here; did you mean "audience"?',
        ),
        (
            "longitude = 0.6",
            "longitude = 50.87",
            "our-hall.toml, line 18: longitude is 50.87; expected degrees east between -9 and 2, "
            "such as 0.6083",
        ),
        (
            'placed_by = "The parish map"\n',
            "",
            "our-hall.toml, line 14: placed_by is missing; a site needs longitude, latitude and "
            "placed_by, the public source that puts it there",
        ),
        (
            'councils = ["E07000062"]',
            'councils = ["E07000999"]',
            'our-hall.toml, line 17: there is no council "E07000999" in 2024',
        ),
        (
            'councils = ["E07000062"]',
            'councils = ["Hastings"]',
            "our-hall.toml, line 17: councils is something else; expected a list of council codes "
            'of 2024 such as ["E07000062"]',
        ),
        (
            'text = "It is open."\n',
            "",
            "our-hall.toml, line 22: text is missing; expected text in quotation marks",
        ),
        (
            'title = "A hall that opened"',
            'title = A hall that opened"',
            "our-hall.toml, line 1: not written as TOML (Invalid value); expected key = value, "
            "with text in quotation marks",
        ),
        (
            'country = "England"',
            'programme = "halls"',
            'our-hall.toml, line 3: there is no programme "halls"; expected one of: none yet',
        ),
    ],
)
def test_a_bad_file_says_which_line_and_what_was_expected(tmp_path, old, new, message):
    assert GOOD.count(old) == 1
    found = load_problems(write(tmp_path, GOOD.replace(old, new)), {"E07000062"})
    assert message in found


def load_problems(folder, councils):
    with pytest.raises(CaseError) as caught:
        load_cases(folder, councils)
    return caught.value.problems


def test_a_council_gets_no_pin(tmp_path):
    found = load_problems(write(tmp_path, GOOD.replace('"site"', '"council"')), None)
    assert found[0] == (
        "our-hall.toml, line 18: a council has no longitude; only a site or a town is placed on "
        "the map"
    )
    assert len(found) == 3


def test_the_second_of_two_places_is_found(tmp_path):
    second = GOOD + '\n[[place]]\nname = "Par"\nprecision = "town"\ncouncils = "E06000052"\n'
    found = load_problems(write(tmp_path, second), None)
    assert any(line.startswith("our-hall.toml, line 35: councils is") for line in found)
    assert any(line.startswith("our-hall.toml, line 32: longitude is missing") for line in found)


def test_a_programme_with_a_place_is_refused(tmp_path):
    write(tmp_path, 'title = "Halls"\nplace = []\n', "programmes/halls.toml")
    assert problem(tmp_path) == 'programmes/halls.toml, line 2: "place" does not belong here'


def test_every_problem_of_every_file_is_told_at_once(tmp_path):
    write(tmp_path, GOOD.replace('"England"', '"France"'), "one.toml")
    write(tmp_path, GOOD.replace('"Everyone"', '""'), "two.toml")
    assert [line.split(":")[0] for line in load_problems(tmp_path, None)] == [
        "one.toml, line 3",
        "two.toml, line 5",
    ]
