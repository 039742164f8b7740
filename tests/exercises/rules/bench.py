"""What the cases of safety rules share: giving, answering, reading and releasing, all through the services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from portal.exercises.cards import EditionCard
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Value
from portal.exercises.queries import newest_edition
from portal.foundation.errors import Refused
from portal.homework.queries import assignment_rounds, task
from portal.homework.service import Order, assign
from portal.people.service import Naming, change_member
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.models import Reflection
from portal.reflections.openings.service import open_round, release
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import mark_read, send
from portal.vocabulary import PartnerRole, Role, Seat, Stance
from tests.support.filled import Filler
from tests.support.sheets import a_sheet, fill_anything, say_yes, second
from tests.support.suited import SuitedCouples
from tests.support.world import CoupleHere, World

Bad = Mapping[str, Value]


@dataclass
class Work:
    """One round of an exercise, given to whom it suits."""

    couple: CoupleHere
    round_id: UUID
    people: tuple[UUID, ...]


@dataclass
class Bench:
    """A world with a counsellor, and couples for every exercise."""

    world: World
    suited: SuitedCouples = field(init=False)

    def __post_init__(self) -> None:
        self.suited = SuitedCouples(self.world)

    def edition(self, key: str) -> EditionCard:
        """The exercise as it is given now."""
        with self.world.visit() as visit:
            return newest_edition(visit.db, key)

    def couple(self, **terms: Any) -> CoupleHere:
        """A couple of its own for one case."""
        return self.world.a_couple(self.suited.counsellor_id, **terms)

    def noted(
        self,
        couple: CoupleHere,
        seat: Seat,
        role: PartnerRole = PartnerRole.ANY,
        stance: Stance = Stance.LEANING_IN,
    ) -> None:
        """What the counsellor has noted of one of the two."""
        with self.counsels(couple) as visit:
            change_member(visit, couple.id, seat, Naming("Ann", "Ann", role=role, stance=stance))

    def counsels(self, couple: CoupleHere) -> Any:
        """A visit of the counsellor."""
        return self.world.as_(couple.counsellor_id, Role.COUNSELLOR)

    def give(
        self, couple: CoupleHere, key: str, to: tuple[Seat, ...], ticked: tuple[str, ...] = ()
    ) -> list[UUID]:
        """Give it; its first rounds."""
        with self.counsels(couple) as visit:
            edition = newest_edition(visit.db, key)
            given = assign(visit, couple.id, Order(edition.id, to, ticked=ticked))
            visit.db.flush()
            return [assignment_rounds(visit, one.id)[0].round_id for one in given]

    def work(self, key: str) -> Work:
        """It is given to whom it suits, everything ticked."""
        suited = self.suited.for_two(self.edition(key).content.exercise)
        (given,) = self.suited.assign(suited, key)
        with self.counsels(suited.couple) as visit:
            task = assignment_rounds(visit, given.id)[0]
        return Work(suited.couple, task.round_id, task.recipients)

    def sheet(self, key: str) -> Work:
        """A sheet for two, with everything answered by both."""
        couple = self.suited.for_two(self.edition(key).content.exercise).couple
        round_id = a_sheet(self.world, couple, key)
        fill_anything(self.world, couple, round_id)
        return Work(couple, round_id, (couple.a, second(couple)))

    def sent(self, key: str, bad: Bad | None = None, *, read: bool = True) -> Work:
        """Everybody has answered, sent and said yes; the first of them as it should not be."""
        if self.edition(key).mode.value == "joint":
            work = self.sheet(key)
            for person in work.people:
                say_yes(self.world, person, work.round_id)
        else:
            work = self.work(key)
            for number, person in enumerate(work.people):
                self.answer(work, person, bad if bad and number == 0 else {})
        if read:
            self.read(work)
        return work

    def answer(self, work: Work, person: UUID, bad: Bad) -> None:
        """One writes just enough, well, except where it should not be, and sends it."""
        with self.world.as_(person, Role.PARTNER) as visit:
            card = draft(visit, work.round_id)
            exercise = card.task.edition.content.exercise
            filler = Filler(self.world.now.date(), tuple(exercise.safety.rules))
            more = filler.full(tuple(f for f in card.fields if _matters(f, exercise)))
            values = {**filler.least(card.fields), **more, **good(exercise), **bad}
            save(visit, work.round_id, Reading(values=values, present=frozenset(values)))
        with self.world.as_(person, Role.PARTNER) as visit:
            keys = released_fields(work_edition(visit, work))
            send(visit, work.round_id, Said(True, dict.fromkeys(keys, True)))
        self.world.now += timedelta(minutes=1)

    def read(self, work: Work) -> None:
        """The counsellor has read all of it."""
        with self.counsels(work.couple) as visit:
            for part_id in self._parts(visit, work):
                mark_read(visit, part_id)

    def open(self, work: Work, ticked: tuple[str, ...] = ()) -> None:
        """The counsellor opens it to both."""
        with self.counsels(work.couple) as visit:
            open_round(visit, work.round_id, ticked)

    def release(self, work: Work, key: str, ticked: tuple[str, ...] = ()) -> None:
        """The counsellor gives one answer to the other."""
        with self.counsels(work.couple) as visit:
            release(visit, self._parts(visit, work)[0], key, ticked)

    def let_out(
        self, work: Work, fields: tuple[str, ...] = (), ticked: tuple[str, ...] = ()
    ) -> None:
        """Open it, where it opens, or else release the first answer that can be."""
        edition = self.edition_of(work)
        if edition.opens_anything and not fields:
            self.open(work, ticked)
        else:
            self.release(work, (fields or released_fields(edition))[0], (*ticked, *asks(edition)))

    def edition_of(self, work: Work) -> EditionCard:
        """What was given."""
        with self.counsels(work.couple) as visit:
            return work_edition(visit, work)

    def _parts(self, visit: Any, work: Work) -> list[UUID]:
        query = sa.select(Reflection).where(Reflection.round_id == work.round_id)
        rows = {row.respondent_id: row.id for row in visit.db.scalars(query)}
        return [rows[who] for who in (*work.people, work.couple.id) if who in rows]


def _matters(field: Any, exercise: Any) -> bool:
    """Whether an answer that may be left out is wanted here: it can be released, or is read first."""
    first = {
        key for rule in exercise.safety.rules if rule.rule == "read_first" for key in rule.fields
    }
    return getattr(field, "visibility", "") == "on_release" or field.key in first


def work_edition(visit: Any, work: Work) -> EditionCard:
    """What was given, in a visit that is open already."""
    return task(visit, work.round_id).edition


def asks(edition: EditionCard) -> tuple[str, ...]:
    """Every statement that is asked for before a release."""
    rules = edition.content.exercise.safety.rules
    return tuple(rule.ask for rule in rules if rule.rule == "confirm_release")


def released_fields(edition: EditionCard) -> tuple[str, ...]:
    """The questions whose answers can be released."""
    fields = edition.content.exercise.fields
    return tuple(f.key for f in fields if getattr(f, "visibility", "") == "on_release")


def good(exercise: Any) -> dict[str, Value]:
    """Answers that no rule of this exercise stops."""
    found: dict[str, Value] = {}
    fields = {f.key: f for f in exercise.fields}
    for rule in exercise.safety.rules:
        if rule.rule != "stop_release":
            continue
        options = tuple(o.value for o in getattr(fields[rule.field], "options", ()))
        if rule.among:
            found[rule.field] = next(value for value in options if value not in rule.among)
        else:
            found[rule.field] = options if rule.not_all else 10
    return found


def refused(deed: Callable[[], object]) -> tuple[str, ...]:
    """The reasons why this cannot be; nothing where it was let through."""
    try:
        deed()
    except Refused as no:
        return tuple(no.reasons)
    return ()
