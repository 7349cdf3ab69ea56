"""The links that readers have still open, and show what they showed."""

import tomllib
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

HERE = Path(__file__).parent
APP = str(HERE.parent / "app.py")
pytestmark = pytest.mark.slow
FILES = {
    "": "map",
    "what-if": "what_if",
    "where-next": "siting",
    "your-places": "your_places",
    "case-studies": "case_studies",
    "data-and-methods": "data_and_methods",
}
with (HERE / "links.toml").open("rb") as file:
    LINKS = [
        pytest.param(link["path"], link["says"], id=f"{release['version']} {link['path']}")
        for release in tomllib.load(file)["release"]
        for link in release["link"]
    ]


def _open(path: str, **more: str) -> AppTest:
    """The page that a link opens, as after one run."""
    parts = urlsplit(path)
    page = parts.path.strip("/")
    app = AppTest.from_file(APP, default_timeout=120)
    app.switch_page(f"pages/{FILES.get(page, page)}.py")
    for word, text in parse_qsl(parts.query, strict_parsing=bool(parts.query)):
        app.query_params[word] = text
    for word, text in more.items():
        app.query_params[word] = text
    return app.run()


def _said(app: AppTest) -> str:
    kinds = ("markdown", "html", "caption", "subheader", "header", "title", "warning", "info")
    texts = [element.value for kind in kinds for element in getattr(app, kind, ())]
    texts += [element.proto.body for element in app.get("html")]
    return "\n".join(map(str, texts)).replace("\\", "").replace("&#x27;", "'")


def _notices(app: AppTest) -> list[str]:
    """What the page says of words that it could not read."""
    return [warning.value for warning in app.warning if "link" in (warning.icon or "")]


@pytest.mark.parametrize(("path", "says"), LINKS)
def test_a_link_of_a_release_opens_as_it_did(path, says):
    app = _open(path)
    assert not app.exception
    assert not app.error
    assert _notices(app) == []
    said = _said(app)
    for words in says:
        assert words in said


def test_a_meeting_is_no_notice_and_shows_the_same():
    app = _open("/?area=E02004371", meeting="1")
    assert not app.exception
    assert _notices(app) == []
    assert "rank 897 of 6,856" in _said(app)


def test_a_broken_link_is_noticed():
    assert len(_notices(_open("/?layer=nonesuch&area=E01999999"))) == 2
