"""P11: words come back letter by letter as they were typed, from either database."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.sessions.models import AgreedStep
from tests.promises.hostile import chunks, strings
from tests.promises.running import running
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.browser import Browser
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World

PIECES = 4


@pytest.fixture(scope="module")
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="module")
def app(one_world: World, folder: Path, clock: StandingClock) -> Iterator[Flask]:
    with running(one_world, folder, clock) as made:
        yield made


def test_words_come_back_as_they_were_typed(
    one_world: World, app: Flask, clock: StandingClock, database: str
) -> None:
    town = build(one_world, app)
    every = strings()
    assert sealed_and_opened(town, every) == every
    pieces = chunks(PIECES)
    partner, counsellor = Browser(app, clock), Browser(app, clock)
    partner.client, counsellor.client = town.sits("partner a"), town.sits("counsellor")
    for piece in pieces:
        page = f"/reflections/{town.ids['drafted round']}/write/1"
        partner.open(page)
        partner.send({"f.happy_times": piece}, press="save", to="/write/1")
        assert typed_in(partner, page, "f.happy_times") == normal(piece, also="")
        page = f"/sessions/{town.ids['session_id']}"
        counsellor.open(page)
        counsellor.send({"process_note": piece, "agreed": "one step"})
        assert typed_in(counsellor, page, "process_note") == normal(piece)
    says = f"{len(every)} strings came back as typed ({database})"
    keep("P11", f"words-{database}", says)


def sealed_and_opened(town: Town, every: list[str]) -> list[str]:
    """Each string through the vault and the database, and back in another visit."""
    session_id, couple_id = town.ids["session_id"], town.couple.id
    with town.world.visit() as visit:
        visit.db.execute(sa.delete(AgreedStep))
        for position, words in enumerate(every):
            step = AgreedStep(therapy_session_id=session_id, position=position)
            step.put(visit.vault, "text", words, couple_id)
            visit.db.add(step)
    with town.world.visit() as visit:
        rows = visit.db.scalars(sa.select(AgreedStep).order_by(AgreedStep.position))
        return [row.words(visit.vault, "text", couple_id) for row in rows]


def typed_in(browser: Browser, path: str, name: str) -> str:
    """What stands in a box of this page now, as a browser reads it."""
    page = browser.open(path)
    box = page.soup.select_one(f'textarea[name="{name}"]')
    assert box is not None
    return box.get_text()


def normal(text: str, also: str = "\x7f") -> str:
    """The normal form that is promised: one kind of line end, one spelling, no control signs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    gone = {chr(n) for n in range(32)} - {"\t", "\n"} | set(also)
    return unicodedata.normalize("NFC", "".join(c for c in lines if c not in gone))


def test_the_normal_form_is_no_more_than_it_says() -> None:
    assert normal("a\r\nb\rc\x00d\te\u0301\u202e\U0001f600") == "a\nb\ncd\t\u00e9\u202e\U0001f600"
