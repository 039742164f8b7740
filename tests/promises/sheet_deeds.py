"""The same deeds on a real sheet, each in a visit of its own, and what everybody then sees of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from portal.care.service import change_terms
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Value
from portal.foundation.errors import TooLate
from portal.homework.queries import task
from portal.people.service import CoupleTerms
from portal.reflections.joint import agreeing, service
from portal.reflections.joint.cards import SheetCard
from portal.reflections.joint.queries import sheet
from portal.reflections.models import Reflection
from portal.reflections.queries import reflections_on
from portal.reflections.sending.cards import Said
from portal.reflections.sheets import shared_on
from portal.review.service import hold
from portal.visit import Visit
from portal.vocabulary import Audience, ContactLevel, Role, Seat
from tests.promises.round_deeds import RealRound, listening
from tests.promises.sheet_sides import ALONE, KEYS, TOGETHER
from tests.promises.sheet_views import Readers, Writers
from tests.support.sheets import OWN, SHARED, a_sheet, see
from tests.support.world import CoupleHere, World

REST: Mapping[str, Value] = {**{k: v for k, v in SHARED.items() if k != "signal"}, **OWN}


@dataclass(frozen=True)
class RealSheet(RealRound):
    """One sheet of one couple, with every deed that can be done to it."""

    pages: dict[Seat, SheetCard] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, couple: CoupleHere) -> "RealSheet":
        """A fresh sheet for these two, each with its page before them."""
        round_id = a_sheet(world, couple)
        with world.as_(couple.a, Role.PARTNER) as visit:
            real = cls(world, couple, round_id, task(visit, round_id).assignment_id)
        for seat in Seat:
            real.look(seat)
        return real

    def look(self, seat: Seat) -> None:
        """Draw the page anew."""
        self.pages[seat] = see(self.world, self.person(seat), self.round_id)

    def save(self, seat: Seat, changed: Mapping[str, Value | None]) -> bool:
        """Save the whole page with these answers changed; what is too late is kept beside it."""
        card = self.pages[seat]
        values = {**dict.fromkeys(KEYS), **card.draft.reading.values, **changed}
        reading = Reading(
            values={key: value for key, value in values.items() if value is not None},
            present=frozenset(values),
        )
        with self.by(seat) as visit:
            try:
                service.save(visit, self.round_id, reading, dict(card.bases))
            except TooLate:
                service.leave_words(visit, self.round_id, reading)
                return False
        return True

    def fill(self, seat: Seat) -> None:
        """Answer whatever else is asked."""
        card = see(self.world, self.person(seat), self.round_id)
        with self.by(seat) as visit:
            reading = Reading(values=dict(REST), present=frozenset(REST))
            service.save(visit, self.round_id, reading, dict(card.bases))

    def narrow(self, seat: Seat, *, narrow: bool) -> None:
        """Choose who may read one's own answer, as the check page does."""
        card = see(self.world, self.person(seat), self.round_id)
        value = card.draft.reading.values.get(ALONE)
        reading = Reading(
            values={} if value is None else {ALONE: value},
            present=frozenset({ALONE}),
            audiences={ALONE: "counsellor" if narrow else "after_both"},
        )
        with self.by(seat) as visit:
            service.save(visit, self.round_id, reading, dict(card.bases))

    def put_away(self, seat: Seat, kept: tuple[str, str]) -> None:
        """One's other version is not needed."""
        with self.by(seat) as visit:
            found = next(
                each
                for each in sheet(visit, self.round_id).draft.kept
                if (each.key, each.text) == kept
            )
            service.put_away(visit, self.round_id, found.id)

    def confirm(self, seat: Seat, *, says_yes: bool) -> None:
        """Say yes to the words on the page."""
        with self.by(seat) as visit:
            agreeing.confirm(visit, self.round_id, self.pages[seat].seen, Said(says_yes, {}))

    def take_back(self, seat: Seat) -> None:
        """Have it back."""
        with self.by(seat) as visit:
            agreeing.take_back(visit, self.round_id)

    def decline(self, seat: Seat) -> None:
        """Rather not."""
        with self.by(seat) as visit:
            agreeing.decline(visit, self.round_id)

    def holds(self, *, held: bool, all_of_it: bool) -> None:
        """Let this sheet's opening wait, or everything between the two."""
        if all_of_it:
            self.hold_all(stands=held)
        else:
            with self.counsels() as visit:
                hold(visit, self.assignment_id, held)

    def stop(self, *, apart: bool) -> None:
        """Joint work stops, or the two are not in touch any more."""
        if apart:
            self._set_contact(ContactLevel.NO_CONTACT)
        else:
            self.leave_clear()

    def go_on(self, *, apart: bool) -> None:
        """The same undone."""
        if apart:
            self._set_contact(ContactLevel.TOGETHER)
        else:
            self.come_back_to_clear()

    def _set_contact(self, contact: ContactLevel) -> None:
        with self.counsels() as visit:
            change_terms(visit, self.couple.id, CoupleTerms(contact=contact))

    def read_by_counsellor(self) -> Readers:
        """What the counsellor reads of what was sent."""
        with self.counsels() as visit:
            return _readers(visit, self.round_id)

    def looked_at_by(self, seat: Seat) -> tuple[Writers, Readers, tuple[str, ...]]:
        """What one of the two has before them, what they read of what was sent, and every statement
        that both cost, in order, without what is asked for."""
        with listening(self.world.engine) as said, self.by(seat) as visit:
            written = _writers(sheet(visit, self.round_id))
            return written, _readers(visit, self.round_id), tuple(said)

    def _row(self) -> sa.Select[Reflection]:
        return sa.select(Reflection).where(Reflection.round_id == self.round_id)

    def _part(self, visit: Visit, seat: Seat) -> UUID:
        row = visit.db.scalars(self._row()).first()
        return row.id if row else self.round_id


def _writers(card: SheetCard) -> Writers:
    draft = card.draft
    return Writers(
        texts={key: draft.reading.values.get(key) for key in KEYS},
        kept=tuple(sorted((each.key, each.text) for each in draft.kept if each.key in KEYS)),
        hands={key: hands[0].place for key, hands in card.hands.items() if key in TOGETHER},
        state=draft.state,
        has_confirmed=card.has_confirmed,
        has_declined=card.has_declined,
        takes_words=card.takes_words,
        is_begun=card.is_begun,
        is_narrow=draft.audiences[ALONE] is Audience.COUNSELLOR,
    )


def _readers(visit: Visit, round_id: UUID) -> Readers:
    given = [task(visit, round_id)]
    together = shared_on(visit, given).get(round_id)
    shared = {each.key: each for each in together.answers} if together else {}
    parts = []
    for card in reflections_on(visit, given)[round_id]:
        answer = card.answer(ALONE)
        box = tuple(sorted(each.shown.text for each in card.private))
        parts.append((card.seat, card.state, answer.text if answer else None, box))
    return Readers(
        tuple(
            (key, shared[key].text, tuple(seat for _, seat in shared[key].hands))
            for key in TOGETHER
            if key in shared
        ),
        tuple(parts),
    )
