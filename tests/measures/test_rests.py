"""Words on a check-in whose page has rested: kept, told to nobody, and found again by their writer."""

from collections.abc import Callable

from portal.measures.opened import weeks_beside
from portal.vocabulary import Role
from tests.measures.test_pages import token_of
from tests.support.browser import Browser
from tests.support.check_ins import EVERY, a_check_in, typed
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World


def test_words_left_after_a_rest_are_looked_at_before_anything_is_sent(
    couple: CoupleHere, sit_down: Callable[..., Browser], clock: StandingClock
) -> None:
    ann = sit_down(couple.a, Role.PARTNER)
    ann.open("/measures/check-in")
    clock.move(minutes=20)
    page = ann.send({"comment": "after a rest", "heard": "7"}, "send", "/check-in")
    assert page.path == "/accounts/sign-in"
    assert "after a rest" not in page.text
    other = sit_down(couple.a, Role.PARTNER)
    page = other.open("/measures/check-in")
    beside = [tag.get_text() for tag in page.soup.select(".kept__text")]
    assert sorted(beside) == ["7", "after a rest"]
    page.form("/check-in").select_one('[name="left"]')["value"] = "0"  # type: ignore[index]
    page = other.send({"comment": "something else"}, "send", "/check-in")
    assert page.path == "/measures/check-in"
    assert "after a rest" in page.said
    assert "something else" in page.said
    assert other.send({}, "send", "/check-in").path == "/measures/mine"


def test_a_page_that_has_rested_does_not_tell_whether_the_week_was_sent(
    world: World,
    couple: CoupleHere,
    sit_down: Callable[..., Browser],
    clock: StandingClock,
) -> None:
    ann = sit_down(couple.a, Role.PARTNER)
    given = {
        "heard": "3",
        "comment": "mine",
        "csrf_token": token_of(ann.open("/measures/check-in")),
    }
    clock.move(minutes=20)

    def answers() -> list[tuple[int, str | None, str]]:
        told = [
            ann.post(f"/measures/check-in{where}{at}", given, **headers)
            for where, headers in (("", {}), ("/autosave", {"X-Weft-Autosave": "1"}))
            for at in ("", "?late=1")
        ]
        return [(each.status_code, each.location, each.text) for each in told]

    before = answers()
    assert [status for status, _, _ in before] == [303, 401, 401, 409], "no last week is left"
    world.now = clock.now()
    a_check_in(world, couple.a, typed(3, comment="from the phone"))
    assert answers() == before


def test_what_was_left_after_it_was_sent_waits_beside_the_next_one(
    world: World,
    couple: CoupleHere,
    sit_down: Callable[..., Browser],
    clock: StandingClock,
) -> None:
    ann = sit_down(couple.a, Role.PARTNER)
    ann.open("/measures/check-in")
    world.now = clock.now()
    a_check_in(world, couple.a, typed(3, comment="from the phone", private_note="for nobody else"))
    clock.move(minutes=20)
    same = {"heard": "3", "comment": "and more", "private_note": "for nobody else"}
    assert ann.send(same, "send", "/check-in").path == "/accounts/sign-in"
    again = sit_down(couple.a, Role.PARTNER)
    page = again.open("/measures/check-in")
    assert page.path == "/measures/mine"
    assert "waits beside your next check-in" in page.said
    assert not any(word in page.said for word in ("and more", "for nobody else"))
    for path in ("/records/mine/pages", "/records/mine/data"):
        taken = again.client.get(path).get_data(as_text=True)
        assert "and more" in taken, "it is one's own to take along"
        assert "for nobody else" not in taken
    clock.move(days=14)
    again = sit_down(couple.a, Role.PARTNER)
    page = again.open("/measures/check-in")
    assert [tag.get_text() for tag in page.soup.select(".kept__text")] == ["and more"]
    again.send({"comment": "the next"}, "send", "/check-in")
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert weeks_beside(visit, clock.now().date()) == []


def test_what_no_week_is_left_for_is_given_back(
    couple: CoupleHere, sit_down: Callable[..., Browser], clock: StandingClock
) -> None:
    ann = sit_down(couple.a, Role.PARTNER)
    ann.open("/measures/check-in")
    ann.send({"comment": "begun"}, "keep", "/check-in")
    clock.move(days=13, hours=14, minutes=40)  # Sunday evening of the week after
    ann = sit_down(couple.a, Role.PARTNER)
    assert "The week from Monday 2 March" in ann.open("/measures/check-in?late=1").said
    clock.move(minutes=30)
    typed_on = {"comment": "begun, and gone on with at midnight"}
    page = ann.send(typed_on, "keep", "/check-in")
    assert page.status == 401
    assert typed_on["comment"] in page.text
    headers = {"X-Weft-Autosave": "1"}
    told = ann.post("/measures/check-in/autosave?late=1", ann.sent, **headers)
    assert told.status_code == 409
    assert told.get_json()["message"] == "The week of this page is over."


def test_the_beginning_of_what_was_sent_is_not_left_beside_the_next(
    world: World, couple: CoupleHere, sit_down: Callable[..., Browser], clock: StandingClock
) -> None:
    ann = sit_down(couple.a, Role.PARTNER)
    ann.open("/measures/check-in")
    world.now = clock.now()
    whole = "I keep thinking of going. I have told nobody."
    a_check_in(world, couple.a, typed(3, private_note=whole))
    clock.move(minutes=20)
    begun = {**dict.fromkeys(EVERY, "3"), "private_note": "I keep thinking of going."}
    assert ann.send(begun, "send", "/check-in").path == "/accounts/sign-in"
    clock.move(days=7)
    page = sit_down(couple.a, Role.PARTNER).open("/measures/check-in")
    assert "going" not in page.text
