"""Words to both: nothing new comes into the joint space once it is closed, or while it is held."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from portal.care import service as care
from portal.foundation.errors import Refused
from portal.homework.queries import task as task_of
from portal.people.service import CoupleTerms
from portal.policies.openings import WORDS_APART, WORDS_HELD, WORDS_NOT_CLEAR, WORDS_PARTED
from portal.reflections.openings.service import open_round
from portal.review.queries import feedback_on
from portal.review.service import hold, release_feedback, write_feedback
from portal.visit import Visit
from portal.vocabulary import ContactLevel, JointWork, Pocket, Role
from tests.care.deeds import PAIRED, both_send
from tests.homework.looking import Desk
from tests.support.sheets import a_sheet, fill, say_yes, second
from tests.support.world import REASON, CoupleHere, World

Deed = Callable[[Visit, UUID], None]
SHUT: Mapping[str, tuple[Deed, str]] = {
    "they come apart": (lambda v, c: care.come_apart(v, c, "As agreed."), WORDS_PARTED),
    "no contact": (
        lambda v, c: care.change_terms(v, c, CoupleTerms(ContactLevel.NO_CONTACT)),
        WORDS_APART,
    ),
    "each alone": (
        lambda v, c: care.set_joint_work(v, c, JointWork.INDIVIDUAL_ONLY, REASON),
        WORDS_NOT_CLEAR,
    ),
    "paused": (
        lambda v, c: care.set_joint_work(v, c, JointWork.PAUSED, REASON),
        WORDS_NOT_CLEAR,
    ),
    "held": (lambda v, c: care.hold(v, c, True, "She rang me."), WORDS_HELD),
}
HOWS = pytest.mark.parametrize("how", SHUT)


@pytest.fixture(params=["a sheet for two", "an open round"])
def there(request: pytest.FixtureRequest, world: World, couple: CoupleHere) -> UUID:
    """What both sent, and both can read: words to both belong to it."""
    if request.param == "a sheet for two":
        sheet_id = a_sheet(world, couple)
        fill(world, couple, sheet_id)
        for who in (couple.a, second(couple)):
            say_yes(world, who, sheet_id)
        return sheet_id
    (round_id,) = world.an_assignment(couple, PAIRED)
    both_send(world, couple, round_id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        open_round(visit, round_id)
    return round_id


def decide(world: World, couple: CoupleHere, how: str) -> str:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        SHUT[how][0](visit, couple.id)
    world.now += timedelta(minutes=1)
    return SHUT[how][1]


def write(world: World, couple: CoupleHere, round_id: UUID, pocket: Pocket) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        written = write_feedback(visit, round_id, pocket, "To you both.")
        visit.db.flush()
        release_feedback(visit, written.id)


def read_by(world: World, person_id: UUID, round_id: UUID) -> list[str]:
    with world.as_(person_id, Role.PARTNER) as visit:
        found = feedback_on(visit, [task_of(visit, round_id)])[round_id]
        return [each.text for each in found]


def test_they_reach_both(world: World, couple: CoupleHere, there: UUID) -> None:
    write(world, couple, there, Pocket.JOINT)
    for who in (couple.a, second(couple)):
        assert read_by(world, who, there) == ["To you both."]


@HOWS
def test_they_reach_nobody_where_nothing_joint_goes_on(
    world: World, couple: CoupleHere, there: UUID, how: str
) -> None:
    reason = decide(world, couple, how)
    with pytest.raises(Refused) as no:
        write(world, couple, there, Pocket.JOINT)
    assert no.value.reasons == (reason,)
    for who in (couple.a, second(couple)):
        assert read_by(world, who, there) == []


@HOWS
def test_words_to_one_alone_go_on(world: World, couple: CoupleHere, there: UUID, how: str) -> None:
    decide(world, couple, how)
    write(world, couple, there, Pocket.B)
    assert read_by(world, second(couple), there) == ["To you both."]
    assert read_by(world, couple.a, there) == []


@HOWS
def test_what_they_were_given_before_stays(
    world: World, couple: CoupleHere, there: UUID, how: str
) -> None:
    write(world, couple, there, Pocket.JOINT)
    decide(world, couple, how)
    assert read_by(world, couple.a, there) == ["To you both."]


@HOWS
def test_the_reason_stands_beside_the_box_and_beside_the_draft(
    world: World, desk: Desk, couple: CoupleHere, there: UUID, how: str
) -> None:
    desk.open(f"/review/{there}")
    desk.press("Keep as a draft", {"text": "To you both.", "pocket": "joint"}, to="/feedback")
    reason = decide(world, couple, how)
    page = desk.open(f"/review/{there}")
    assert page.said.count(reason) == 2
    page = desk.press("Send", {"text": "Again.", "pocket": "joint"}, to="/feedback")
    assert page.status == 422
    assert page.said.count(reason) > 2
    draft = next(form for form in page.soup.select("form") if "/feedback/" in str(form["action"]))
    page = desk.press("Send", {}, to=str(draft["action"]))
    assert page.status == 422
    assert page.said.count(reason) > 2
    for who in (couple.a, second(couple)):
        assert read_by(world, who, there) == []


def test_a_hold_of_one_piece_of_homework_is_about_its_answers(
    world: World, couple: CoupleHere, there: UUID
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hold(visit, task_of(visit, there).assignment_id, True)
    write(world, couple, there, Pocket.JOINT)
    assert read_by(world, couple.a, there) == ["To you both."]


def test_on_a_sheet_they_wait_for_its_sending(world: World, desk: Desk, couple: CoupleHere) -> None:
    sheet_id = a_sheet(world, couple)
    page = desk.open(f"/review/{sheet_id}")
    assert "Words to both can be sent once the two have sent this sheet." in page.said
    page = desk.press("Send", {"text": "To you both.", "pocket": "joint"}, to="/feedback")
    assert page.status == 422
    fill(world, couple, sheet_id)
    for who in (couple.a, second(couple)):
        say_yes(world, who, sheet_id)
    assert "Words to both can be sent once" not in desk.open(f"/review/{sheet_id}").said
