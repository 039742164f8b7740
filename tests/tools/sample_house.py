"""A throw-away house with the sample practice in it, for the tools that look at whole pages."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import service as accounts
from portal.accounts.queries import account_of
from portal.accounts.settings.service import begin
from portal.foundation.chest import make_chest
from portal.foundation.database import open_database
from portal.foundation.keyring import Keyring
from portal.people import service as people
from portal.people.models import Membership
from portal.people.queries import carers_of
from portal.people.service import CoupleTerms, Naming
from portal.policies.viewer import SYSTEM
from portal.practice.cards import HelpLine
from portal.practice.service import add_line
from portal.reports import service as reports
from portal.reports.drawing import draw
from portal.reports.printer import Printer
from portal.reports.queries import choices
from portal.sample.loader import load
from portal.sessions.queries import sessions_of
from portal.vocabulary import ContactLevel, Role, SecretsPolicy
from portal.web.fonts import cut_fonts
from tests.support.databases import HERE, built_sqlite
from tests.support.moments import StandingClock
from tests.support.portal import portal_upon
from tests.support.promised import newest
from tests.support.world import World

TODAY = datetime(2026, 3, 27, 11, 20, tzinfo=UTC)
COOKIE = "weft"


@dataclass
class SampleHouse:
    """The portal with three couples in it, and somebody for every role."""

    app: Flask
    world: World
    couples: tuple[UUID, ...]
    counsellor_id: UUID
    owner_id: UUID
    newcomer_id: UUID
    invited_id: UUID
    asked_again_id: UUID

    def partners(self) -> list[UUID]:
        """Everybody of the sample who writes."""
        with self.world.visit() as visit:
            query = sa.select(Membership.person_id).where(
                Membership.participates, Membership.couple_id.in_(self.couples)
            )
            return list(visit.db.scalars(query.order_by(Membership.couple_id, Membership.seat)))

    def counsellors(self) -> list[UUID]:
        """Whoever has one of the sample's couples in their care."""
        with self.world.visit() as visit:
            found = {carers_of(visit, couple_id)[0]: None for couple_id in self.couples}
            return list(found)

    def token(self, person_id: UUID, role: Role) -> str:
        """Sign somebody in, as the door would."""
        with self.world.as_(person_id, role) as visit:
            account = account_of(visit.db, person_id)
            assert account is not None
            return accounts.start_sign_in(visit, account, role, "Firefox, Linux")

    def client(self, person_id: UUID | None, role: Role) -> FlaskClient:
        """A browser without a picture, signed in where somebody is named."""
        client = self.app.test_client()
        if person_id is not None:
            client.set_cookie(COOKIE, self.token(person_id, role))
        return client


@contextmanager
def empty_house() -> Iterator[tuple[World, Flask]]:
    """A portal as it is after the first start, with nobody in it."""
    with tempfile.TemporaryDirectory(prefix="weft-house-") as name:
        folder = Path(name) / "data"
        folder.mkdir()
        _fonts(folder / "fonts")
        engine = open_database(f"sqlite:///{built_sqlite(folder)}")
        keyring = Keyring(open_database(f"sqlite:///{folder / 'keyring.db'}"))
        keyring.prepare()
        world = World(engine, keyring, make_chest())
        world.now = TODAY
        with portal_upon(world, folder, StandingClock(TODAY)) as app:
            yield world, app
        keyring.engine.dispose()
        engine.dispose()


@contextmanager
def sample_house() -> Iterator[SampleHouse]:
    """The same with the sample practice, an owner, and a couple that has just begun."""
    with empty_house() as (world, app):
        with world.visit(SYSTEM) as visit:
            loaded = load(visit)
            couples = tuple(loaded.couples.values())
            counsellor_id = carers_of(visit, couples[0])[0]
            owner = people.add_person(visit, loaded.practice_id, Naming("Morgan Keeper", "Morgan"))
            people.give_role(visit, owner.id, Role.OWNER)
            accounts.make_account(visit, owner.id, "morgan.keeper@sample.example", None)
            owner_id = owner.id
        with world.as_(owner_id, Role.OWNER) as visit:
            add_line(
                visit,
                HelpLine(
                    "someone_to_talk_to", "Somebody to talk to", "0800 000 000", hours="Always"
                ),
            )
        beginners = _beginners(world, counsellor_id)
        asked_again_id = _asked_again(world, counsellor_id)
        yield SampleHouse(app, world, couples, counsellor_id, owner_id, *beginners, asked_again_id)


def _beginners(world: World, counsellor_id: UUID) -> tuple[UUID, UUID]:
    """One partner who has just made an account, and one who holds an invitation."""
    with world.as_(counsellor_id, Role.COUNSELLOR) as visit:
        names = [Naming("Noor Beginner", "Noor"), Naming("Alex Beginner", "Alex")]
        couple = people.add_couple(visit, CoupleTerms(ContactLevel.TOGETHER), names)
        visit.db.flush()  # the seats are read back by their letters
        query = sa.select(Membership.person_id).where(Membership.couple_id == couple.id)
        newcomer_id, invited_id = visit.db.scalars(query.order_by(Membership.seat))
        accounts.make_account(visit, newcomer_id, "noor@sample.example", None)
        people.join(visit, newcomer_id)
    return newcomer_id, invited_id


def _asked_again(world: World, counsellor_id: UUID) -> UUID:
    """One partner who had read a promise, and whose counsellor promises something else since."""
    with world.as_(counsellor_id, Role.COUNSELLOR) as visit:
        together = CoupleTerms(ContactLevel.TOGETHER, secrets_policy=SecretsPolicy.JUDGEMENT)
        couple = people.add_couple(visit, together, [Naming("Jude Reader", "Jude")])
        visit.db.flush()  # the seat is read back
        query = sa.select(Membership.person_id).where(Membership.couple_id == couple.id)
        person_id = visit.db.scalars(query).one()
        accounts.make_account(visit, person_id, "jude@sample.example", None)
        people.join(visit, person_id)
        couple_id = couple.id
    with world.as_(person_id, Role.PARTNER) as visit:
        begin(visit, newest(visit))
    with world.as_(counsellor_id, Role.COUNSELLOR) as visit:
        changed = CoupleTerms(ContactLevel.TOGETHER, secrets_policy=SecretsPolicy.NO_SECRETS)
        people.change_terms(visit, couple_id, changed)
    return person_id


def _fonts(folder: Path) -> None:
    cut = HERE / "var" / "fonts"
    if (cut / "cut.txt").exists():
        shutil.copytree(cut, folder)
    else:
        cut_fonts(folder)


def print_papers(house: SampleHouse) -> None:
    """Have two summaries of the first couple on the shelf, one of them for a partner."""
    with house.world.visit() as visit:
        counsellor_id = carers_of(visit, house.couples[0])[0]
    with house.world.as_(counsellor_id, Role.COUNSELLOR) as visit:
        latest = sessions_of(visit, house.couples[0])[-1]
        offered = [each.key for each in choices(visit, latest.id) if not each.refused]
        rows = [reports.order(visit, latest.id, key).id for key in offered]
    with Printer() as printer:
        for row_id in rows:
            with house.world.as_(counsellor_id, Role.COUNSELLOR) as visit:
                paper = reports.press(reports.proof(visit, row_id), draw, printer.print)
                reports.finish(visit, row_id, paper)
