"""A reader's own places: taken in, placed, put on the map, counted; and kept by nobody."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from geo import effects, own_access, own_places, uploads, what_if_places
from geo.distance import nearest, points_of
from geo.own_places import OwnFile
from geo.scenarios import Scenario

APP = str(Path(__file__).resolve().parent.parent / "app.py")
INPUT = Path(__file__).parent / "input_data"
RIGHT_TO_LEFT = "\u202egnp.exe"
NAMES = [
    '<img src=x onerror=alert(1)> & "Hall"</script>',
    "**bold** $x$ [l](http://a.example) {{ 1 }} {% raw %}",
    f"Hall {RIGHT_TO_LEFT}",
    "Café 😀 Ünïted",
    "@SUM(A1)",
]
HOSTILE = "Venue name,Type,Postcode\n" + "".join(
    f'"{name.replace(chr(34), chr(34) * 2)}",library,TN35 5BP\n' for name in NAMES
)


@pytest.fixture(scope="module")
def libraries(national):
    return what_if_places.of_service(what_if_places.services(national.places), "library")


def _placed(store, text, **options) -> OwnFile:
    table = uploads.read_table(text.encode())
    columns = uploads.guess_columns(table.headings)
    placed = uploads.place_rows(
        table,
        columns,
        find=store.postcodes.find_many,
        shapes=store.shapes("small_areas"),
        lsoa21_codes=store.table("small_areas")["lsoa21_code"],
        **options,
    )
    return OwnFile("mine.csv", table, columns=columns, placed=placed)


# Counting them


def _own_in_hastings(store) -> pd.DataFrame:
    rows = "".join(f"Mine {k},library,{p}\n" for k, p in enumerate(("TN35 5BP", "TN38 9SU")))
    return own_places.join([_placed(store, "name,kind,postcode\n" + rows)])


@pytest.mark.parametrize("level", ["small-area", "neighbourhood"])
def test_distances_with_own_places_equal_those_worked_out_afresh(
    store, national, residents, libraries, level
):
    own = _own_in_hastings(store)
    with_own = own_access.NationalWithOwn(national, residents, own, lambda _: libraries)
    areas = store.level(level)
    codes = areas.loc[areas["council"] == "Hastings", "code"]
    small = store.small_areas
    of_small = small["code"] if level == "small-area" else small["msoa21_code"]
    places = np.vstack([points_of(libraries), points_of(own)])
    changed = 0
    for code in codes:
        inside = residents.in_areas((of_small == code).to_numpy())
        metres, _ = nearest(residents.xy[inside].astype("float64"), places)
        row = store.area_number(code)
        median = with_own.access("median_m", level)["library"].iat[row]
        assert median == round(np.median(metres))
        for column, threshold in (("within_800m", 800), ("within_1_mile", 1609.344)):
            share = with_own.access(column, level)["library"].iat[row]
            assert share == pytest.approx((metres <= threshold).mean(), abs=6e-5)
        changed += median != national.access("median_m", level)["library"].iat[row]
    assert 0 < changed < len(codes)


@pytest.mark.parametrize("level", ["small-area", "neighbourhood"])
def test_an_own_place_makes_no_distance_longer_and_leaves_the_rest(
    store, national, residents, libraries, level
):
    own = _own_in_hastings(store)
    with_own = own_access.NationalWithOwn(national, residents, own, lambda _: libraries)
    metres = with_own.access("median_m", level)
    before = national.access("median_m", level)
    assert (metres["library"] <= before["library"]).all()
    pd.testing.assert_frame_equal(metres.drop(columns="library"), before.drop(columns="library"))
    for column in ("within_800m", "within_2_miles"):
        shares = with_own.access(column, level)["library"]
        assert (shares >= national.access(column, level)["library"]).all()
    far = (store.level(level)["region24_code"] != "E12000008").to_numpy()
    assert (metres["library"][far] == before["library"][far]).all()
    gaps, plain = with_own.gaps(level), national.gaps(level)
    pd.testing.assert_series_equal(gaps.closer["school"], plain.closer["school"])
    assert (gaps.metres["library"] == metres["library"]).all()


def test_a_place_where_one_already_is_changes_nothing(store, residents, libraries):
    own = libraries.head(3)[["asset_id", "easting", "northing"]].assign(asset_id=["a", "b", "c"])
    now = store.access("library")
    found = own_access.access_with_own(residents, libraries, own, now)
    pd.testing.assert_frame_equal(found, now[list(found.columns)].astype("float64"))


def test_an_own_library_takes_in_those_who_lose_ore_library(store, residents, libraries):
    """Ore Library closes; one of the reader's own stands at its door."""
    ore = libraries[libraries["name"] == "Ore Library"].iloc[0]
    closure = Scenario().close(ore["asset_id"])
    file = _placed(store, f"name,kind,postcode\nMine,library,{ore['postcode']}\n")
    own = own_places.of_service(own_places.join([file]), "library")
    places = own_places.with_listed(libraries, own)
    without, with_it = (
        effects.effect(closure, residents, listed, store.small_areas, 1609.344)
        for listed in (libraries, places)
    )
    assert without.further_people > 1000
    assert with_it.further_people < 0.01 * without.further_people


def test_only_kinds_with_a_list_to_measure_against_count(store):
    text = "name,kind,postcode\nA,family hub,TN35 5BP\nB,allotments,TN35 5BP\n"
    places = own_places.join([_placed(store, text)])
    assert own_places.services(places) == ("family_centre",)
    said = own_places.what_counts(places)
    assert "allotment sites are on the map only" in said


def test_a_place_told_by_two_files_is_one(store):
    file = _placed(store, "name,kind,postcode\nA,library,TN35 5BP\n")
    assert len(own_places.join([file, file])) == 1


def test_a_session_has_room_for_so_many_places(store):
    file = _placed(store, "name,kind,postcode\nA,library,TN35 5BP\n")
    assert own_places.too_many([file], own_places.MAX_PLACES - 1) == ""
    assert "50,000" in own_places.too_many([file], own_places.MAX_PLACES)


# The pages


def _app() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120).run()
    return app.switch_page("pages/your_places.py").run()


def _said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "title", "warning", "error")
    texts = [element.value for kind in kinds for element in getattr(app, kind, ())]
    texts += [element.proto.body for element in app.get("html")]
    # Without the signs that keep Markdown from reading names as its own.
    return "\n".join(map(str, texts)).replace("\\", "")


def _give(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "text/plain") for name, content in files])
    return app.run()


def _press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def _own_points(app: AppTest) -> list[dict]:
    """The reader's places among what the map was given."""
    arguments = json.loads(app.get("component_instance")[0].proto.json_args)
    script = arguments["feature_group"]
    state, _ = json.JSONDecoder().raw_decode(script.partition("commonGround.set(")[2])
    return [kind for kind in state["points"] if kind["key"].startswith("own-")]


def test_a_file_is_read_confirmed_placed_and_removed():
    app = _give(_app(), ("mine.csv", HOSTILE.encode()))
    assert not app.exception
    assert app.selectbox(key="your-places column name 0").value == "Venue name"
    assert app.selectbox(key="your-places column kind 0").value == "Type"
    app = _press(app, "Put them on the map")
    assert not app.error
    assert "5 places put on the map: 5 public libraries" in _said(app)
    assert len(_own_points(app)[0]["rows"]) == 5
    app = _press(app, "Remove this file")
    assert "put on the map" not in _said(app)
    assert not app.get("component_instance")


def test_a_guess_put_right_is_what_counts():
    app = _give(_app(), ("mine.csv", b"name,postcode\nOre Library,TN35 5BP\n"))
    app.selectbox(key="your-places column postcode 0").select("name")
    app = _press(app, "Put them on the map")
    assert "One column cannot be two things" in _said(app)
    assert not app.get("component_instance")
    app.selectbox(key="your-places column postcode 0").select("postcode")
    app.selectbox(key="your-places kind 0").select("hall")
    app = _press(app, "Put them on the map")
    assert "1 place put on the map: 1 village or church hall" in _said(app)
    app = _press(_press(app, "Choose columns and kind again"), "Put them on the map")
    assert "1 place put on the map: 1 public library" in _said(app)


def test_hostile_names_reach_the_map_as_text():
    app = _press(_give(_app(), ("<b>x</b>.csv", HOSTILE.encode())), "Put them on the map")
    arguments = app.get("component_instance")[0].proto.json_args
    group = json.loads(arguments)["feature_group"]
    for sign in ("<img", "</script>", "{{", "{%"):
        assert sign not in group
    names = {row[2] for row in _own_points(app)[0]["rows"]}
    assert NAMES[0] in names
    assert NAMES[3] in names
    assert not any("\u202e" in name for name in names)
    assert app.subheader[0].value == r"\<b\>x\</b\>\.csv"


def test_several_files_at_once_and_one_that_cannot_be_read():
    app = _give(
        _app(),
        ("village.json", (INPUT / "village.json").read_bytes()),
        ("village.osm.pbf", (INPUT / "village.osm.pbf").read_bytes()),
        ("broken.csv", b""),
    )
    assert [element.value for element in app.error] == ["The file is empty\\."]
    app = _press(app, "Put them on the map")
    app = _press(app, "Put them on the map")
    assert not app.exception
    assert _said(app).count("put on the map: ") == 2
    attribution = app.get("component_instance")[0].proto.json_args
    assert "OpenStreetMap contributors, ODbL" in attribution.encode().decode("unicode_escape")


def test_too_large_a_file_is_refused_in_words():
    app = _give(_app(), ("big.csv", b"name,postcode\n" + b"x" * (20 * 1024 * 1024)))
    assert "the limit is" in app.error[0].value
    rows = "name,postcode\n" + "A,TN35 5BP\n" * 50_001
    app = _give(_app(), ("long.csv", rows.encode()))
    assert "50,000 rows" in app.error[0].value


def test_bad_rows_are_listed_and_exchanged_coordinates_mended():
    rows = "name,kind,lat,lon\nA,park,0.58,50.87\nB,park,0.60,50.88\nC,park,x,1\n"
    app = _press(_give(_app(), ("mine.csv", rows.encode())), "Put them on the map")
    table = app.dataframe[0].value
    assert table["Line"].tolist() == [2, 3, 4]
    assert table["Why"].iat[0] == "latitude and longitude look swapped"
    assert "No place could be put on the map" in _said(app)
    app = _press(app, "Exchange them in the whole file")
    assert "2 places put on the map: 2 parks" in _said(app)
    assert app.dataframe[0].value["Line"].tolist() == [4]


def test_they_are_on_the_main_map_until_the_tick_is_taken_off_and_never_in_the_link():
    app = _press(_give(_app(), ("mine.csv", HOSTILE.encode())), "Put them on the map")
    app = app.switch_page("pages/map.py").run()
    assert len(_own_points(app)[0]["rows"]) == 5
    assert dict(app.query_params) == {}
    app.session_state["map drawn"] = True
    app.run()
    app.checkbox(key="own places shown map").uncheck().run()
    assert _own_points(app) == []
    assert dict(app.query_params) == {}


def test_they_count_in_gaps_when_ticked():
    rows = "name,kind,postcode\nMine,library,TN35 5BP\n"
    app = _press(_give(_app(), ("mine.csv", rows.encode())), "Put them on the map")
    app = app.switch_page("pages/gaps.py").run()
    assert "are counted" not in _said(app)
    app.checkbox(key="own places counted gaps").check().run()
    assert not app.exception
    assert not app.error
    assert "Your own public libraries are counted" in _said(app)


def test_they_count_in_a_what_if_when_ticked():
    rows = "name,kind,postcode\nMine,library,TN35 5BP\n"
    app = _press(_give(_app(), ("mine.csv", rows.encode())), "Put them on the map")
    app = app.switch_page("pages/what_if.py").run()
    before = _headline(app)
    app.checkbox(key="own places counted what-if").check().run()
    assert not app.exception
    assert not app.error
    assert "Your own public libraries are counted" in _said(app)
    assert [row[2] for row in _own_points(app)[0]["rows"]] == ["Mine"]
    assert _headline(app) != before
    app.checkbox(key="own places counted what-if").uncheck().run()
    assert _headline(app) == before


def _headline(app: AppTest) -> str:
    bodies = [element.proto.body for element in app.get("html")]
    return next(body for body in bodies if 'class="cg-sentence"' in body)


def test_another_session_has_none_of_them():
    _press(_give(_app(), ("mine.csv", HOSTILE.encode())), "Put them on the map")
    assert "put on the map" not in _said(_app())


def test_the_table_of_problems_is_safe_to_open(store):
    from geo import exports

    text = "name,kind,postcode\nA,library,=cmd()\n"
    file = _placed(store, text)
    problems = own_places.problem_table(file.placed, file.table)
    saved = pd.read_csv(io.BytesIO(exports.csv_bytes(problems, None)), encoding="utf-8-sig")
    assert not saved["Why"].str.startswith("=").any()


def test_the_server_holds_a_file_until_it_is_taken_away_and_none_that_cannot_be_read(monkeypatch):
    dropped = []
    monkeypatch.setattr(
        MemoryUploadedFileManager,
        "remove_file",
        lambda _manager, _session, file_id: dropped.append(file_id),
    )
    app = _give(_app(), ("mine.csv", HOSTILE.encode()), ("none.csv", b"\0\1\2"))
    assert not app.exception
    assert len(dropped) == 1
    app = app.button(key="your-places remove 0").click().run()
    assert not app.exception
    assert len(set(dropped)) == 2
