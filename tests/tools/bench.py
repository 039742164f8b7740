"""./run bench: how the house grows, in ratios measured within one run; no clock is ever promised."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from uuid import UUID, uuid4

import click
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import event

from portal.accounts import service as accounts
from portal.accounts.settings.service import begin
from portal.exercises.form.values import Row, Value
from portal.foundation.vault import Place, Vault
from portal.reports.drawing import draw
from portal.reports.paper import Piece, Question, Summary, Voice
from portal.reports.printer import Printer
from portal.vocabulary import Role
from portal.web.visits import house
from tests.reports.paper.samples import clinical, letter
from tests.support.promised import newest
from tests.support.world import CoupleHere, World
from tests.tools.sample_house import COOKIE, empty_house

FEW, MANY = (3, 5), (30, 50)
TRIES = 3
LETTER = "x" * 4096
PAPER = "It was quieter this week, and we both noticed. " * 28
ISSUES: dict[str, Value] = {
    "areas": (Row("talking", None, {"hard": 6, "since": "years", "work_on": True}),),
    "start_with": "How we talk in the evening.",
    "underneath": "Being heard.",
}
Measured = dict[str, tuple[int, float]]


@dataclass(frozen=True)
class Line:
    """One row of the table: what was compared, what came out, and what it must not pass."""

    name: str
    small: str
    large: str
    ratio: float
    most: float | None

    @property
    def is_well(self) -> bool:
        """Whether it keeps within what is promised; nothing is promised of a time alone."""
        return self.most is None or self.ratio <= self.most


@dataclass(frozen=True)
class Town:
    """A practice of some size: who looks, and at whose page."""

    app: Flask
    counsellor: FlaskClient
    partner: FlaskClient
    couple: CoupleHere
    round_id: UUID

    def pages(self) -> dict[str, tuple[FlaskClient, str]]:
        """The pages that grow with the practice, and who opens them."""
        couple = self.couple.id
        return {
            "the counsellor's day": (self.counsellor, "/desk/today"),
            "all couples": (self.counsellor, "/people/couples"),
            "what waits to be read": (self.counsellor, "/review"),
            "one round, side by side": (self.counsellor, f"/review/{self.round_id}"),
            "one couple": (self.counsellor, f"/desk/couples/{couple}"),
            "giving homework": (self.counsellor, f"/homework/{couple}/assign"),
            "the partner's week": (self.partner, "/desk/week"),
            "a partner's writing": (self.partner, "/reflections/mine"),
            "one piece": (self.partner, f"/reflections/{self.round_id}"),
        }


@click.command()
def bench() -> None:
    """Measure, print a table, and fail where a page asks more often because there is more."""
    lines = [*_growing(), *_sealing(), *_printing()]
    click.echo(f"{'':34}{'small':>14}{'large':>14}{'ratio':>9}  within")
    for line in lines:
        within = "" if line.most is None else ("yes" if line.is_well else "NO")
        click.echo(f"{line.name:34}{line.small:>14}{line.large:>14}{line.ratio:>9.2f}  {within}")
    if not all(line.is_well for line in lines):
        sys.exit(1)


def _growing() -> Iterator[Line]:
    """The same pages in a small practice and in one ten times as large."""
    small, large = (_measured(size) for size in (FEW, MANY))
    for name, (asked, took) in small.items():
        asked_more, took_more = large[name]
        yield Line(
            f"look-ups, {name}", str(asked), str(asked_more), asked_more / max(asked, 1), most=1.0
        )
        yield Line(
            f"time, {name}",
            f"{took * 1000:.0f} ms",
            f"{took_more * 1000:.0f} ms",
            took_more / took,
            most=None,
        )


def _measured(size: tuple[int, int]) -> Measured:
    couples, assignments = size
    click.echo(f"== a practice of {couples} couples, one with {assignments} pieces", err=True)
    with empty_house() as (world, app):
        town = _town(world, app, couples, assignments)
        return {name: _page(app, *page) for name, page in town.pages().items()}


def _town(world: World, app: Flask, couples: int, assignments: int) -> Town:
    practice_id = world.a_practice()
    counsellor_id = world.a_counsellor(practice_id)
    here = [world.a_couple(counsellor_id) for _ in range(couples)]
    first, rounds = here[0], []
    for couple in here:
        rounds.append(world.an_assignment(couple)[0])
        world.a_reflection(couple.a, rounds[-1], ISSUES)
    assert first.b is not None
    for _ in range(assignments - 1):
        more = world.an_assignment(first)[0]
        world.a_reflection(first.a, more, ISSUES)
    world.a_reflection(first.b, rounds[0], ISSUES)
    return Town(
        app,
        _client(world, app, counsellor_id, Role.COUNSELLOR),
        _client(world, app, first.a, Role.PARTNER),
        first,
        rounds[0],
    )


def _client(world: World, app: Flask, person_id: UUID, role: Role) -> FlaskClient:
    with world.as_(person_id, role) as visit:
        account = accounts.make_account(visit, person_id, f"login-{uuid4().hex[:12]}", None)
        visit.db.flush()  # the sign-in points at it
        token = accounts.start_sign_in(visit, account, role, "bench")
        if role is Role.PARTNER:
            begin(visit, newest(visit))
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return client


def _page(app: Flask, client: FlaskClient, path: str) -> tuple[int, float]:
    assert client.get(path).status_code == 200, path
    with app.app_context():
        engine = house().engine
    with _counted(engine) as statements:
        client.get(path)
    return len(statements), _best(lambda: client.get(path))


@contextmanager
def _counted(engine: sa.Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def _best(deed: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """The fastest of a few tries, in this process's own time: what else runs is left out."""
    took = []
    for _ in range(TRIES):
        began = clock()
        deed()
        took.append(clock() - began)
    return min(took)


def _sealing() -> Iterator[Line]:
    """What binding words to their place costs, beside the cipher alone."""
    with empty_house() as (world, _app):
        couple = world.a_couple()
        cipher, nonce, plain = AESGCM(AESGCM.generate_key(256)), bytes(12), LETTER.encode()
        vault = Vault(world.chest, world.keyring)
        place = Place("answer", uuid4(), "underneath", couple.a)
        sealed = vault.seal(couple.a, place, LETTER)

        def bare() -> None:
            for _ in range(500):
                cipher.encrypt(nonce, plain, b"")

        def seal() -> None:
            for _ in range(500):
                vault.seal(couple.a, place, LETTER)

        def open_again() -> None:
            for _ in range(500):
                vault.open(place, sealed)

        alone = _best(bare) / 500
        for name, deed in (("sealing 4 kB", seal), ("opening 4 kB", open_again)):
            took = _best(deed) / 500
            yield Line(name, f"{alone * 1e6:.1f} us", f"{took * 1e6:.1f} us", took / alone, None)


def _printing() -> Iterator[Line]:
    """A longer paper beside a short one, from a press that is warm."""
    with Printer() as printer:
        short, long = draw(_paper(1)), draw(_paper(3))
        pages = [_pages_in(printer.print(html)) for html in (short, long)]
        one, three = (_print_time(printer, html) for html in (short, long))
    yield Line(
        f"printing {pages[1]} pages, not {pages[0]}",
        f"{one * 1000:.0f} ms",
        f"{three * 1000:.0f} ms",
        three / one,
        most=None,
    )


def _print_time(printer: Printer, html: str) -> float:
    # The press is another process, so that its time is only seen from outside.
    return _best(lambda: printer.print(html), time.perf_counter)


def _paper(letters: int) -> Summary:
    voice = Voice("Robin", "a", letter(PAPER))
    pieces = tuple(
        Piece("A letter", f"{n:04d}", 1, 1, 1, (Question("What was it like?", (voice,)),))
        for n in range(letters * 3 - 2)
    )
    return replace(clinical(), pieces=pieces)


def _pages_in(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


if __name__ == "__main__":
    bench()
