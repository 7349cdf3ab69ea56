"""A newcomer's way through the real app, in headless Chromium on a machine with no internet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browsing import IN_BROWSER, MAP, Reader, playwright

pytestmark = IN_BROWSER


def test_from_a_postcode_to_a_link_that_opens_the_same_map(reader, chromium, address):
    reader.open()
    reader.search("tn355bp")
    page = reader.page
    page.wait_for_selector("h3:has-text('Ore')")
    reader.wait_to_look("zoom > 11")

    page.get_by_label("Colour the map by").click()
    page.get_by_role("option", name="Income", exact=False).first.click()
    page.wait_for_function("() => location.search.includes('layer=income')")
    assert reader.viewport()["zoom"] > 11

    reader.wait_for_rest()
    box = page.locator(MAP).bounding_box()
    before = page.url
    page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.6)
    page.wait_for_function("url => location.href !== url", arg=before)
    reader.wait_for_rest()
    panel = page.locator("h3").first.inner_text()
    viewport = reader.viewport()
    page.get_by_label("Colour the map by").click()
    page.get_by_role("option", name="Crime", exact=False).first.click()
    page.wait_for_function("() => location.search.includes('layer=crime')")
    reader.wait_for_rest()
    assert reader.viewport() == pytest.approx(viewport, abs=0.01)

    page.get_by_role("button", name="Copy link to this view").click()
    page.get_by_text("Link copied.").wait_for()
    link = page.evaluate("() => navigator.clipboard.readText()")

    other = Reader(chromium, address)
    other.page.goto(link)
    other.wait_for_map()
    other.wait_for_rest()
    assert other.page.locator("h3").first.inner_text() == panel
    assert other.viewport() == pytest.approx(viewport, abs=0.01)
    assert "Crime" in other.page.get_by_label("Colour the map by").input_value()
    other.check()

    page.go_back()
    page.go_back()
    page.wait_for_function("url => location.href === url", arg=before)
    page.wait_for_selector("h3:has-text('Ore')")
    reader.check()


def test_filters_say_what_is_left_and_the_download_holds_it(reader):
    reader.open("?council=E07000062")
    page = reader.page
    sentence = page.locator(".cg-sentence")
    playwright.expect(sentence).to_have_text("53 small areas, 91,000 people, in 1 council.")
    page.get_by_role("button", name="Filters").click()
    page.get_by_text("Only doubly disadvantaged areas").click()
    page.wait_for_function("() => location.search.includes('double=1')")
    playwright.expect(sentence).not_to_contain_text("53 small areas")
    count = int(sentence.inner_text().split()[0])
    page.keyboard.press("Escape")
    page.locator(".st-key-download-map button").first.click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="The table as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == count + 1
    assert "Open Government Licence" in lines[1]
    reader.check()


def test_nothing_found_says_what_can_be_typed(reader):
    reader.open()
    reader.search("xqzzy")
    reader.page.get_by_text("Nothing found for").wait_for()
    playwright.expect(reader.page.get_by_text("TN35 5BP").first).to_be_visible()
    reader.check()


def test_one_of_several_answers_is_chosen(reader):
    reader.open()
    reader.search("newport")
    page = reader.page
    page.get_by_role("button", name="Isle of Wight").first.click()
    page.wait_for_function("() => location.search.includes('area=')")
    reader.wait_to_look("Math.abs(lat - 50.7) < 0.1")
    playwright.expect(page.get_by_label("Find a place")).to_have_value("")
    playwright.expect(page.get_by_role("button", name="Isle of Wight")).to_have_count(0)
    reader.check()


def test_the_map_is_not_loaded_anew_while_its_reader_searches(reader):
    reader.open()
    reader.engine().evaluate("() => { window.loadedOnce = true }")
    page = reader.page
    reader.search("newport")
    page.get_by_role("button", name="Isle of Wight").first.wait_for()
    reader.search("xqzzy")
    page.get_by_text("Nothing found for").wait_for()
    reader.search("TN35 5BP")
    reader.wait_to_look("zoom > 11")
    page.go_back()
    playwright.expect(page.get_by_text("Choose an area")).to_be_visible()
    reader.wait_for_rest()
    assert reader.engine().evaluate("() => window.loadedOnce")
    reader.check()


def test_a_link_opens_on_a_phone_with_the_map_first(chromium, address):
    phone = Reader(chromium, address, width=390, height=844)
    phone.open("?postcode=TN355BP")
    frame = phone.page.locator(MAP).bounding_box()
    controls = phone.page.get_by_label("Colour the map by").bounding_box()
    assert frame["y"] < 300
    assert controls["y"] > frame["y"] + frame["height"]
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    phone.check()


def test_a_broken_link_still_opens(reader):
    reader.open("?layer=%3Cscript%3Ealert(1)%3C/script%3E&area=E01999999&imd=99")
    playwright.expect(reader.page.get_by_test_id("stAlert")).to_have_count(3)
    reader.check()


def test_a_filter_that_back_took_off_stays_off(reader):
    reader.open("?council=E07000062")
    page = reader.page
    sentence = page.locator(".cg-sentence")
    playwright.expect(sentence).to_have_text("53 small areas, 91,000 people, in 1 council.")
    page.get_by_role("button", name="Filters").click()
    page.get_by_text("Only doubly disadvantaged areas").click()
    page.wait_for_function("() => location.search.includes('double=1')")
    page.keyboard.press("Escape")
    page.go_back()
    playwright.expect(sentence).to_have_text("53 small areas, 91,000 people, in 1 council.")
    level = page.get_by_role("radio", name="Neighbourhoods")
    playwright.expect(level).to_have_count(1)  # the control that the link replaced has gone
    level.click()
    page.wait_for_function("() => location.search.includes('by=neighbourhood')")
    assert "double" not in page.url
    reader.check()
