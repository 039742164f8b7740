"""The file that somebody takes along, read where nothing of the portal is: on a phone, in the dark."""

from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Request

from portal.exercises.form.values import CellValue, Row
from portal.vocabulary import Seat
from tests.journeys.conftest import SitDown
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
NARROW = 320
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def test_it_fits_a_phone_asks_for_nothing_and_axe_finds_nothing(
    world: World, sit_down: SitDown, chromium: Browser, tmp_path: Path
) -> None:
    couple = world.a_couple()
    (alone,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
    cells: dict[str, CellValue] = {
        "did": "Walked home the long way, past the supercalifragilistic bakery",
        "minutes": Decimal(40),
        "before": 4,
        "after": 6,
        "quiet": True,
    }
    day = Row("r1", None, cells, day=1)
    world.a_draft(couple.a, alone, {"days": (day,), "helped_most": "w" * 200})
    page = sit_down(couple.a)
    page.goto("/records/mine")
    with page.expect_download() as coming:
        page.locator("main a[href='/records/mine/pages']").click()
    kept = tmp_path / "notes.html"
    coming.value.save_as(kept)
    assert "supercalifragilistic" in kept.read_text(encoding="utf-8")

    for scheme in COLOURS:
        context = chromium.new_context(
            viewport={"width": NARROW, "height": 700}, color_scheme=scheme
        )
        asked = _what_is_asked_for(context)
        here = context.new_page()
        here.goto(kept.as_uri())
        assert here.evaluate("document.documentElement.scrollWidth") <= NARROW, scheme
        assert here.evaluate("document.querySelector('.wide').scrollWidth") > NARROW
        assert asked == [kept.as_uri()]
        results = Axe().run(here, options={"resultTypes": ["violations"]})
        assert [rule["id"] for rule in results.response["violations"]] == [], scheme
        context.close()


def _what_is_asked_for(context: BrowserContext) -> list[str]:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context.on("request", note)
    return asked
