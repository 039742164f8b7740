"""Every page of the portal, generated from the address map: small, quiet, and clear to everybody."""

import gzip
import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage
from playwright.sync_api import Page as Window

from tests.journeys.conftest import PHONE
from tests.support.browser import Page, look_at
from tests.support.portal import opened
from tests.tools.places import BY_HAND, Place, pages_in, places_in
from tests.tools.sample_house import COOKIE, SampleHouse, print_papers, sample_house

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
BUDGET = 60_000
FILES = re.compile(r'(?:href|src)="(/static/[^"?]+)')
DESCRIBED = "text/html"
EVERY_RULE = {"resultTypes": ["violations"]}
# The dark page is the same page in other colours.
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
# Tables drawn as tables whose answers do not stand under the heading they belong to.
UNDER_ANOTHER_HEADING = """() => [...document.querySelectorAll("table")].filter((table) => {
  const heads = [...table.querySelectorAll("thead tr:last-child > *")];
  const plain = [...table.querySelectorAll("th, td")].every((cell) => cell.colSpan === 1 && cell.rowSpan === 1);
  if (!heads.length || !plain || getComputedStyle(table).display !== "table") return false;
  return [...table.querySelectorAll("tbody tr")].some((row) => [...row.children].some((cell, at) =>
    heads[at] && Math.abs(cell.getBoundingClientRect().left - heads[at].getBoundingClientRect().left) > 1));
}).map((table) => table.closest("section, form, main").textContent.trim().slice(0, 60))"""


@pytest.fixture(scope="module")
def house() -> Iterator[SampleHouse]:
    with sample_house() as made:
        print_papers(made)
        yield made


@pytest.fixture(scope="module")
def places(house: SampleHouse) -> list[Place]:
    found = [place for place in places_in(house) if _is_page(house, place)]
    assert len(found) >= 30, "the map of pages has shrunk"
    assert {place.endpoint for place in found} == set(pages_in(house)) - set(BY_HAND)
    return found


def _is_page(house: SampleHouse, place: Place) -> bool:
    answer = house.client(place.person_id, place.role).get(place.path)
    is_html = answer.status_code == 200 and answer.mimetype == DESCRIBED
    answer.close()
    return is_html


def test_every_page_is_strict_html_and_within_its_budget(
    house: SampleHouse, places: list[Place]
) -> None:
    weights, files = {}, dict[str, int]()
    for place in places:
        client = house.client(place.person_id, place.role)
        answer = client.get(place.path)
        page = Page.of(answer)
        look_at(page)
        text = page.text
        weight = len(gzip.compress(text.encode()))
        for file in sorted(set(FILES.findall(text))):
            if not file.endswith((".woff2", ".svg")):
                if file not in files:
                    part = client.get(file)
                    files[file] = len(gzip.compress(part.get_data()))
                    part.close()
                weight += files[file]
        weights[place.endpoint] = weight
    heavy = {name: weight for name, weight in weights.items() if weight > BUDGET}
    assert heavy == {}


def test_axe_finds_nothing_and_the_console_is_silent(
    house: SampleHouse, places: list[Place], chromium: Browser
) -> None:
    axe, found = Axe(), {}
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    with opened(house.app) as address, ExitStack() as leave:
        windows: dict[tuple[object, ...], Window] = {}
        for place in places:
            who = (place.person_id, place.role)
            if who not in windows:
                token = house.token(place.person_id, place.role) if place.person_id else ""
                windows[who] = _window(chromium, address, token)
                windows[who].on("console", hear)
                leave.callback(windows[who].context.close)
            page = windows[who]
            page.emulate_media(color_scheme="light")
            page.goto(f"{address}{place.path}")
            wrong = _violations(axe, page, EVERY_RULE)
            wrong += _too_wide(page)
            wrong += _astray(page)
            page.emulate_media(color_scheme="dark")
            wrong += [f"{rule} in the dark" for rule in _violations(axe, page, COLOURS)]
            if wrong:
                found[place.endpoint] = wrong
    assert found == {}
    assert said == []


def _too_wide(page: Window) -> list[str]:
    """On which of two phones the page has to be pushed sideways to be read."""
    found = []
    for width in (320, PHONE["width"]):
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"scrolls sideways at {width} px")
    return found


def _astray(page: Window) -> list[str]:
    """On a phone and at a desk, the tables whose answers stand under another heading."""
    found = []
    for width in (1280, PHONE["width"]):
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        tables = page.evaluate(UNDER_ANOTHER_HEADING)
        found += [f"under another heading at {width} px: {table}" for table in tables]
    return found


def _window(chromium: Browser, address: str, token: str) -> Window:
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    if token:
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    return context.new_page()


def _violations(axe: Axe, page: Window, options: dict[str, list[str]]) -> list[str]:
    results = axe.run(page, options=options)
    return [str(each["id"]) for each in results.response["violations"]]
