"""Controls and the link of their page, driven from app.py without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.controls import Controls
from tests.test_pages import APP


@pytest.mark.parametrize(
    ("page", "link", "used_before", "drawer", "control", "said"),
    [
        ("map", {"imd": "1-3"}, ("map level", "neighbourhood"), "map filters", "map imd", (1, 3)),
        ("map", {"map": "osm"}, ("map level", "neighbourhood"), "map drawn",
         "map background", "osm"),
        ("gaps", {"council": "E07000062"}, ("gaps level", "small-area"), "gaps where",
         "gaps councils", ["E07000062"]),
        ("gaps", {"against": "walk"}, ("gaps level", "small-area"), "gaps counts",
         "gaps against", "walk"),
        ("gaps", {"walk": "1200m"}, ("gaps level", "small-area"), "gaps walk",
         "gaps threshold", "1200m"),
        ("siting", {"aim": "nearest"}, ("siting walk", "800m"), "siting given",
         "siting aim", "nearest"),
        ("case_studies", {"theme": "reading"}, ("cases layer", "imd"), "cases filters",
         "cases themes", ["reading"]),
    ],
)  # fmt: skip
def test_a_box_opened_after_another_control_was_used_says_what_the_link_does(
    page, link, used_before, drawer, control, said
):
    app = AppTest.from_file(APP, default_timeout=120).run().switch_page(f"pages/{page}.py")
    for word, text in link.items():
        app.query_params[word] = text
    app.run()
    assert control not in _widgets(app)
    before, value = used_before
    _widgets(app)[before].set_value(value).run()
    app.session_state[drawer] = True
    app.run()
    assert not app.exception
    assert _widgets(app)[control].value == said


def _widgets(app: AppTest) -> dict:
    """What a reader can set, by its key."""
    kinds = ("button_group", "multiselect", "radio", "segmented_control", "selectbox", "slider")
    return {widget.key: widget for kind in kinds for widget in app.get(kind) if widget.key}


def test_a_box_whose_controls_nobody_has_named_is_refused():
    controls = Controls[str]("town", lambda view: {"well": view}, lambda view: {"well": view})
    with pytest.raises(KeyError, match="town wells"):
        controls.drawer("town wells", "dry", "Wells", lambda: None, icon=":material/water:")
