"""The edges of sight: people who are neither staff nor partner, and words that are written once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from portal.foundation.errors import NotAllowed
from portal.policies.deeds import may_care_for, may_read_file, may_take_out, may_write
from portal.policies.sight import may_take_along, sees_private, sight_of, sight_of_pocket
from portal.policies.viewer import Standing, Viewer
from portal.vocabulary import (
    Audience,
    Pocket,
    ReflectionState,
    Role,
    Seat,
    Sight,
    SummaryEdition,
)
from tests.support.moments import START

COUPLE, PERSON = uuid4(), uuid4()
OUTSIDERS = (Role.OWNER, Role.NOBODY, Role.SYSTEM)


@dataclass(frozen=True)
class Answer:
    """An answer that everybody concerned may read."""

    couple_id: UUID = COUPLE
    author_id: UUID | None = PERSON
    audience: Audience = Audience.AT_ONCE
    state: ReflectionState = ReflectionState.SUBMITTED
    is_open: bool = True
    write_once: bool = False
    sent: bool = True
    dated_at: datetime = START


@dataclass(frozen=True)
class Piece:
    """Words to both that were given."""

    couple_id: UUID = COUPLE
    pocket: Pocket = Pocket.JOINT
    released: bool = True
    dated_at: datetime = START


@pytest.mark.parametrize("role", OUTSIDERS, ids=lambda role: role.value)
def test_an_open_couple_opens_nothing_to_an_outsider(role: Role) -> None:
    viewer = Viewer(role, PERSON, None, uuid4(), {COUPLE: Standing(Seat.A, START)})
    assert sight_of(viewer, Answer()) is Sight.NOTHING
    assert sight_of_pocket(viewer, Piece()) is Sight.NOTHING
    assert not sees_private(viewer, COUPLE)
    assert not may_care_for(viewer, COUPLE)
    assert not may_read_file(viewer, COUPLE)
    assert not may_write(viewer, COUPLE, is_recipient=True)
    for edition in SummaryEdition:
        assert not may_take_out(viewer, COUPLE, edition, PERSON, START, (PERSON,))


def test_words_written_once_never_open_to_the_other() -> None:
    other = Viewer(Role.PARTNER, uuid4(), None, uuid4(), {COUPLE: Standing(Seat.B, START)})
    shared = Answer(audience=Audience.AFTER_BOTH, write_once=True)
    assert sight_of(other, shared) is Sight.NOTHING
    assert sight_of(other, Answer(audience=Audience.AFTER_BOTH)) is Sight.WORDS


def test_one_takes_along_only_what_one_may_read() -> None:
    ann = Viewer(Role.PARTNER, PERSON, None, uuid4(), {COUPLE: Standing(Seat.A, START)})
    assert may_take_along(ann, Answer())
    assert not may_take_along(ann, Answer(couple_id=uuid4()))
    assert not may_take_along(ann, Answer(dated_at=START - timedelta(seconds=1)))
    assert not may_take_along(ann, Answer(author_id=uuid4()))


def test_what_was_sent_before_is_read_although_its_writer_would_rather_not_go_on() -> None:
    counsellor = Viewer(Role.COUNSELLOR, uuid4(), None, uuid4(), {COUPLE: Standing(None, START)})
    assert sight_of(counsellor, Answer(state=ReflectionState.DECLINED)) is Sight.WORDS
    assert sight_of(counsellor, Answer(state=ReflectionState.DRAFT)) is Sight.WORDS
    never = Answer(state=ReflectionState.DECLINED, sent=False)
    assert sight_of(counsellor, never) is Sight.EXISTENCE


def test_who_looks_is_somebody_of_some_practice_or_a_slip_in_the_code() -> None:
    practice_id = uuid4()
    ann = Viewer(Role.PARTNER, PERSON, None, practice_id, {})
    assert (ann.me(), ann.practice()) == (PERSON, practice_id)
    nobody = Viewer(Role.NOBODY, None, None, None, {})
    for ask in (nobody.me, nobody.practice):
        with pytest.raises(NotAllowed):
            ask()
