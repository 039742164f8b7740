"""The same deeds on a real round, each in a visit of its own, and what everybody then sees of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from portal.care.service import hold as hold_couple
from portal.care.service import set_joint_work
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Row, Value
from portal.foundation.errors import DomainError
from portal.homework.queries import task
from portal.homework.service import close
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import discard, save
from portal.reflections.models import Reflection
from portal.reflections.openings.service import change_mind, open_round
from portal.reflections.queries import reflections_on
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import decline, give_back, mark_read, send, take_back
from portal.review.service import hold
from portal.visit import Visit
from portal.vocabulary import JointWork, ReflectionState, Role, Seat
from tests.support.world import CoupleHere, World

# Paired, once, and opening by itself where the couple's rule says so.
EXERCISE = "two-histories"
Seen = dict[Seat, tuple[ReflectionState | None, str | None]]


def answers(words: str) -> dict[str, Value]:
    """Everything this exercise asks for, in somebody's words."""
    return {
        "expected": (Row("money", None, {"hoped": words, "gap": 5}),),
        "biggest_gap": words,
        "difference": "plan_spontaneous",
        "values": ("honesty",),
        "shared": words,
    }


@dataclass(frozen=True)
class RealRound:
    """One round of one couple, with every deed that can be done to it."""

    world: World
    couple: CoupleHere
    round_id: UUID
    assignment_id: UUID

    @classmethod
    def given(cls, world: World, couple: CoupleHere) -> "RealRound":
        """A fresh round for these two."""
        (round_id,) = world.an_assignment(couple, EXERCISE)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            return cls(world, couple, round_id, task(visit, round_id).assignment_id)

    def person(self, seat: Seat) -> UUID:
        """Who sits there."""
        found = self.couple.a if seat is Seat.A else self.couple.b
        assert found is not None
        return found

    def tried(self, deed: Callable[[], None]) -> bool:
        """Whether the portal let this happen; a moment passes either way."""
        self.world.now += timedelta(minutes=1)
        try:
            deed()
        except DomainError:
            return False
        return True

    def write(self, seat: Seat, text: str, *, narrow: bool = False) -> None:
        """Save a draft as the page would, one answer of it for the counsellor alone or not."""
        values = answers(text)
        with self.by(seat) as visit:
            card = draft(visit, self.round_id)
            reading = Reading(
                values={**card.reading.values, **values},
                present=frozenset(values),
                counters=card.counters,
                audiences={"biggest_gap": "counsellor" if narrow else "after_both"},
            )
            save(visit, self.round_id, reading)

    def draft_of(self, seat: Seat) -> object:
        """What stands in somebody's draft."""
        with self.by(seat) as visit:
            return draft(visit, self.round_id).reading.values.get("biggest_gap")

    def send(self, seat: Seat, *, says_yes: bool) -> None:
        """Send it."""
        with self.by(seat) as visit:
            send(visit, self.round_id, Said(says_yes, {}))

    def take_back(self, seat: Seat) -> None:
        """Take it back."""
        with self.by(seat) as visit:
            take_back(visit, self.round_id)

    def decline(self, seat: Seat) -> None:
        """Rather not."""
        with self.by(seat) as visit:
            decline(visit, self.round_id)

    def discard(self, seat: Seat) -> None:
        """Throw the draft away."""
        with self.by(seat) as visit:
            discard(visit, self.round_id)

    def change_mind(self, seat: Seat, *, says_yes: bool) -> None:
        """Give or withdraw the yes."""
        with self.by(seat) as visit:
            change_mind(visit, self.round_id, says_yes)

    def mark_read(self, seat: Seat) -> None:
        """The counsellor has read it."""
        with self.counsels() as visit:
            mark_read(visit, self._part(visit, seat))

    def give_back(self, seat: Seat) -> None:
        """The counsellor returns it."""
        with self.counsels() as visit:
            give_back(visit, self._part(visit, seat), "A little more, please.")

    def hold(self, *, held: bool) -> None:
        """Let the opening wait, or not."""
        with self.counsels() as visit:
            hold(visit, self.assignment_id, held)

    def hold_all(self, *, stands: bool) -> None:
        """Silently hold everything between the two, or no longer."""
        with self.counsels() as visit:
            hold_couple(visit, self.couple.id, stands, "")

    def end(self) -> None:
        """Close the homework."""
        with self.counsels() as visit:
            close(visit, self.assignment_id)

    def leave_clear(self) -> None:
        """Joint work stops."""
        with self.counsels() as visit:
            set_joint_work(visit, self.couple.id, JointWork.INDIVIDUAL_ONLY, "Asked again.")

    def come_back_to_clear(self) -> None:
        """Joint work is possible again."""
        with self.counsels() as visit:
            set_joint_work(visit, self.couple.id, JointWork.CLEAR, "Asked again.")

    def open(self) -> None:
        """The counsellor opens it to both."""
        with self.counsels() as visit:
            open_round(visit, self.round_id)

    def seen_by(self, viewer: Seat | None) -> Seen:
        """Whose part this viewer is shown, in which state and with which words."""
        with self.by(viewer) if viewer else self.counsels() as visit:
            cards = reflections_on(visit, [task(visit, self.round_id)])[self.round_id]
            return {card.seat: (card.state, _words(card)) for card in cards}

    def looked_at(self, viewer: Seat | None) -> tuple[Seen, tuple[str, ...]]:
        """The same, and every statement that it cost, in order, without what is asked for."""
        with listening(self.world.engine) as said:
            seen = self.seen_by(viewer)
        return seen, tuple(said)

    def by(self, seat: Seat) -> Any:
        """A visit of one partner."""
        return self.world.as_(self.person(seat), Role.PARTNER)

    def counsels(self) -> Any:
        """A visit of the counsellor."""
        return self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR)

    def _part(self, visit: Visit, seat: Seat) -> UUID:
        query = sa.select(Reflection.id).where(
            Reflection.round_id == self.round_id, Reflection.respondent_id == self.person(seat)
        )
        found = visit.db.scalars(query).first()
        # Without work there is nothing with this id, as for a page that names something made up.
        return found or self.round_id


def _words(card: Any) -> str | None:
    answer = card.answer("biggest_gap")
    return answer.text if answer else None


@contextmanager
def listening(engine: sa.Engine) -> Iterator[list[str]]:
    """Every statement that is said meanwhile, without what is asked for."""
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
