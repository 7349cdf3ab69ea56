"""The pages of case studies and of the evidence, driven from app.py without a browser."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import evidence, evidence_lists, recommendations
from geo.case_records import load_cases
from geo.case_view import CaseView, query
from tests.test_map_values import letters_of

ROOT = Path(__file__).resolve().parent.parent
CASES = load_cases(ROOT / "data" / "case_studies")


def _open(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.switch_page(f"pages/{page}.py")
    for word, text in parameters.items():
        app.query_params[word] = text
    app.run()
    assert not app.exception
    assert not app.error
    return app


def _said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "header", "title", "warning", "info")
    texts = [element.value for kind in kinds for element in getattr(app, kind, ())]
    texts += [re.sub(r"<[^>]+>", " ", element.proto.body) for element in app.get("html")]
    return re.sub(r"\s+", " ", unescape("\n".join(map(str, texts))).replace("\\", ""))


def _link(app: AppTest) -> dict[str, str]:
    return {
        word: values if isinstance(values, str) else values[-1]
        for word, values in dict(app.query_params).items()
    }


def _map_state(app: AppTest) -> dict:
    (shown,) = (
        arguments
        for element in app.get("component_instance")
        if "feature_group" in (arguments := json.loads(element.proto.json_args))
    )
    return json.loads(re.search(r"commonGround\.set\((\{.*\})\);", shown["feature_group"])[1])


def _widget(elements, name: str):
    """The widget of a name; its key ends in a count of the links that brought other choices."""
    (found,) = (
        element for element in elements if re.fullmatch(rf"{name}( \d+)?", element.key or "")
    )
    return found


# ---- Case studies


def test_the_list_shows_every_story_on_cards_and_map():
    app = _open("case_studies")
    said = _said(app)
    assert "24 case studies in 8 stories." in said
    assert "Inspiring Communities: 15 places" in said
    openers = [button.key for button in app.button if (button.key or "").startswith("open ")]
    assert sorted(openers) == sorted(f"open {case.key}" for case in CASES)
    state = _map_state(app)
    assert len(state["councils"]) == 15
    assert {kind["key"]: len(kind["rows"]) for kind in state["points"]} == {
        "case-site": 3,
        "case-town": 7,
    }
    assert _link(app) == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_every_story_is_whole(case):
    app = _open("case_studies", case=case.key)
    said = _said(app)
    for text in (
        case.title,
        case.summary,
        case.done,
        case.cost_text,
        case.audience,
        *case.worked,
        *case.did_not_work,
        *case.ingredients,
        *(result.text for result in case.results),
        *(f"N = {result.n}" for result in case.results if result.n),
        *(source.link_text for source in case.sources),
        *(place.name for place in case.places),
    ):
        assert re.sub(r"\s+", " ", text) in said
    assert "The place today" in said
    assert ("small areas" in said) == bool(case.councils)
    assert bool(app.get("component_instance")) == bool(case.councils)
    assert ("Areas like this one now" in said) == bool(case.councils)
    assert not app.warning


def test_ores_figures_stand_beside_todays():
    said = _said(_open("case_studies", case="ore-community-library"))
    assert "Over 1,000 members, more than half of them under 16." in said
    assert "2 of 3 small areas in England’s most deprived tenth" in said
    assert "Nearest open library (December 2023): 440 m" in said
    assert "a difference between the two columns is not what the project did" in said
    assert "a pin marks the place itself" in said


def test_a_council_is_never_a_pin():
    state = _map_state(_open("case_studies", case="rebalancing-leeds"))
    assert state["points"] == []
    assert len(state["councils"]) == 1
    assert "names no neighbourhood" in _said(_open("case_studies", case="rebalancing-leeds"))


def test_a_story_opens_from_its_card_and_leads_back():
    app = _open("case_studies", theme="reading")
    app.button(key="open ore-community-library").click().run()
    assert _link(app) == {"theme": "reading", "case": "ore-community-library"}
    assert "What was done" in _said(app)
    (back,) = (button for button in app.button if button.label == "All case studies")
    back.click().run()
    assert _link(app) == {"theme": "reading"}
    assert "1 of 24 case studies" in _said(app)


def _open_filters(**parameters: str) -> AppTest:
    app = _open("case_studies", **parameters)
    app.session_state["cases filters"] = True
    return app.run()


def test_filters_go_into_the_link_and_the_empty_state_says_so():
    app = _open_filters()
    _widget(app.button_group, "cases themes").set_value(["reading"]).run()
    assert _link(app) == {"theme": "reading"}
    _widget(app.button_group, "cases costs").set_value(["not-given"]).run()
    assert _link(app) == {"theme": "reading", "cost": "not-given"}
    assert "No case study matches all of these filters." in _said(app)
    (off,) = (button for button in app.button if button.label == "Take all filters off")
    off.click().run()
    assert _link(app) == {}
    assert "24 case studies" in _said(app)


def test_a_link_that_changes_by_itself_wins_over_the_widgets():
    app = _open_filters(theme="reading", cost="up-to-10k")
    assert _widget(app.button_group, "cases themes").value == ["reading"]
    app.query_params.clear()
    app.query_params["ages"] = "under-5"
    app.run()
    assert _widget(app.button_group, "cases themes").value == []
    assert "Ramsey Million" in " ".join(button.label for button in app.button)


def test_every_choice_of_a_view_opens_from_its_link():
    view = CaseView(
        themes=("skills",),
        ages="11-14",
        costs=("not-given",),
        programmes=("inspiring-communities",),
        parts=("people",),
        layer="path",
    )
    app = _open("case_studies", **query(view))
    assert "15 of 24 case studies, in 1 story." in _said(app)
    assert _map_state(app)["title"].startswith("Gained or fell back")


@pytest.mark.parametrize(
    "junk",
    [
        {"case": "nowhere"},
        {"case": "<script>"},
        {"theme": "x"},
        {"programme": "gone"},
        {"ages": "7"},
    ],
)
def test_a_broken_link_shows_the_list_and_says_what_was_left_out(junk):
    app = _open("case_studies", **junk)
    assert len(app.warning) == 1
    assert "24 case studies" in _said(app)


# ---- The evidence


@pytest.fixture(scope="module")
def words():
    return evidence.load_evidence(ROOT / "data" / "evidence.toml")


@pytest.fixture(scope="module")
def evidence_said():
    return _said(_open("evidence"))


def test_each_claim_has_its_answer_interval_and_number(evidence_said, words, store):
    findings = store.table("evidence_findings")
    for claim in words.claims:
        for text in (claim.title, claim.says, claim.cannot, *claim.method):
            assert text in evidence_said
    for found in findings["words"]:
        assert found in evidence_said
    assert evidence_said.count("95% interval") > len(findings)
    assert "Association, not cause." in evidence_said


def test_what_the_data_do_not_support_is_said(evidence_said):
    assert (
        "Not supported against areas just as deprived with stronger social infrastructure "
        "(72% of children against 74%): no clear difference." in evidence_said
    )
    assert "Yes against all other areas of England (72% of children against 36%)." in evidence_said


def test_the_chain_has_every_statement_in_order(evidence_said, words):
    for row in words.statements:
        if row.by == "everyone":
            places = [evidence_said.index(item) for item in row.order]
            assert places == sorted(places)
            assert f"{row.group}, {row.basis}" in evidence_said
        else:
            assert evidence.in_words(row) in evidence_said


def test_what_cannot_be_answered_and_the_sources_are_there(evidence_said, words):
    for question, why in words.unanswered:
        assert question in evidence_said
        assert why in evidence_said
    for source in words.sources.values():
        assert source.link_text in evidence_said
    for path in words.paths:
        assert all(found in evidence_said for found in path.found)


@pytest.mark.parametrize("chosen", evidence_lists.LISTS, ids=lambda row: row.key)
def test_each_recommendation_has_its_list_map_and_download(chosen, words, store):
    app = _open("evidence", list=chosen.key)
    said = _said(app)
    (asked,) = (row for row in words.recommendations if row.key == chosen.key)
    for text in (asked.asks, asked.list, asked.limits):
        assert text in said
    frame = chosen.make(store)
    for row in evidence_lists.rows(chosen, frame):
        assert row[1] in said
    app.session_state["download evidence list"] = True
    labels = [button.label for button in app.run().get("download_button")]
    assert {"The list as CSV", "The list as Excel", "The list as GeoJSON"} <= set(labels)
    state = _map_state(app)
    shown = sum(letter.isupper() for letter in letters_of(state, ROOT / "static"))
    if chosen.key == "neighbourhood-lens":
        assert len(state["councils"]) == len(frame)
    else:
        assert shown == len(frame)
    links = " ".join(element.proto.body for element in app.get("html"))
    assert f"area={frame['code'].iat[0]}" in links or f"council={frame['code'].iat[0]}" in links


def test_choosing_a_recommendation_goes_into_the_link():
    app = _open("evidence")
    assert _link(app) == {}
    app.radio(key="evidence list").set_value("young-futures").run()
    assert _link(app) == {"list": "young-futures"}
    assert "Birmingham" in _said(app)
    assert "All that start" in _said(app)


def test_a_broken_list_falls_back_with_a_notice():
    app = _open("evidence", list="everything")
    assert len(app.warning) == 1
    assert app.radio(key="evidence list").value == "early-years"


def test_the_lists_are_those_of_the_recommendations(words, store):
    assert [row.key for row in evidence_lists.LISTS] == [row.key for row in words.recommendations]
    made = evidence_lists.list_of("neighbourhood-lens").make(store)
    again = recommendations.neighbourhood_lens(store.small_areas, store.councils)
    assert made.equals(again)
    for row in evidence_lists.LISTS:
        assert all(key in store.sources for key in row.sources)
