"""No box cuts what is pasted into it: what is too long comes back whole, and the page says so beside it."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from flask import Flask

from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.homework.looking import Desk, a_desk
from tests.reflections.material import issues
from tests.support.browser import Browser, Page
from tests.support.check_ins import switch_on
from tests.support.moments import START, StandingClock
from tests.support.world import CoupleHere, World

WRITTEN_ON = {
    "accounts.sign_in",
    "accounts.type_code",
    "care.add_second",
    "care.apart",
    "care.hold",
    "care.joint_work",
    "exercises.library",
    "homework.assign",
    "homework.give",
    "measures.check_in",
    "people.edit_member",
    "people.new_couple",
    "practice.help_lines",
    "practice.settings",
    "records.releases",
    "reflections.write",
    "review.read",
    "sessions.edit",
    "sessions.write",
}
BOXES = "textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=submit])"


class Box(NamedTuple):
    """A box of words, the button below it, how much it takes, and what else has to be filled in."""

    page: str
    name: str
    most: int
    button: str
    beside: dict[str, str]


HOUR = {"clock": "08:30"}
WORDS = (
    Box("/sessions/{couple}/new", "shared_summary", 20000, "Save session", HOUR),
    Box("/sessions/{couple}/new", "process_note", 20000, "Save session", HOUR),
    Box("/review/{round}", "text", 6000, "Keep as a draft", {"pocket": "a"}),
    Box("/review/{round}", "line", 400, "Return it", {}),
    Box("/homework/{couple}/assign", "personal_line", 600, "Assign", {}),
    Box("/care/{couple}/apart", "agreement", 4000, "Close the joint space", {}),
    Box("/care/{couple}/hold", "reason", 2000, "Hold everything", {}),
    Box("/care/{couple}/joint-work", "reason", 2000, "Keep this decision", {"status": "paused"}),
)
CHECK_IN = Box("/measures/check-in", "comment", 20000, "Send to your counsellor", {})


@pytest.fixture
def alone(world: World, couple: CoupleHere) -> CoupleHere:
    """Another couple of the same counsellor, of whom one came alone."""
    return world.a_couple(couple.counsellor_id, names=("Cay Example",))


@pytest.fixture
def places(
    world: World, couple: CoupleHere, round_id: UUID, alone: CoupleHere
) -> dict[str, list[object]]:
    """Something to stand in each address."""
    switch_on(world, couple)
    world.a_reflection(couple.a, round_id, issues("w"))
    programme_id, step_id = world.a_programme(couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(START - timedelta(days=7), 60, (Seat.A,), "First words.")
        session_id = write_session(visit, couple.id, hour).id
    return {
        "couple_id": [couple.id, alone.id],
        "round_id": [round_id],
        "session_id": [session_id],
        "programme_id": [programme_id],
        "step_id": [step_id],
        "person_id": [couple.b],
        "seat": ["a"],
        "page": [1, 2, 3],
    }


@pytest.fixture
def sits(
    world: World, app: Flask, clock: StandingClock, couple: CoupleHere
) -> Callable[[str], Browser]:
    """Somebody signs in; or nobody does."""

    def come(who: str) -> Browser:
        owner = world.a_person(couple.practice_id, "Olga Owner", Role.OWNER)
        people = {
            "counsellor": (couple.counsellor_id, Role.COUNSELLOR),
            "partner": (couple.b or couple.a, Role.PARTNER),
            "owner": (owner, Role.OWNER),
        }
        return a_desk(world, app, clock, *people[who]) if who in people else Browser(app, clock)

    return come


def addresses(app: Flask, places: dict[str, list[object]]) -> list[tuple[str, str]]:
    """Every page that can be asked for with what there is."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= set(places):
            most = max((len(places[name]) for name in rule.arguments), default=1)
            for turn in range(most):
                values = {name: places[name][turn % len(places[name])] for name in rule.arguments}
                found.append((rule.endpoint, adapter.build(rule.endpoint, values)))
    return found


def test_no_page_has_a_box_that_cuts(
    app: Flask, places: dict[str, list[object]], sits: Callable[[str], Browser]
) -> None:
    looked_at, cut = set(), []
    for who in ("counsellor", "partner", "owner", "nobody"):
        browser = sits(who)
        for endpoint, path in addresses(app, places):
            answer = browser.client.get(path)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            soup = Page.of(answer).soup
            looked_at |= {endpoint} if soup.select(BOXES) else set()
            cut += [f"{path}: {box.get('name')}" for box in soup.select("[maxlength]")]
            if endpoint == "accounts.leave":
                browser = sits(who)
    assert cut == []
    assert WRITTEN_ON - looked_at == set()


@pytest.mark.parametrize("box", WORDS, ids=lambda box: f"{box.page} {box.name}")
def test_too_long_is_said_and_the_text_is_still_there(
    world: World,
    app: Flask,
    clock: StandingClock,
    couple: CoupleHere,
    round_id: UUID,
    box: Box,
) -> None:
    world.a_reflection(couple.a, round_id, issues("w"))
    desk = a_desk(world, app, clock, couple.counsellor_id)
    comes_back_whole(desk, box, box.page.format(couple=couple.id, round=round_id))


def test_and_of_a_check_in(
    world: World, app: Flask, clock: StandingClock, couple: CoupleHere
) -> None:
    switch_on(world, couple)
    comes_back_whole(a_desk(world, app, clock, couple.a, Role.PARTNER), CHECK_IN, CHECK_IN.page)


def comes_back_whole(desk: Desk, box: Box, path: str) -> None:
    text = "é" * box.most + "!"
    desk.open(path)
    page = desk.press(box.button, {box.name: text, **box.beside})
    assert page.status == 422
    (drawn,) = (each for each in page.soup.select(BOXES) if each.get("aria-invalid") == "true")
    assert drawn["name"] == box.name
    assert (drawn.get("value") or drawn.get_text().removeprefix("\n").strip("\r\n")) == text
    field = drawn.find_parent(class_="field--error")
    assert field is not None
    assert f"Use at most {box.most} characters here." in field.get_text()
