"""A page of the counsellor's from before words went to who wrote them sends, returns and moves nothing."""

from collections.abc import Mapping
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.exercises.form.answers import to_json
from portal.exercises.form.reading import Reading
from portal.reflections.drafts.queries import draft, own_reflection
from portal.reflections.drafts.service import discard, save
from portal.reflections.models import Reflection
from portal.reflections.sending.freezing import write_private
from portal.reflections.sending.service import decline
from portal.review.models import Feedback
from portal.review.service import write_feedback
from portal.vocabulary import Pocket, ReflectionState, Role, Seat
from tests.care.deeds import WORDS
from tests.care.wrong_chair import a_round_for_both, rehome
from tests.homework.looking import Desk
from tests.support.browser import filled_in
from tests.support.world import CoupleHere, World

TO_ANN = "Ann, what you wrote stayed with me."
MOVED = "Something was written or moved here since this page was drawn."
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


@pytest.mark.parametrize("then", ["send", "keep"])
def test_nor_is_what_is_written_anew_about_a_text_that_changed_places(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID, then: str
) -> None:
    for who in (couple.a, couple.b):
        assert who is not None
        world.a_reflection(who, round_id, WORDS)
    desk.open(f"/review/{round_id}")
    at, sends = posted(desk, "/feedback", {"text": TO_ANN, "pocket": "a"})
    rehome(world, couple, round_id, exchange=True)
    answer = desk.client.post(at, data={**sends, "then": [then]})
    assert answer.status_code == 422
    assert TO_ANN in answer.text
    assert "What lies here has changed since" in answer.text
    with world.visit() as visit:
        assert list(visit.db.scalars(sa.select(Feedback.id))) == []
    desk.open(f"/review/{round_id}")
    desk.press("Send", {"text": TO_ANN, "pocket": "a"}, to="/feedback")
    assert given_words(world) == [couple.a], "once it was looked at it goes"


@pytest.mark.parametrize("then", ["kept beside", "left out", "sent on"])
def test_what_came_to_a_chair_beside_its_piece_is_looked_at_first(
    world: World, couple: CoupleHere, desk: Desk, round_id: UUID, then: str
) -> None:
    world.a_draft(couple.a, round_id, {"guess": "of Ben, in the wrong chair"})
    desk.open(f"/care/chairs/{round_id}/{Seat.A.value}")
    at, sends = posted(desk, "/care/chairs/", {"sure": "y"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        if then == "left out":
            decline(visit, round_id)
        elif then == "kept beside":
            values = {"guess": "of Ann herself"}
            stale = dict.fromkeys(draft(visit, round_id).counters, 0)
            save(visit, round_id, Reading(values=values, present=frozenset(values), counters=stale))
        else:
            piece = own_reflection(visit, round_id)
            (field,) = [f for f in draft(visit, round_id).fields if f.key == "private_note"]
            assert piece is not None
            write_private(visit, piece, field, to_json(field, "of Ann alone"))
    answer = desk.client.post(at, data=sends)
    assert MOVED in answer.text
    assert ("Beside it lies another version" in answer.text) == (then == "kept beside")
    with world.visit() as visit:
        assert visit.db.scalars(sa.select(Reflection.respondent_id)).all() == [couple.a]


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
    desk.open(at)
    for _press in range(2):
        other = desk.client.post(at, data={**sends, "sure": ["1"]})  # sent again by another page
        assert MOVED in other.text
        assert "taken once" not in other.text
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
    assert MOVED in answer.text
    assert "of Ann herself" in of(world, couple.a, round_id)
    assert "of Ann herself" not in of(world, couple.b, round_id)
    desk.open(at)
    desk.send({"sure": "y"}, to=at)
    assert "of Ann herself" in of(world, couple.b, round_id), "once it was looked at it goes"
