"""Pictures of every page for a reviewer's eyes: `make screenshots` fills test-results/."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from benchmarks import _browser as browse
from benchmarks import _server as serve
from tests.pages_in_browser import PAGES, PHONE, WIDE, new_page, open_page, resize

pytestmark = [pytest.mark.browser, pytest.mark.screenshots]
FOLDER = Path(__file__).resolve().parent.parent / "test-results"
LONGEST_PX = 8000
_HEIGHT = """() => Math.ceil(
  document.querySelector('[data-testid="stMainBlockContainer"]').getBoundingClientRect().height)"""


@pytest.fixture(scope="module")
def address():
    with serve.app() as app:
        yield f"http://127.0.0.1:{app.port}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_is_pictured(address, scheme, size):
    FOLDER.mkdir(exist_ok=True)
    with browse.chromium() as browser:
        page = new_page(browser, size, color_scheme=scheme)
        for name, query in PAGES.items():
            resize(page, size)
            open_page(page, f"{address}/{query}")
            # The page scrolls within its frame: only a frame of its length shows all of it.
            resize(page, (size[0], min(page.evaluate(_HEIGHT) + 100, LONGEST_PX)))
            page.wait_for_timeout(1_000)  # for the eye: charts and maps settle
            path = FOLDER / f"{name}-{size[0]}-{scheme}.png"
            page.screenshot(path=path)
            assert path.stat().st_size > 10_000
