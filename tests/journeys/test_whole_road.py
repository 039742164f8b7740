"""The whole road in a real browser: set up, invite both, assign, write, read, open, print."""

import re
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from config import Config
from portal import create_app
from portal.commands.worker import make_worker
from portal.foundation.chest import Chest, make_chest, write_chest
from portal.foundation.database import open_database, sessions
from portal.foundation.keyring import Keyring
from portal.jobs.worker import Stop
from portal.practice.service import setup_link
from portal.reports.printer import Printer
from tests.support.databases import build
from tests.support.moments import START, StandingClock
from tests.support.portal import CHEAP, opened

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
SECRET = "copper lantern orbit violet river"


@pytest.fixture
def chest() -> Chest:
    return make_chest()


@pytest.fixture
def config(tmp_path: Path, chest: Chest) -> Config:
    write_chest(chest, tmp_path / "keys")
    (tmp_path / "data").mkdir()
    return Config(
        data_dir=tmp_path / "data",
        keys_dir=tmp_path / "keys",
        argon2=CHEAP,
        base_url="http://localhost:8000",
        testing=True,
    )


@pytest.fixture
def code(config: Config, chest: Chest) -> str:
    """An empty install, and the one-time link that the terminal prints."""
    engine = open_database(config.database)
    build(engine)
    ring = open_database(config.keyring)
    Keyring(ring).prepare()
    ring.dispose()
    with sessions(engine).begin() as db:
        found = setup_link(db, chest, START)
    engine.dispose()
    return found


@pytest.fixture
def app(config: Config, code: str) -> Flask:
    assert code
    return create_app(config, StandingClock())


@pytest.fixture
def worker(config: Config, app: Flask) -> Iterator[None]:
    """The worker, in a thread of its own, with the press warm."""
    assert app
    stop = Stop()
    with Printer() as printer:
        made = make_worker(config, stop, printer)
        made.clock = StandingClock().now
        thread = threading.Thread(target=made.run)
        thread.start()
        yield
        stop.say()
        thread.join()


PLAIN = pytest.param(False, marks=pytest.mark.proof, id="plain")


@pytest.mark.parametrize("scripts", [pytest.param(True, id="scripts"), PLAIN])
def test_from_an_empty_install_to_a_summary_on_paper(
    app: Flask,
    code: str,
    worker: None,
    chromium: Browser,
    scripts: bool,  # noqa: FBT001 - both ways of being at a browser
) -> None:
    with opened(app) as address:

        def somebody() -> Page:
            context: BrowserContext = chromium.new_context(
                base_url=address,
                viewport={"width": 390, "height": 844},
                java_script_enabled=scripts,
                accept_downloads=True,
            )
            context.set_default_timeout(30000)
            return context.new_page()

        nadia, ann, ben = somebody(), somebody(), somebody()
        set_up(nadia, code)
        way_in = add_a_couple(nadia)
        come_in(ann, way_in["Ann"], "ann-signs-in")
        come_in(ben, way_in["Ben"], "ben-signs-in")
        clear_and_assign(nadia)
        write_and_send(ann, "the first one's own words")
        write_and_send(ben, "the second one's own words")
        read_and_open(nadia)
        assert "the second one's own words" in opened_piece(ann)
        assert "Thank you both" in ann.content()
        paper = print_for_both(nadia)
        for page in (nadia, ann, ben):
            page.context.close()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(paper)).pages)
    said = re.sub(r"\s+", " ", text)
    assert "the first one's own words" in said
    assert "the second one's own words" in said
    assert "only for the counsellor" not in said


def press(page: Page, name: str) -> None:
    with page.expect_navigation():  # words that are typed go first, and the page a moment later
        page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def set_up(nadia: Page, code: str) -> None:
    """The practice is set up behind the one-time link."""
    nadia.goto(f"/practice/set-up/{code}")
    nadia.fill('[name="name"]', "Quiet Harbour")
    nadia.check('[name="secrets_policy"][value="judgement"]')
    nadia.check('[name="opening_rule"][value="counsellor"]')
    nadia.fill('[name="your_name"]', "Nadia Example")
    nadia.fill('[name="login"]', "nadia-signs-in")
    nadia.fill('[name="password"]', "short")
    press(nadia, "Set up the practice")
    assert nadia.input_value('[name="name"]') == "Quiet Harbour"
    nadia.fill('[name="password"]', SECRET)
    press(nadia, "Set up the practice")
    assert "Help lines" in nadia.title()
    nadia.locator('button[name="role"][value="counsellor"]').first.click()
    nadia.wait_for_url("**/desk/today")


def add_a_couple(nadia: Page) -> dict[str, str]:
    """Two people are written down, and each gets a way in of their own."""
    nadia.goto("/people/couples/new")
    for name, value in (
        ("a_name", "Ann Example"),
        ("a_first_name", "Ann"),
        ("b_name", "Ben Sample"),
        ("b_first_name", "Ben"),
    ):
        nadia.fill(f'[name="{name}"]', value)
    nadia.check('[name="b_participates"]')
    nadia.check('[name="contact"][value="together"]')
    press(nadia, "Add the couple")
    nadia.goto("/people/couples")
    nadia.get_by_role("link", name="Ann & Ben").click()
    nadia.get_by_role("link", name="Edit this file").click()
    edit = nadia.url
    found = {}
    for name in ("Ann", "Ben"):
        nadia.goto(edit)
        nadia.locator('form[action*="/accounts/invitations/"] button').nth(
            ("Ann", "Ben").index(name)
        ).click()
        nadia.wait_for_load_state()
        told = re.search(r"/accounts/join/[\w-]+", nadia.inner_text("main"))
        assert told is not None, nadia.inner_text("main")
        found[name] = told[0]
    return found


def clear_and_assign(nadia: Page) -> None:
    """Joint work is cleared, and the first exercise goes to both in three steps."""
    couple(nadia)
    nadia.get_by_role("link", name="Decide about joint work").click()
    nadia.check('[name="status"][value="clear"]')
    for box in nadia.locator('[name="needs"]').all():
        box.check()
    nadia.fill('[name="reason"]', "Both seen alone.")
    press(nadia, "Keep this decision")
    couple(nadia)
    nadia.goto(nadia.url.replace("/desk/couples/", "/homework/") + "/assign")
    nadia.get_by_label("Naming what gets in the way").first.check()
    press(nadia, "Assign")
    assert "Naming what gets in the way" in nadia.content()


def couple(nadia: Page) -> None:
    nadia.goto("/people/couples")
    nadia.get_by_role("link", name="Ann & Ben").click()
    nadia.wait_for_url("**/desk/couples/*")


def come_in(partner: Page, way: str, login: str) -> None:
    """A partner opens their own link, chooses a sign-in, and reads the promise."""
    partner.goto(way)
    partner.fill('[name="login"]', login)
    partner.fill('[name="password"]', SECRET)
    press(partner, "Save and come in")
    partner.check('[name="has_read"]')
    press(partner, "Go to this week")
    assert "This week" in partner.title()


def write_and_send(partner: Page, words: str) -> None:
    """One question a page, to the end, and then the check page."""
    partner.goto("/")
    partner.get_by_role("link", name="Naming what gets in the way").first.click()
    partner.locator('a[href*="/write/"]').first.click()
    for _page in range(20):
        partner.wait_for_load_state()
        if "/check" in partner.url:
            break
        answer_this_page(partner, words)
        press(partner, "Save and continue")
    partner.locator('input[type="radio"][value="open"]').check()
    press(partner, "Send to your counsellor")
    assert "/sent" in partner.url


def answer_this_page(partner: Page, words: str) -> None:
    """Write where there is a box; mark one number in the table."""
    for box in partner.locator("main textarea:visible, main input[type=text]:visible").all():
        is_private = "private_note" in (box.get_attribute("name") or "")
        box.fill("only for the counsellor" if is_private else words)
    scale = partner.locator('main [name="f.areas.talking.hard"][value="6"]')
    if scale.count():
        scale.check()


def read_and_open(nadia: Page) -> None:
    """Both are read side by side, opened to both, and answered."""
    nadia.goto("/review")
    nadia.locator('main a[href^="/review/"]').first.click()
    at = nadia.url
    body = nadia.inner_text("main")
    assert "the first one's own words" in body
    assert "the second one's own words" in body
    assert "only for the counsellor" in body
    nadia.get_by_role("button", name=re.compile("Mark as read")).first.click()
    nadia.wait_for_load_state()
    nadia.goto(at)
    press(nadia, "Open to both")
    nadia.goto(at)
    nadia.locator('[name="pocket"][value="joint"]').check()
    nadia.locator('form textarea[name="text"]').first.fill("Thank you both for this.")
    with nadia.expect_navigation():
        nadia.locator('button[name="then"][value="send"]').first.click()


def opened_piece(partner: Page) -> str:
    """What a partner reads once the round is open."""
    partner.goto("/reflections/mine")
    partner.get_by_role("link", name="Naming what gets in the way").first.click()
    partner.wait_for_load_state()
    return partner.inner_text("main")


def print_for_both(nadia: Page) -> bytes:
    """The hour is written down, and its summary for both is printed by the worker."""
    couple(nadia)
    nadia.get_by_role("link", name="Write session").first.click()
    for box in nadia.locator('[name="attended"]').all():
        box.check()
    nadia.fill('[name="day"]', "2026-03-02")
    nadia.fill('[name="clock"]', "09:30")
    nadia.fill('[name="shared_summary"]', "They both chose the same thing to begin with.")
    press(nadia, "Save session")
    couple(nadia)
    nadia.get_by_role("link", name="Session summary").first.click()
    nadia.get_by_role("link", name="For both of them").first.click()
    press(nadia, "Print this edition")
    link = nadia.get_by_role("link", name="Download PDF")
    link.wait_for(timeout=90000)
    with nadia.expect_download() as waiting:
        link.click()
    return Path(waiting.value.path()).read_bytes()
