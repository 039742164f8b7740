"""What is written back in the instant in which the words go to their writer never stays with the other."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.care.chairs.service import give_to_writer
from portal.foundation.errors import Refused
from portal.policies.chairs import ANSWERED
from portal.reflections.models import Reflection
from portal.review.models import Feedback
from portal.review.service import (
    NOTHING_SENT,
    change_feedback,
    release_feedback,
    write_feedback,
)
from portal.visit import Visit
from portal.vocabulary import Pocket, Role, Seat
from tests.care.deeds import WORDS
from tests.care.wrong_chair import a_round_for_both
from tests.support.meeting import Meanwhile, meet
from tests.support.world import CoupleHere, World

# SQLite knows one writer at a time, so that there is no such moment.
pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)

ABOUT = "About your words: of Ben, in the wrong chair"


class Case:
    """Words of Ben in Ann's chair, and a counsellor at two desks."""

    def __init__(self, world: World, couple: CoupleHere) -> None:
        self.world, self.couple = world, couple
        self.round_id = a_round_for_both(world, couple)
        world.a_reflection(couple.a, self.round_id, WORDS)

    def draft(self) -> UUID:
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            return write_feedback(visit, self.round_id, Pocket.A, ABOUT).id

    def move(self, own: World) -> None:
        with own.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            self.move_in(visit)

    def move_in(self, visit: Visit) -> None:
        give_to_writer(visit, self.round_id, Seat.A)
        visit.db.flush()

    def release_in(self, visit: Visit, feedback_id: UUID) -> None:
        release_feedback(visit, feedback_id)
        visit.db.flush()

    def change_and_release_in(self, visit: Visit, feedback_id: UUID) -> None:
        change_feedback(visit, feedback_id, f"{ABOUT}, once more")
        self.release_in(visit, feedback_id)

    def write_and_release_in(self, visit: Visit) -> None:
        written = write_feedback(visit, self.round_id, Pocket.A, ABOUT)
        visit.db.flush()
        release_feedback(visit, written.id)
        visit.db.flush()

    def told(self) -> set[UUID]:
        """Who was given words about this round."""
        with self.world.visit() as visit:
            query = sa.select(Feedback.owner_id).where(Feedback.released_at.is_not(None))
            return set(visit.db.scalars(query))

    def has_moved(self) -> bool:
        with self.world.visit() as visit:
            return self.couple.b in set(visit.db.scalars(sa.select(Reflection.respondent_id)))


@pytest.fixture
def case(world: World, couple: CoupleHere) -> Case:
    return Case(world, couple)


@pytest.mark.parametrize("how", ["released", "changed", "written"])
def test_words_that_were_given_first_keep_the_piece_where_it_is(case: Case, how: str) -> None:
    feedback_id = case.draft() if how != "written" else None
    with case.world.as_(case.couple.counsellor_id, Role.COUNSELLOR) as visit:
        if feedback_id is None:
            case.write_and_release_in(visit)
        elif how == "changed":
            case.change_and_release_in(visit, feedback_id)
        else:
            case.release_in(visit, feedback_id)
        moved = Meanwhile(case.world, case.move)
        assert moved.waits
    end = moved.end()
    assert isinstance(end, Refused)
    assert end.reasons == (ANSWERED,)
    assert (case.told(), case.has_moved()) == ({case.couple.a}, False)


def test_a_draft_that_comes_second_goes_to_the_writer(case: Case) -> None:
    feedback_id = case.draft()

    def release(own: World) -> None:
        with own.as_(case.couple.counsellor_id, Role.COUNSELLOR) as visit:
            case.change_and_release_in(visit, feedback_id)

    with case.world.as_(case.couple.counsellor_id, Role.COUNSELLOR) as visit:
        case.move_in(visit)
        released = Meanwhile(case.world, release)
        assert released.waits
    assert released.end() is None
    assert (case.told(), case.has_moved()) == ({case.couple.b}, True)


def test_words_that_are_written_second_find_nothing_to_answer(case: Case) -> None:
    def write(own: World) -> None:
        with own.as_(case.couple.counsellor_id, Role.COUNSELLOR) as visit:
            case.write_and_release_in(visit)

    with case.world.as_(case.couple.counsellor_id, Role.COUNSELLOR) as visit:
        case.move_in(visit)
        written = Meanwhile(case.world, write)
        assert written.waits
    end = written.end()
    assert isinstance(end, Refused)
    assert end.reasons == (NOTHING_SENT,)
    assert (case.told(), case.has_moved()) == (set(), True)


def test_in_one_instant_nobody_is_told_of_what_is_not_theirs(case: Case) -> None:
    feedback_id = case.draft()

    def release(own: World) -> None:
        with own.as_(case.couple.counsellor_id, Role.COUNSELLOR) as visit:
            case.release_in(visit, feedback_id)

    meet(case.world, release, case.move)
    theirs = case.couple.b if case.has_moved() else case.couple.a
    assert case.told() <= {theirs}


def test_two_desks_that_write_at_once_do_not_wait_for_each_other_for_ever(case: Case) -> None:
    def write(own: World) -> None:
        with own.as_(case.couple.counsellor_id, Role.COUNSELLOR) as visit:
            case.write_and_release_in(visit)

    assert meet(case.world, write, write) == [None, None]
    with case.world.visit() as visit:
        assert len(visit.db.scalars(sa.select(Feedback)).all()) == 2
