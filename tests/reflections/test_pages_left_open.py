"""A yes, a release and an opening are for the words that stood on the page, and for no others."""

from datetime import timedelta
from uuid import UUID

import pytest
from bs4 import Tag

from portal.care.chairs.service import give_to_writer
from portal.foundation.errors import Refused
from portal.homework.queries import own_tasks, task
from portal.people.queries import own_couple
from portal.reflections.openings.queries import open_state
from portal.reflections.pieces.released import released_to_me
from portal.reflections.queries import reflections_on
from portal.reflections.sending.service import give_back, take_back
from portal.vocabulary import OpeningRule, Role, Seat
from tests.care.deeds import WORDS, is_open
from tests.care.wrong_chair import a_round_for_both
from tests.promises.release_deeds import Letter
from tests.reflections.material import SitDown
from tests.support.browser import Browser, an_account, filled_in
from tests.support.world import CoupleHere, World

CHANGED = "This has changed since you looked at it."
RAW = "raw words, read by nobody yet"


def later(world: World, *browsers: Browser) -> None:
    world.now += timedelta(minutes=1)
    for browser in browsers:
        browser.clock.at = world.now


def at_the_desk(world: World, couple: CoupleHere, like: Browser) -> Browser:
    """The counsellor, before the same portal."""
    nadia = Browser(like.app, like.clock)
    nadia.sign_in(an_account(world, like.app, couple.counsellor_id, Role.COUNSELLOR))
    return nadia


def read_by_the_other(world: World, couple: CoupleHere, round_id: UUID) -> str:
    """Everything of this round, and of what was released, that stands open to the second."""
    assert couple.b is not None
    with world.as_(couple.b, Role.PARTNER) as visit:
        given = [each for each in own_tasks(visit) if each.round_id == round_id]
        on_round = reflections_on(visit, given)
        return f"{on_round}{released_to_me(visit, own_couple(visit), 'en')}"


def pressed(form: Tag, browser: Browser, data: dict[str, list[str]]) -> str:
    """What the page says after this form was sent as it had been filled in before."""
    answer = browser.client.post(str(form["action"]), data=data)
    if answer.status_code == 422:
        return answer.get_data(as_text=True)
    assert answer.status_code == 303, answer.status_code
    return browser.open(answer.headers["Location"].partition("#")[0]).said


def a_letter(world: World, couple: CoupleHere, *, says_yes: bool) -> Letter:
    real = Letter.given(world, couple)
    assert isinstance(real, Letter)
    real.write(Seat.A, "gentle words")
    real.send(Seat.A, says_yes=says_yes)
    return real


def rewritten(world: World, real: Letter, *, says_yes: bool) -> None:
    """Returned to its writer, and sent again with other words."""
    later(world)
    real.give_back(Seat.A)
    real.write(Seat.A, RAW)
    real.send(Seat.A, says_yes=says_yes)


@pytest.mark.parametrize(
    ("said_before", "pressed_now"), [(False, "may_open"), (True, "keep_closed")]
)
def test_a_yes_is_none_to_the_next_revision_and_a_no_counts_from_whatever_page_it_comes(
    world: World, couple: CoupleHere, sit_down: SitDown, pressed_now: str, *, said_before: bool
) -> None:
    real = a_letter(world, couple, says_yes=said_before)
    ann = sit_down(couple.a)
    form = ann.open(f"/reflections/{real.round_id}").form("/consent")
    data = filled_in(form, {f"release_answer.{real.field}": pressed_now})
    rewritten(world, real, says_yes=said_before)
    later(world, ann)
    assert (CHANGED in pressed(form, ann, data)) is (pressed_now == "may_open")
    with pytest.raises(Refused):
        real.release()
    assert RAW not in read_by_the_other(world, couple, real.round_id)


def test_a_yes_to_nothing_is_none(world: World, sit_down: SitDown) -> None:
    couple = world.a_couple(opening=OpeningRule.AUTOMATIC)
    (round_id,) = world.an_assignment(couple, "unhurried-talk")
    ann = sit_down(couple.a)
    box = ann.open(f"/reflections/{round_id}").soup.select_one('input[name="csrf_token"]')
    assert box is not None
    data = {"csrf_token": str(box["value"]), "open_round": "open"}
    answer = ann.client.post(f"/reflections/{round_id}/consent", data=data)
    assert answer.status_code == 303
    with world.visit() as visit:
        assert not open_state(visit, [round_id]).yes


def test_a_yes_beside_gentle_words_opens_none_that_came_after_a_take_back(
    world: World, sit_down: SitDown
) -> None:
    couple = world.a_couple(opening=OpeningRule.AUTOMATIC)
    assert couple.b is not None
    (round_id,) = world.an_assignment(couple, "unhurried-talk")
    world.a_reflection(couple.b, round_id, WORDS, opens=True)
    world.a_reflection(couple.a, round_id, {**WORDS, "my_answer": "gentle words"}, opens=False)
    ann = sit_down(couple.a)
    form = ann.open(f"/reflections/{round_id}").form("/consent")
    data = filled_in(form, {"open_round": "open"})
    later(world)
    with world.as_(couple.a, Role.PARTNER) as visit:
        take_back(visit, round_id)
    world.a_reflection(couple.a, round_id, {**WORDS, "my_answer": RAW}, opens=False)
    later(world, ann)
    assert CHANGED in pressed(form, ann, data)
    assert RAW not in read_by_the_other(world, couple, round_id)
    ann.open(f"/reflections/{round_id}")
    ann.send({"open_round": "open"}, to="/consent")  # these words are before her now
    assert RAW in read_by_the_other(world, couple, round_id)


def test_a_yes_from_a_page_of_the_wrong_chair_counts_for_nothing(
    world: World, sit_down: SitDown
) -> None:
    couple = world.a_couple(opening=OpeningRule.AUTOMATIC)
    assert couple.b is not None
    round_id = a_round_for_both(world, couple)
    world.a_reflection(couple.a, round_id, {**WORDS, "my_answer": "BENS WORDS"}, opens=False)
    world.a_reflection(couple.b, round_id, {**WORDS, "my_answer": "ANNS WORDS"}, opens=False)
    ann, ben = sit_down(couple.a), sit_down(couple.b)
    form = ann.open(f"/reflections/{round_id}").form("/consent")
    data = filled_in(form, {"open_round": "open"})
    later(world)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_to_writer(visit, round_id, Seat.A, exchange=True)
    later(world, ann)
    ben.open(f"/reflections/{round_id}")
    ben.send({"open_round": "open"}, to="/consent")
    assert CHANGED in pressed(form, ann, data)
    assert not is_open(world, couple, round_id)


def test_the_counsellors_release_is_of_the_text_on_their_page(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    real = a_letter(world, couple, says_yes=True)
    nadia = at_the_desk(world, couple, sit_down(couple.a))
    form = nadia.open(f"/review/{real.round_id}").form(f"/{real.field}")
    data = filled_in(form, {})
    rewritten(world, real, says_yes=True)
    later(world, nadia)
    assert CHANGED in pressed(form, nadia, data)
    assert RAW not in read_by_the_other(world, couple, real.round_id)
    nadia.open(f"/review/{real.round_id}")
    nadia.send(to=f"/{real.field}")
    assert RAW in read_by_the_other(world, couple, real.round_id)


def test_the_counsellors_opening_is_of_the_texts_on_their_page(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    assert couple.b is not None
    (round_id,) = world.an_assignment(couple, "unhurried-talk")
    for who in (couple.a, couple.b):
        world.a_reflection(who, round_id, {**WORDS, "my_answer": "gentle words"}, opens=True)
    nadia = at_the_desk(world, couple, sit_down(couple.a))
    form = nadia.open(f"/review/{round_id}").form("/open")
    data = filled_in(form, {})
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        cards = reflections_on(visit, [task(visit, round_id)])[round_id]
        give_back(visit, next(card.id for card in cards if card.seat is Seat.A), "Look again")
    world.a_reflection(couple.a, round_id, {**WORDS, "my_answer": RAW}, opens=True)
    later(world, nadia)
    assert CHANGED in pressed(form, nadia, data)
    assert not is_open(world, couple, round_id)
    nadia.open(f"/review/{round_id}")
    nadia.send(to="/open")
    assert is_open(world, couple, round_id)


@pytest.mark.parametrize("without", ["seen", "every"])
def test_a_decision_that_names_no_text_is_taken_for_none(
    world: World, couple: CoupleHere, sit_down: SitDown, without: str
) -> None:
    real = a_letter(world, couple, says_yes=True)
    nadia = at_the_desk(world, couple, sit_down(couple.a))
    form = nadia.open(f"/review/{real.round_id}").form(f"/{real.field}")
    data = filled_in(form, {})
    data["seen"] = [] if without == "seen" else ["nothing of the kind"]
    assert CHANGED in pressed(form, nadia, data)
    with world.visit() as visit:
        assert not open_state(visit, [real.round_id]).released


def test_words_that_came_after_the_check_page_are_not_sent_with_its_yes(
    world: World, sit_down: SitDown
) -> None:
    couple = world.a_couple(opening=OpeningRule.AUTOMATIC)
    assert couple.b is not None
    (round_id,) = world.an_assignment(couple, "unhurried-talk")
    world.a_reflection(couple.b, round_id, WORDS, opens=True)
    world.a_draft(couple.a, round_id, {**WORDS, "my_answer": "gentle words"})
    laptop = sit_down(couple.a)
    laptop.open(f"/reflections/{round_id}/check")
    world.a_draft(couple.a, round_id, {"my_answer": RAW})
    page = laptop.send({"open_round": "open"}, to="/check")
    assert page.path.endswith("/check")
    assert CHANGED in page.said
    assert RAW in page.said
    assert RAW not in read_by_the_other(world, couple, round_id)
    laptop.send({"open_round": "open"}, to="/check")
    assert RAW in read_by_the_other(world, couple, round_id)
