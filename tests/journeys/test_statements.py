"""Every page asks the database the same few questions, however much there is: from the address map."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.agenda.service import plan
from portal.exercises.form.values import Value
from portal.people.service import Naming, add_person, give_role
from portal.policies.viewer import SYSTEM
from portal.practice.cards import HelpLine
from portal.practice.service import add_line
from portal.reports.queries import choices
from portal.reports.service import Paper, finish, order
from portal.review.service import release_feedback, write_feedback
from portal.sessions.service import Hour, write_session
from portal.visit import Visit
from portal.vocabulary import Pocket, Role, Seat
from tests.promises.addresses import addresses
from tests.promises.town import PAPER, PEOPLE, Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock, after
from tests.support.portal import portal_upon
from tests.support.statements import counted
from tests.support.world import World

pytestmark = pytest.mark.proof
MORE = 6
PASSED_OVER = ("accounts.leave",)
SHORT = ("needs-and-values", "starting-point", "support-map", "holding-hope", "roadblocks")


@pytest.fixture
def app(world: World, tmp_path: Path) -> Iterator[Flask]:
    with portal_upon(world, tmp_path, StandingClock()) as made:
        yield made


def test_no_page_asks_more_because_there_is_more(world: World, app: Flask) -> None:
    town = build(world, app)
    grow(town, 1)
    few = asked(app, town)
    assert len({endpoint for _who, endpoint, _path in few}) >= 30
    grow(town, MORE)
    many = asked(app, town)
    assert set(many) == set(few)
    more = {key: (few[key], many[key]) for key in few if few[key] != many[key]}
    assert more == {}


Place = tuple[str, str, str]


def asked(app: Flask, town: Town) -> dict[Place, int]:
    """How many questions each page asks, for each person who may read it."""
    found = {}
    for who in PEOPLE:
        client = town.sits(who)
        for at in addresses(app, town, reading=True):
            if at.endpoint in PASSED_OVER:
                continue
            first = client.get(at.path)  # what is read once for each process is read now
            first.close()
            if first.status_code != 200:
                continue
            with counted(app) as statements:
                client.get(at.path).close()
            found[(who, at.endpoint, at.path)] = len(statements)
    return found


def grow(town: Town, times: int) -> None:
    """So much more of everything: couples, homework, words, hours, papers, people."""
    world, couple = town.world, town.couple
    assert couple.b is not None
    for turn in range(times):
        other = world.a_couple(couple.counsellor_id)
        world.an_assignment(other)
        both = world.an_assignment(couple, "our-loop")[0]
        for person in (couple.a, couple.b):
            world.a_reflection(person, both, LOOP)
        (own,) = world.an_assignment(couple, SHORT[turn % len(SHORT)], to=(Seat.A,))
        world.a_draft(couple.a, own, {"private_note": "A little more."})
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for pocket in (Pocket.A, Pocket.B):
                said = write_feedback(visit, both, pocket, "Thank you.")
                visit.db.flush()
                release_feedback(visit, said.id)
            plan(visit, couple.id, after(days=8 + turn))
            _an_hour(visit, town)
        with world.visit(SYSTEM) as visit:
            colleague = add_person(visit, couple.practice_id, Naming("One More", "One"))
            give_role(visit, colleague.id, Role.COUNSELLOR)
        with world.as_(town.people["owner"], Role.OWNER) as visit:
            add_line(visit, HelpLine("practice", f"Line {turn}", "000", "", "", ""))


def _an_hour(visit: Visit, town: Town) -> None:
    hour = Hour(town.world.now, 50, (Seat.A, Seat.B), "We spoke.", "Noted.", "", ("A step",))
    therapy = write_session(visit, town.couple.id, hour)
    visit.db.flush()
    for choice in choices(visit, therapy.id):
        row = order(visit, therapy.id, choice.key)
        finish(visit, row.id, Paper(PAPER, "0" * 64, 1))


LOOP: dict[str, Value] = {
    **dict.fromkeys(
        ("scene", "outside", "inside", "story", "sentence", "kind_friend", "loop_name"), "A line."
    ),
    "early_sign": "A sign.",
    "way_out": "A way.",
    "i_do": ("go_quiet",),
    "how_often": 5,
}
