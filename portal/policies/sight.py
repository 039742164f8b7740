"""How much of a thing a viewer may see; the table in tests/policies says the same in words."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from portal.policies.viewer import Viewer
from portal.vocabulary import Audience, Pocket, ReflectionState, Role, Seat, Sight


class AnswerFacts(Protocol):
    """What the rule needs to know of one answer."""

    @property
    def couple_id(self) -> UUID: ...
    @property
    def author_id(self) -> UUID | None:
        """The writer; nobody where the two write one sheet."""

    @property
    def audience(self) -> Audience: ...
    @property
    def state(self) -> ReflectionState: ...
    @property
    def is_open(self) -> bool:
        """Whether its round was opened, or this answer released."""

    @property
    def write_once(self) -> bool: ...
    @property
    def sent(self) -> bool: ...
    @property
    def dated_at(self) -> datetime:
        """When it was given to be answered; what lies before a partner joined does not exist."""


class PocketFacts(Protocol):
    """What the rule needs to know of a note, a feedback or a file."""

    @property
    def couple_id(self) -> UUID: ...
    @property
    def pocket(self) -> Pocket: ...
    @property
    def released(self) -> bool: ...
    @property
    def dated_at(self) -> datetime: ...


def may_enter(viewer: Viewer, couple_id: UUID) -> bool:
    """Whether this couple exists for this viewer."""
    return couple_id in viewer.couples


def is_before(joined_at: datetime | None, dated_at: datetime) -> bool:
    """Whether it lies before somebody joined, or they have not joined: then it is not there for them."""
    return joined_at is None or dated_at < joined_at


def is_before_joining(viewer: Viewer, couple_id: UUID, dated_at: datetime) -> bool:
    """Whether it lies before this partner joined: then it does not exist for them."""
    joined_at = viewer.couples[couple_id].joined_at
    return viewer.role is Role.PARTNER and is_before(joined_at, dated_at)


def sight_of(viewer: Viewer, answer: AnswerFacts) -> Sight:
    """How much of this answer this viewer may see."""
    if not may_enter(viewer, answer.couple_id):
        return Sight.NOTHING
    if viewer.role is Role.PARTNER:
        if is_before_joining(viewer, answer.couple_id, answer.dated_at):
            return Sight.NOTHING
        return _for_partner(viewer, answer)
    if viewer.is_staff:
        unsent = answer.state in (ReflectionState.DRAFT, ReflectionState.DECLINED)
        return Sight.EXISTENCE if unsent and not answer.sent else Sight.WORDS
    return Sight.NOTHING


def _for_partner(viewer: Viewer, answer: AnswerFacts) -> Sight:
    if answer.author_id == viewer.person_id:
        return Sight.EXISTENCE if answer.write_once and answer.sent else Sight.WORDS
    if answer.write_once:
        return Sight.NOTHING
    if answer.audience is Audience.AT_ONCE and answer.author_id is None:
        return Sight.WORDS
    shareable = answer.audience in (Audience.AFTER_BOTH, Audience.ON_RELEASE)
    return Sight.WORDS if shareable and answer.is_open else Sight.NOTHING


def may_take_along(viewer: Viewer, answer: AnswerFacts) -> bool:
    """Whether somebody may carry this answer out of the portal: their own words, no private box."""
    own = viewer.role is Role.PARTNER and answer.author_id == viewer.person_id
    return own and not answer.write_once and sight_of(viewer, answer) is Sight.WORDS


def sight_of_check_in(
    viewer: Viewer, couple_id: UUID, person_id: UUID, sent_at: datetime | None
) -> Sight:
    """How much of one weekly check-in: one's own, or as counsellor what was sent; no other's."""
    if not may_enter(viewer, couple_id):
        return Sight.NOTHING
    if viewer.is_staff:
        return Sight.NOTHING if sent_at is None else Sight.WORDS
    return Sight.WORDS if viewer.person_id == person_id else Sight.NOTHING


def sees_hour(viewer: Viewer, couple_id: UUID, with_seat: Seat | None, starts_at: datetime) -> bool:
    """Whether a planned hour exists for this viewer: one with the other alone is none of theirs."""
    if not may_enter(viewer, couple_id):
        return False
    if viewer.role is not Role.PARTNER:
        return viewer.is_staff
    own = with_seat is None or viewer.couples[couple_id].seat is with_seat
    return own and not is_before_joining(viewer, couple_id, starts_at)


def sees_check_in_marks(viewer: Viewer, couple_id: UUID) -> bool:
    """Whether it exists for this viewer that a check-in waits, or was seen; for no partner, ever."""
    return viewer.is_staff and may_enter(viewer, couple_id)


def sees_private(viewer: Viewer, couple_id: UUID) -> bool:
    """Whether what was meant for the counsellor alone is open to this viewer."""
    return viewer.is_staff and may_enter(viewer, couple_id)


def sees_programme(viewer: Viewer, couple_id: UUID) -> bool:
    """Whether a couple's programme exists for this viewer; a partner knows what was given, no plan."""
    return viewer.is_staff and may_enter(viewer, couple_id)


def sight_of_pocket(viewer: Viewer, piece: PocketFacts) -> Sight:
    """How much of a feedback or a file this viewer may see, by the pocket it lies in."""
    if not may_enter(viewer, piece.couple_id):
        return Sight.NOTHING
    if viewer.is_staff:
        return Sight.WORDS
    if viewer.role is not Role.PARTNER or not piece.released:
        return Sight.NOTHING
    if is_before_joining(viewer, piece.couple_id, piece.dated_at):
        return Sight.NOTHING
    own = _own_pocket(viewer.couples[piece.couple_id].seat)
    return Sight.WORDS if piece.pocket in (own, Pocket.JOINT) else Sight.NOTHING


def _own_pocket(seat: Seat | None) -> Pocket | None:
    return {Seat.A: Pocket.A, Seat.B: Pocket.B}.get(seat) if seat else None
