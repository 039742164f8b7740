"""P25, P26: an arena in which two deeds begin in the same instant, and every ending that is allowed."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.care.service import set_joint_work
from portal.foundation.errors import DomainError
from portal.homework.models import Assignment
from portal.notices.models import Notice
from portal.reflections.models import (
    Answer,
    Consent,
    Opening,
    PrivateWord,
    Reflection,
    Release,
    Revision,
)
from portal.vocabulary import JointWork, OpeningRule, Role
from tests.promises.racing_deeds import Deed, Race, make_ready, stop_joint_work
from tests.promises.round_deeds import RealRound
from tests.support.meeting import jostled
from tests.support.world import CoupleHere, World


@dataclass
class Arena:
    """One world with a couple for each opening rule, and the endings that are allowed."""

    world: World
    couples: dict[bool, CoupleHere]
    allowed: dict[str, set[str]]

    def fresh(self, race: Race) -> RealRound:
        """A round that stands where this race begins, for a couple that may work together."""
        couple = self.couples[race.automatic]
        if race.parts_them:  # what is done cannot be undone: it takes two of their own
            couple = self.world.a_couple(couple.counsellor_id, opening=rule_of(race))
        real = race.of.given(self.world, couple)
        make_ready(real, race.ready)
        self.world.now += timedelta(minutes=1)
        return real

    def endings(self, race: Race) -> set[str]:
        """How it ends when one of the two comes first, both ways."""
        if race.name not in self.allowed:
            both = ((race.one, race.two), (race.two, race.one))
            self.allowed[race.name] = {
                self._one_after_the_other(race, pair, swapped=number == 1)
                for number, pair in enumerate(both)
            }
        return self.allowed[race.name]

    def ends(self, race: Race) -> str:
        """How it ends when both begin in the same instant."""
        real = self.fresh(race)
        gate, results = threading.Barrier(2), ["", ""]

        def run(number: int, deed: Deed) -> None:
            gate.wait()
            results[number] = _outcome(real, deed, self.world.now + timedelta(seconds=number))

        threads = [
            threading.Thread(target=run, args=pair) for pair in enumerate((race.one, race.two))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert not any(thread.is_alive() for thread in threads), f"{race.name}: it stands still"
        ending = f"{results} {standing(real)}"
        self._put_right(race)
        return ending

    def _one_after_the_other(self, race: Race, pair: tuple[Deed, Deed], *, swapped: bool) -> str:
        real = self.fresh(race)
        results = [
            _outcome(real, deed, self.world.now + timedelta(seconds=number))
            for number, deed in enumerate(pair)
        ]
        ending = f"{results[::-1] if swapped else results} {standing(real)}"
        self._put_right(race)
        return ending

    def _put_right(self, race: Race) -> None:
        if stop_joint_work in (race.one, race.two):
            self.world.now += timedelta(minutes=1)
            couple = self.couples[race.automatic]
            with self.world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                set_joint_work(visit, couple.id, JointWork.CLEAR, "Asked again.")


def rule_of(race: Race) -> OpeningRule:
    """How the couple of this race opens its rounds."""
    return OpeningRule.AUTOMATIC if race.automatic else OpeningRule.COUNSELLOR


def _outcome(real: RealRound, deed: Deed, at: Any) -> str:
    """Whether it was let happen; each of the two has a clock of its own."""
    own = World(real.world.engine, real.world.keyring, real.world.chest)
    own.now = at
    try:
        deed(replace(real, world=own))
    except DomainError as problem:
        return type(problem).__name__
    return "done"


def standing(real: RealRound) -> str:
    """Everything about this round that can be counted, without ids and moments."""
    with real.world.visit() as visit:
        db = visit.db
        where = Reflection.round_id == real.round_id
        parts = db.scalars(sa.select(Reflection).where(where)).all()
        halves = sorted(
            (
                "A" if part.respondent_id == real.couple.a else "B",
                part.state.value,
                part.revision,
                _count(db, Revision, Revision.reflection_id == part.id),
                _count(db, PrivateWord, PrivateWord.reflection_id == part.id),
                _answers(db, part),
            )
            for part in parts
        )
        consents = db.scalars(
            sa.select(Consent).where(Consent.round_id == real.round_id).order_by(Consent.given_at)
        )
        last = {row.person_id == real.couple.a: row.says_yes for row in consents}
        given = db.get_one(Assignment, real.assignment_id)
        notices = db.scalars(sa.select(Notice.kind).where(Notice.subject_id.in_([real.round_id])))
        told = sorted(Counter(kind.value for kind in notices).items())
        opened = _count(db, Opening, Opening.round_id == real.round_id)
        released = _count(db, Release, Release.reflection_id.in_([part.id for part in parts]))
        ending = (halves, sorted(last.items()), given.held, given.state.value, opened, told)
        return f"{ending} {released} released"


def _answers(db: Any, part: Reflection) -> list[tuple[int, int]]:
    """How many answers each revision holds."""
    query = (
        sa.select(Revision.number, sa.func.count(Answer.id))
        .join(Answer, Answer.revision_id == Revision.id)
        .where(Revision.reflection_id == part.id)
        .group_by(Revision.number)
    )
    return sorted((row[0], row[1]) for row in db.execute(query))


def _count(db: Any, table: Any, where: Any) -> int:
    return int(db.scalar(sa.select(sa.func.count()).select_from(table).where(where)) or 0)


def run(
    world: World, count: int, races: Sequence[Race]
) -> tuple[int, list[str], dict[str, set[str]]]:
    """So many races, each kind in its turn; gives those that ended as nothing allows."""
    counsellor = world.a_counsellor(world.a_practice())
    rules = {True: OpeningRule.AUTOMATIC, False: OpeningRule.COUNSELLOR}
    couples = {auto: world.a_couple(counsellor, opening=rule) for auto, rule in rules.items()}
    arena, astray, seen = Arena(world, couples, {}), [], dict[str, set[str]]()
    for number in range(count):
        race = races[number % len(races)]
        allowed = arena.endings(race)
        with jostled(world.engine):
            ending = arena.ends(race)
        seen.setdefault(race.name, set()).add(ending)
        if ending not in allowed:
            astray.append(f"{race.name}: {ending}\n  but only: " + "\n  or ".join(sorted(allowed)))
    return count, astray, seen
