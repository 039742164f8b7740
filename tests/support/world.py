"""A made-up world: practices, people, couples and their homework, made through the services."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from portal.audit.service import write_traces
from portal.care import service as care
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Value
from portal.exercises.queries import newest_edition, solo_confirm
from portal.foundation.chest import Chest
from portal.foundation.database import sessions
from portal.foundation.keyring import Keyring
from portal.foundation.vault import Vault
from portal.homework import service as homework
from portal.homework.models import Assignment
from portal.homework.programmes import service as programmes
from portal.homework.programmes.queries import programme_card
from portal.homework.queries import assignment_rounds
from portal.people import service as people
from portal.people.models import Membership
from portal.people.queries import viewer_for
from portal.people.service import CoupleTerms, Naming
from portal.policies.viewer import NOBODY, Viewer
from portal.practice.models import Practice
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import send
from portal.visit import Visit
from portal.vocabulary import (
    ContactLevel,
    JointWork,
    OpeningRule,
    Role,
    Seat,
    SecretsPolicy,
)
from tests.support.moments import START

REASON = "Both seen alone, nothing of concern."


@dataclass(frozen=True)
class CoupleHere:
    """A couple of the made-up world, by ids."""

    id: UUID
    practice_id: UUID
    counsellor_id: UUID
    a: UUID
    b: UUID | None


class World:
    """Makes things with sensible defaults; a test names only what it is about."""

    def __init__(self, engine: sa.Engine, keyring: Keyring, chest: Chest) -> None:
        self.engine, self.keyring, self.chest = engine, keyring, chest
        self.now: datetime = START

    @contextmanager
    def visit(self, viewer: Viewer = NOBODY) -> Iterator[Visit]:
        """A visit that commits when it ends well."""
        with sessions(self.engine)() as db:
            here = Visit(db, viewer, self.now, Vault(self.chest, self.keyring))
            yield here
            write_traces(here)
            db.commit()

    @contextmanager
    def as_(self, person_id: UUID, role: Role) -> Iterator[Visit]:
        """A visit of this person in this role, from rows that are true now."""
        with sessions(self.engine)() as db:
            viewer = viewer_for(db, person_id, None, role, self.now)
            assert viewer is not None
            here = Visit(db, viewer, self.now, Vault(self.chest, self.keyring))
            yield here
            write_traces(here)
            db.commit()

    def a_practice(self, *, is_sample: bool = False) -> UUID:
        with self.visit() as visit:
            practice = Practice(
                time_zone="Europe/Dublin",
                locale="en",
                currency="EUR",
                secrets_policy=SecretsPolicy.JUDGEMENT,
                opening_rule=OpeningRule.COUNSELLOR,
                is_sample=is_sample,
                made_at=self.now,
            )
            visit.vault.new_practice_key(practice.id, self.now)
            practice.put(visit.vault, "name", "Quiet Harbour", practice.id)
            visit.db.add(practice)
            return practice.id

    def a_person(self, practice_id: UUID, name: str, *roles: Role) -> UUID:
        with self.visit() as visit:
            person = people.add_person(visit, practice_id, Naming(name, name.split()[0]))
            for role in roles:
                people.give_role(visit, person.id, role)
            return person.id

    def a_counsellor(self, practice_id: UUID, name: str = "Nadia Example") -> UUID:
        return self.a_person(practice_id, name, Role.COUNSELLOR)

    def a_couple(
        self,
        counsellor_id: UUID | None = None,
        *,
        names: tuple[str, ...] = ("Ann Example", "Ben Sample"),
        contact: ContactLevel = ContactLevel.TOGETHER,
        opening: OpeningRule = OpeningRule.COUNSELLOR,
        status: JointWork = JointWork.CLEAR,
        takes_part: tuple[bool, ...] = (True, True),
    ) -> CoupleHere:
        counsellor = counsellor_id or self.a_counsellor(self.a_practice())
        namings = [
            Naming(name, name.split()[0], participates=here)
            for name, here in zip(names, takes_part, strict=False)
        ]
        with self.as_(counsellor, Role.COUNSELLOR) as visit:
            couple = people.add_couple(
                visit, CoupleTerms(contact=contact, opening_rule=opening), namings
            )
            visit.db.flush()
            query = sa.select(Membership).where(Membership.couple_id == couple.id)
            seats = {row.seat: row for row in visit.db.scalars(query)}
            for row in seats.values():
                if row.participates:
                    people.join(visit, row.person_id)
            couple_id, practice_id = couple.id, couple.practice_id
            second = seats.get(Seat.B)
            ids = (seats[Seat.A].person_id, second.person_id if second else None)
        if status is not JointWork.NOT_ASKED:
            with self.as_(counsellor, Role.COUNSELLOR) as visit:
                care.set_joint_work(visit, couple_id, status, REASON)
        return CoupleHere(couple_id, practice_id, counsellor, *ids)

    def an_assignment(
        self,
        couple: CoupleHere,
        exercise: str = "name-the-issues",
        *,
        to: tuple[Seat, ...] = (Seat.A, Seat.B),
        line: str = "",
    ) -> list[UUID]:
        """Give an exercise with every statement ticked; the ids of its first rounds, one each."""
        with self.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            edition = newest_edition(visit.db, exercise)
            ticked = (*edition.content.exercise.safety.confirm, *solo_confirm())
            order = homework.Order(edition.id, to, None, line, ticked)
            given: list[Assignment] = homework.assign(visit, couple.id, order)
            visit.db.flush()
            return [assignment_rounds(visit, one.id)[0].round_id for one in given]

    def a_programme(self, couple: CoupleHere, key: str = "first-four-weeks") -> tuple[UUID, UUID]:
        """Begin a programme today; its id, and that of its first step."""
        with self.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            programme = programmes.start(visit, couple.id, key, self.now.date())
            visit.db.flush()
            steps = programme_card(visit, programme.id).steps
            return programme.id, steps[0].id

    def a_draft(self, person_id: UUID, round_id: UUID, values: Mapping[str, Value]) -> None:
        """Let a partner write something, as the page would save it."""
        with self.as_(person_id, Role.PARTNER) as visit:
            card = draft(visit, round_id)
            reading = Reading(
                values={**card.reading.values, **values},
                present=frozenset({*values}),
                counters=card.counters,
            )
            save(visit, round_id, reading)

    def a_reflection(
        self,
        person_id: UUID,
        round_id: UUID,
        values: Mapping[str, Value],
        *,
        opens: bool = True,
        releases: Mapping[str, bool] | None = None,
    ) -> None:
        """Let a partner write and send."""
        self.a_draft(person_id, round_id, values)
        with self.as_(person_id, Role.PARTNER) as visit:
            send(visit, round_id, Said(opens, releases or {}))

    def marker(self) -> str:
        """Words that stand nowhere else."""
        return f"marker{uuid4().hex}"
