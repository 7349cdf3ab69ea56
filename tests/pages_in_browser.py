"""What the tests that open every page share: where they are, and when one stands complete."""

from __future__ import annotations

# A page by the name a test gives it, and its address. Each shows what it shows at its fullest.
PAGES = {
    "map": "?postcode=TN355BP",
    "profile": "profile?area=E02004371",
    "gaps": "gaps?council=E07000062",
    "compare": "compare?areas=E02004371,E02003959,E02005584",
    "what-if": "what-if",
    "where-next": "where-next",
    "your-places": "your-places",
    "case-studies": "case-studies",
    "story": "case-studies?case=ore-community-library",
    "evidence": "evidence",
    "data-and-methods": "data-and-methods",
    "accessibility": "accessibility",
}
WIDE, PHONE, NARROW = (1440, 900), (390, 844), (320, 800)
_LONGEST_WAIT_MS = 60_000
_RESTS = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState === "notRunning"
    && document.querySelector(".st-key-footer a")
    && !document.querySelector('[data-testid="stSkeleton"]');
}"""
_IN_ITS_PLACE = "() => window.commonGround?.painted && document.body.offsetHeight > 0"


def resize(page, size: tuple[int, int]) -> None:
    """Gives a page another size, and waits until its maps have taken it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_function("wide => document.documentElement.clientWidth === wide", arg=size[0])
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def maps(page) -> list:
    """The frames of the maps on a page, once they are painted."""
    shown = page.locator('iframe[title*="st_folium"]').element_handles()
    found = [part.content_frame() for part in shown]
    for frame in found:
        frame.wait_for_function(_IN_ITS_PLACE, timeout=_LONGEST_WAIT_MS)
    return found


def open_page(page, address: str) -> None:
    """Opens an address and waits until the page stands complete, its maps painted."""
    page.goto(address)
    page.wait_for_function(_RESTS, timeout=_LONGEST_WAIT_MS)
    maps(page)


def new_page(browser, size: tuple[int, int] = WIDE, **options):
    """A page in a context of its own, from a browser; options: as for `new_context`."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    return context.new_page()
