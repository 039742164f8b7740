"""What may come next stands on the review page once everything was read, one press from giving it."""

from portal.care.service import set_joint_work
from portal.vocabulary import JointWork, Role
from tests.homework.conftest import app, clock, couple, desk
from tests.homework.looking import Desk, issues
from tests.support.moments import after
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk"]


def read_both(world: World, desk: Desk, couple: CoupleHere) -> str:
    (round_id,) = world.an_assignment(couple)
    assert couple.b is not None
    for person_id in (couple.a, couple.b):
        world.a_reflection(person_id, round_id, issues("well"))
    page = desk.open(f"/review/{round_id}")
    assert "What may come next" not in page.said
    desk.press("Mark as read D")
    return f"/review/{round_id}"


def test_one_press_leads_to_giving_it(world: World, desk: Desk, couple: CoupleHere) -> None:
    page = desk.open(read_both(world, desk, couple))
    assert "What may come next" in page.said
    page = desk.open(page.link("Assign ‘The loop we get caught in’"))
    assert page.path == f"/homework/{couple.id}/assign"
    (chosen,) = page.soup.select("input[name=exercise][checked]")
    label = page.soup.select_one(f"label[for='{chosen['id']}'] strong")
    assert label is not None
    assert label.get_text() == "The loop we get caught in"


def test_what_is_refused_says_why(world: World, desk: Desk, couple: CoupleHere) -> None:
    where = read_both(world, desk, couple)
    world.now = after(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, "For now.")
    page = desk.open(where)
    assert "Not as things are now: This needs the joint-work status ‘clear’" in page.said
    assert "Assign ‘The loop we get caught in’" not in page.said
