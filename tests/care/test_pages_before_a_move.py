"""A page of the counsellor's from before words went to who wrote them sends, returns and moves nothing."""

from collections.abc import Mapping
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import discard
from portal.reflections.models import Reflection
from portal.review.models import Feedback
from portal.review.service import write_feedback
from portal.vocabulary import Pocket, ReflectionState, Role, Seat
from tests.care.deeds import WORDS
from tests.care.wrong_chair import a_round_for_both, rehome
from tests.homework.looking import Desk
from tests.support.browser import filled_in
from tests.support.world import CoupleHere, World

TO_ANN = "Ann, what you wrote stayed with me."
SURE = {"sure": "y", "both": "y"}


@pytest.fixture
def round_id(world: World, couple: CoupleHere) -> UUID:
    return a_round_for_both(world, couple)


def of(world: World, person_id: UUID | None, round_id: UUID) -> str:
    assert person_id is not None
    with world.as_(person_id, Role.PARTNER) as visit:
        return str(draft(visit, round_id).reading.values)


def given_words(world: World) -> list[UUID]:
    with world.visit() as visit:
        query = sa.select(Feedback.owner_id).where(Feedback.released_at.is_not(None))
        return list(visit.db.scalars(query))


def posted(desk: Desk, to: str, fields: Mapping[str, str]) -> tuple[str, dict[str, list[str]]]:
    """What a form of the open page would send, to be sent later."""
    assert desk.page is not None
    for form in desk.page.soup.select('form[method="post"]'):
        if to in str(form["action"]) and all(form.select(f'[name="{name}"]') for name in fields):
            return str(form["action"]), filled_in(form, dict(fields))
    raise AssertionError(f"no form to {to}")


def test_what_was_typed_to_one_is_not_sent_to_the_other(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID
) -> None:
    world.a_reflection(couple.a, round_id, WORDS)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        written = write_feedback(visit, round_id, Pocket.A, TO_ANN).id
    desk.open(f"/review/{round_id}")
    at, sends = posted(desk, f"/feedback/{written}", {"text": f"{TO_ANN} And more."})
    rehome(world, couple, round_id)
    answer = desk.client.post(at, data={**sends, "then": ["send"]})
    assert answer.status_code == 409
    assert "And more." in answer.text, "it comes back to who typed it"
    assert given_words(world) == []


def test_nor_is_a_line_of_returning(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID
) -> None:
    world.a_reflection(couple.a, round_id, WORDS)
    desk.open(f"/review/{round_id}")
    at, sends = posted(desk, "/return/", {"line": TO_ANN})
    rehome(world, couple, round_id)
    answer = desk.client.post(at, data=sends)
    assert answer.status_code == 422
    assert TO_ANN in answer.text
    with world.visit() as visit:
        piece = visit.db.scalars(sa.select(Reflection)).one()
        assert (piece.state, piece.return_line) == (ReflectionState.SUBMITTED, None)


def test_an_exchange_pressed_twice_is_one(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID
) -> None:
    for who in (couple.a, couple.b):
        assert who is not None
        world.a_draft(who, round_id, {"guess": f"under {'Ann' if who == couple.a else 'Ben'}"})
    desk.open(f"/care/chairs/{round_id}/a")
    at, sends = posted(desk, "/care/chairs/", SURE)
    for _press in range(2):
        assert desk.client.post(at, data=sends).status_code == 303
    assert "under Ben" in of(world, couple.a, round_id)
    other = desk.client.post(at, data={**sends, "sure": ["1"]})  # sent again by another page
    assert other.location == at
    assert "under Ben" in of(world, couple.a, round_id)


@pytest.mark.parametrize("thrown_away", [False, True])
def test_what_was_written_since_stays_where_it_is(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID, *, thrown_away: bool
) -> None:
    world.a_draft(couple.a, round_id, {"guess": "of Ben, in the wrong chair"})
    desk.open(f"/care/chairs/{round_id}/{Seat.A.value}")
    at, sends = posted(desk, "/care/chairs/", {"sure": "y"})
    if thrown_away:
        with world.as_(couple.a, Role.PARTNER) as visit:
            discard(visit, round_id)
    world.a_draft(couple.a, round_id, {"guess": "of Ann herself"})
    answer = desk.client.post(at, data=sends)
    assert answer.location == at
    assert "Something was written or moved here since" in desk.open(at).said
    assert "of Ann herself" in of(world, couple.a, round_id)
    assert "of Ann herself" not in of(world, couple.b, round_id)
    desk.send({"sure": "y"}, to=at)
    assert "of Ann herself" in of(world, couple.b, round_id), "once it was looked at it goes"
