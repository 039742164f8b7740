"""./run shots DIR: a picture of every page, narrow and wide, in light and in dark."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from portal.foundation.database import sessions
from portal.practice.service import setup_link
from portal.vocabulary import Role
from tests.support.portal import opened
from tests.tools.places import Place, pages_in, places_in
from tests.tools.sample_house import (
    COOKIE,
    TODAY,
    SampleHouse,
    empty_house,
    print_papers,
    sample_house,
)

Theme = Literal["light", "dark"]
WIDTHS = (390, 1280)
THEMES: tuple[Theme, ...] = ("light", "dark")
HEIGHT = 900
FORM_COOKIE = "weft-form"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
Prepare = Callable[[BrowserContext, str], None]


class Studio:
    """A browser that photographs pages of one open house."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder
        self.taken: set[str] = set()

    def take(self, name: str, path: str, token: str = "", prepare: Prepare | None = None) -> None:
        """Four pictures of one page."""
        for theme in THEMES:
            for width in WIDTHS:
                self._take(f"{name}-{width}-{theme}", path, (width, theme), token, prepare)
        self.taken.add(name)

    def _take(
        self,
        name: str,
        path: str,
        light: tuple[int, Theme],
        token: str,
        prepare: Prepare | None,
    ) -> None:
        context = self.browser.new_context(
            viewport={"width": light[0], "height": HEIGHT}, color_scheme=light[1], locale="en-GB"
        )
        if token:
            context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])
        if prepare:
            prepare(context, self.address)
        page = context.new_page()
        page.goto(f"{self.address}{path}", wait_until="load")
        page.screenshot(path=str(self.folder / f"{name}.png"), full_page=True)
        context.close()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--only", default="", help="Only the pages whose name begins like this.")
def shots(folder: Path, only: str) -> None:
    """Take a picture of every page into a folder; a page without one is named, and fails."""
    folder = Path(os.environ.get("WEFT_CALLED_FROM", ".")) / folder
    folder.mkdir(parents=True, exist_ok=True)
    with _browser() as browser:
        click.echo("== loading the sample practice", err=True)
        with sample_house() as house:
            print_papers(house)
            with opened(house.app) as address:
                studio = Studio(browser, address, folder)
                _photograph(studio, house, only)
                expected = set(pages_in(house))
        studio.taken |= _photograph_empty(browser, folder, only)
    missing = sorted(name for name in expected - studio.taken if name.startswith(only))
    click.echo(f"{len(studio.taken)} pages are in {folder}")
    if missing:
        click.echo(f"run: pages without a picture: {', '.join(missing)}", err=True)
        sys.exit(1)


def _photograph(studio: Studio, house: SampleHouse, only: str) -> None:
    for place in _wanted(places_in(house), only):
        token = house.token(place.person_id, place.role) if place.person_id else ""
        studio.take(place.endpoint, place.path, token)
        click.echo(f"   {place.endpoint}", err=True)
    for name, take in BY_HAND.items():
        if name.startswith(only):
            take(studio, house)


def _wanted(places: Iterator[Place], only: str) -> Iterator[Place]:
    return (place for place in places if place.endpoint.startswith(only))


def _not_found(studio: Studio, _house: SampleHouse) -> None:
    studio.take("error.not-found", "/nowhere")


def _not_theirs(studio: Studio, house: SampleHouse) -> None:
    """A page of the counsellor's is not there at all for a partner."""
    token = house.token(house.partners()[0], Role.PARTNER)
    studio.take("error.not-found-partner", "/review", token)


def _own_settings(studio: Studio, house: SampleHouse) -> None:
    token = house.token(house.counsellor_id, Role.COUNSELLOR)
    studio.take("accounts.settings-counsellor", "/accounts/settings", token)


def _begun(studio: Studio, house: SampleHouse) -> None:
    """The week of somebody who has just begun and was given nothing yet."""
    client = house.client(house.newcomer_id, Role.PARTNER)
    answer = client.post("/accounts/welcome", data=_token_of(client, "/accounts/welcome"))
    assert answer.status_code == 303, answer.status_code
    studio.take("desk.week-beginner", "/desk/week", house.token(house.newcomer_id, Role.PARTNER))


def _invitation(studio: Studio, house: SampleHouse) -> None:
    """The slip is shown once, so that each picture needs a fresh one."""
    token = house.token(house.counsellor_id, Role.COUNSELLOR)
    client = house.app.test_client()
    client.set_cookie(COOKIE, token)
    path = f"/accounts/invitations/{house.invited_id}"

    def prepare(context: BrowserContext, address: str) -> None:
        data = _token_of(client, "/people/couples/new")
        assert client.post(path, data=data).status_code == 303
        cookie = client.get_cookie(FORM_COOKIE)
        assert cookie is not None
        context.add_cookies([{"name": FORM_COOKIE, "value": cookie.value, "url": address}])

    studio.take("accounts.invitation", f"{path}/slip", token, prepare)


BY_HAND: dict[str, Callable[[Studio, SampleHouse], None]] = {
    "accounts.invitation": _invitation,
    "accounts.settings-counsellor": _own_settings,
    "desk.week-beginner": _begun,
    "error.not-found": _not_found,
    "error.not-found-partner": _not_theirs,
}


def _token_of(client: FlaskClient, path: str) -> dict[str, str]:
    soup = BeautifulSoup(client.get(path).get_data(as_text=True), "html5lib")
    return {
        str(box["name"]): str(box.get("value", ""))
        for box in soup.select("main input[name], input[name=csrf_token]")
        if box.get("type") != "radio"
    }


def _photograph_empty(browser: Browser, folder: Path, only: str) -> set[str]:
    """What the first person sees: the sign-in of an empty install, and its set-up."""
    with empty_house() as (world, app), opened(app) as address:
        studio = Studio(browser, address, folder)
        with sessions(world.engine).begin() as db:
            code = setup_link(db, world.chest, TODAY)
        if "practice.set_up".startswith(only) or only.startswith("practice.set_up"):
            studio.take("practice.set_up", f"/practice/set-up/{code}")
        if "accounts.sign_in-empty".startswith(only):
            studio.take("accounts.sign_in-empty", "/accounts/sign-in")
        return studio.taken


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("WEFT_CHROMIUM", "/usr/bin/chromium"), args=[*QUIET]
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    shots()
