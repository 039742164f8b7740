"""The wrong chair where both have written, over weeks, on paper, and on pages that are still open."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Row, Value
from portal.foundation.errors import NotFound, Refused
from portal.homework.queries import assignment_rounds, task
from portal.people.models import Membership
from portal.policies import chairs
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.models import Consent, Reflection
from portal.reflections.sending.service import take_back
from portal.reports import service as reports
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.queries import document_bytes
from portal.review.models import Feedback
from portal.review.service import write_feedback
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Pocket, ReflectionState, Role, Seat
from tests.care.deeds import WORDS
from tests.care.wrong_chair import a_round_for_both, rehome
from tests.homework.looking import Desk
from tests.support.browser import Browser
from tests.support.world import CoupleHere, World

Given = tuple[CoupleHere, UUID, UUID]
STEPS: dict[str, Value] = {
    "goal": "I will listen",
    "steps": (Row("r1", None, {"step": "ask first"}),),
    "mine": "all_mine",
    "progress": 3,
}


@pytest.fixture
def given(world: World, couple: CoupleHere) -> Given:
    """A paired round, and the second of the two; both have read the promise."""
    assert couple.b is not None
    return couple, couple.b, a_round_for_both(world, couple)


def words_of(world: World, person_id: UUID, round_id: UUID) -> dict[str, object]:
    with world.as_(person_id, Role.PARTNER) as visit:
        return dict(draft(visit, round_id).reading.values)


def test_a_piece_that_lies_right_is_not_exchanged_unasked(world: World, given: Given) -> None:
    couple, ben, round_id = given
    world.a_draft(couple.a, round_id, {"guess": "of Ben, by mistake"})
    world.a_draft(ben, round_id, {"guess": "of Ben, once more"})
    with pytest.raises(Refused, match=chairs.EXCHANGES):
        rehome(world, couple, round_id)
    assert words_of(world, ben, round_id)["guess"] == "of Ben, once more"


def test_the_page_asks_about_both_pieces(world: World, desk: Desk, given: Given) -> None:
    couple, ben, round_id = given
    for who in (couple.a, ben):
        world.a_draft(who, round_id, {"guess": f"nobody reads this {who == ben}"})
    path = f"/care/chairs/{round_id}/a"
    assert "nobody reads this" not in desk.open(path).text
    assert "Tick this once you are sure of both." in desk.send({"sure": "y"}, to=path).text
    assert "nobody reads this True" in str(words_of(world, ben, round_id))
    desk.send({"sure": "y", "both": "y"}, to=path)
    assert "nobody reads this True" in str(words_of(world, couple.a, round_id))


def test_who_does_not_take_part_any_more_is_given_nothing(world: World, given: Given) -> None:
    couple, ben, round_id = given
    world.a_draft(couple.a, round_id, WORDS)
    with world.visit() as visit:
        seat = visit.db.scalars(sa.select(Membership).where(Membership.person_id == ben)).one()
        seat.left_at = world.now
        seat.participates = False
    with pytest.raises(Refused, match=chairs.NOT_HERE):
        rehome(world, couple, round_id)


def test_each_drafted_answer_goes_with_its_piece(world: World, given: Given) -> None:
    couple, ben, round_id = given
    for who in (couple.a, ben):
        world.a_reflection(who, round_id, WORDS)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        for pocket in (Pocket.A, Pocket.B):
            write_feedback(visit, round_id, pocket, f"to {pocket.value}")
    rehome(world, couple, round_id, exchange=True)
    with world.visit() as visit:
        found = {
            row.words(visit.vault, "text", row.owner_id): (row.pocket, row.owner_id)
            for row in visit.db.scalars(sa.select(Feedback))
        }
    assert found == {"to a": (Pocket.B, ben), "to b": (Pocket.A, couple.a)}


def test_a_page_of_one_piece_never_overwrites_the_other(world: World, given: Given) -> None:
    couple, ben, round_id = given
    for text in ("one", "two"):
        world.a_draft(couple.a, round_id, {"guess": text})
    world.a_draft(ben, round_id, {"guess": "what Ann wrote"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        counters = draft(visit, round_id).counters
    rehome(world, couple, round_id, exchange=True)
    typed = {"guess": "typed on"}
    with world.as_(couple.a, Role.PARTNER) as visit:
        save(visit, round_id, Reading(values=typed, present=frozenset(typed), counters=counters))
    assert words_of(world, couple.a, round_id)["guess"] == "what Ann wrote"
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert [each.text for each in draft(visit, round_id).kept] == ["typed on"]


def test_what_was_looked_at_is_what_is_sent(
    world: World, given: Given, sit_down: Callable[[UUID], Browser]
) -> None:
    couple, ben, round_id = given
    world.a_draft(couple.a, round_id, {**WORDS, "my_answer": "of Ben"})
    world.a_draft(ben, round_id, {**WORDS, "my_answer": "of Ann"})
    ann = sit_down(couple.a)
    ann.open(f"/reflections/{round_id}/check")
    rehome(world, couple, round_id, exchange=True)
    page = ann.send({"open_round": "open"}, to=f"/reflections/{round_id}/check")
    assert "This has changed since you looked at it." in page.text
    with world.visit() as visit:
        assert set(visit.db.scalars(sa.select(Reflection.state))) == {ReflectionState.DRAFT}
        assert not list(visit.db.scalars(sa.select(Consent).where(Consent.says_yes)))


def test_no_word_of_an_earlier_week_goes_along(world: World, given: Given) -> None:
    couple, _, _ = given
    (mine,) = world.an_assignment(couple, "small-steps", to=(Seat.A,))
    world.an_assignment(couple, "small-steps", to=(Seat.B,))
    world.a_reflection(couple.a, mine, STEPS)
    world.now += timedelta(days=7)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        second = assignment_rounds(visit, task(visit, mine).assignment_id)[1].round_id
    world.a_draft(couple.a, second, {"mine": "some_mine"})
    assert words_of(world, couple.a, second)["goal"] == "I will listen"
    with pytest.raises(Refused, match=chairs.TAKES_OVER):
        rehome(world, couple, second)
    with pytest.raises(Refused, match=chairs.GOES_ON):
        rehome(world, couple, mine)


def test_an_empty_chair_is_taken_before_one_that_is_not(world: World, given: Given) -> None:
    couple, ben, _ = given
    key = "needs-and-values"
    (mine,) = world.an_assignment(couple, key, to=(Seat.A,))
    (empty,) = world.an_assignment(couple, key, to=(Seat.B,))
    world.now += timedelta(minutes=1)
    (taken,) = world.an_assignment(couple, key, to=(Seat.B,))
    world.a_draft(couple.a, mine, {"happy_times": "by the sea"})
    world.a_draft(ben, taken, {"happy_times": "in the hills"})
    rehome(world, couple, mine)
    assert words_of(world, ben, empty)["happy_times"] == "by the sea"
    assert words_of(world, ben, taken)["happy_times"] == "in the hills"


@pytest.mark.parametrize("finished", [True, False])
def test_papers_are_taken_back_although_the_work_was_sent_twice(
    world: World, given: Given, *, finished: bool
) -> None:
    couple, ben, round_id = given
    world.a_reflection(couple.a, round_id, WORDS)
    world.now += timedelta(minutes=1)
    paper = reports.Paper(b"%PDF of Ann", "0" * 64, 1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(starts_at=world.now, minutes=60, attended=(Seat.A, Seat.B))
        session = write_session(visit, couple.id, hour)
        visit.db.flush()
        papers = {who: reports.order(visit, session.id, str(who)).id for who in (couple.a, ben)}
        if finished:
            reports.finish(visit, papers[couple.a], paper)
    world.now += timedelta(minutes=1)
    with world.as_(couple.a, Role.PARTNER) as visit:
        take_back(visit, round_id)
    rehome(world, couple, round_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        if finished:
            assert document_bytes(visit, papers[couple.a]) == paper.content
        else:  # the worker comes with what it printed meanwhile, or asks for it now
            reports.finish(visit, papers[couple.a], paper)
            with pytest.raises(NotFound):
                reports.proof(visit, papers[couple.a])
    with world.as_(couple.a, Role.PARTNER) as visit, pytest.raises(NotFound):
        document_bytes(visit, papers[couple.a])
    with world.visit() as visit:
        row = visit.db.get_one(SummaryDocument, papers[couple.a])
        assert row.state is PrintState.WITHDRAWN
        assert visit.db.get_one(SummaryDocument, papers[ben]).state is PrintState.WAITING
