"""P1: every deed and look-up asks for itself, whoever forgot to ask before it was called."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.agenda.service import plan
from portal.care.chairs.service import give_to_writer
from portal.care.service import add_second, change_terms, note_talk_seen, set_joint_work
from portal.exercises.form.reading import Reading
from portal.foundation.errors import NotAllowed, NotFound
from portal.homework.queries import assignment_card, task
from portal.homework.service import Order, assign, close, hold, withdraw
from portal.people.queries import couple_card
from portal.people.service import CoupleTerms, Naming, archive
from portal.records.release import service as releases
from portal.records.release.queries import releases_of
from portal.reflections.drafts.keeping import put_away
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import discard, leave_words, save
from portal.reflections.openings.service import change_mind, open_round, release
from portal.reflections.pieces.service import send_on
from portal.reflections.sending.cards import Said
from portal.reflections.sending.queries import check
from portal.reflections.sending.service import decline, give_back, mark_read, send, take_back
from portal.reports.queries import document_bytes, document_card
from portal.reports.service import order, preview
from portal.review.service import change_feedback, release_feedback, write_feedback
from portal.sessions.queries import session_card
from portal.sessions.service import Hour, change_session, write_session
from portal.visit import Visit
from portal.vocabulary import ContactLevel, JointWork, Pocket, Role, Seat
from tests.promises.running import running
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock, after
from tests.support.promises import keep
from tests.support.world import World

Deed = Callable[[Visit, Town], object]
HOUR = Hour(after(), 50, (Seat.A,))

# What only this couple's counsellor may do and see.
OF_COUNSELLORS: dict[str, Deed] = {
    "look at the couple": lambda v, t: couple_card(v, t.couple.id),
    "look at a round": lambda v, t: task(v, t.ids["waiting round"]),
    "look at homework": lambda v, t: assignment_card(v, t.ids["assignment_id"]),
    "look at an hour": lambda v, t: session_card(v, t.ids["session_id"]),
    "look at a paper": lambda v, t: document_card(v, t.ids["clinical document"]),
    "take a paper out": lambda v, t: document_bytes(v, t.ids["couple document"]),
    "see a proof": lambda v, t: preview(v, t.ids["session_id"], "clinical"),
    "order a paper": lambda v, t: order(v, t.ids["session_id"], "clinical"),
    "give": lambda v, t: assign(v, t.couple.id, Order(t.ids["edition_id"], (Seat.A,))),
    "close": lambda v, t: close(v, t.ids["assignment_id"]),
    "withdraw": lambda v, t: withdraw(v, t.ids["assignment_id"]),
    "hold": lambda v, t: hold(v, t.ids["assignment_id"], True),
    "open": lambda v, t: open_round(v, t.ids["waiting round"]),
    "release": lambda v, t: release(v, t.ids["part_id"], "start_with"),
    "mark as read": lambda v, t: mark_read(v, t.ids["part_id"]),
    "return": lambda v, t: give_back(v, t.ids["part_id"], "More."),
    "write back": lambda v, t: write_feedback(v, t.ids["waiting round"], Pocket.A, "Words."),
    "write on": lambda v, t: change_feedback(v, t.ids["feedback_id"], "Others."),
    "give words": lambda v, t: release_feedback(v, t.ids["feedback_id"]),
    "write down an hour": lambda v, t: write_session(v, t.couple.id, HOUR),
    "change an hour": lambda v, t: change_session(v, t.ids["session_id"], HOUR, 1),
    "decide": lambda v, t: set_joint_work(v, t.couple.id, JointWork.PAUSED, "A reason."),
    "change terms": lambda v, t: change_terms(v, t.couple.id, CoupleTerms(ContactLevel.TOGETHER)),
    "put away": lambda v, t: archive(v, t.couple.id),
    "ask for the file": lambda v, t: releases.ask(v, t.couple.id, "x", "y"),
    "hand the file out": lambda v, t: releases.hand_out(v, t.ids["release_id"], lambda _f: ""),
    "stop asking for it": lambda v, t: releases.end(v, t.ids["release_id"]),
    "look at the log": lambda v, t: releases_of(v, couple_card(v, t.couple.id)),
    "see a wish to talk": lambda v, t: note_talk_seen(v, t.couple.id, Seat.A),
    "add a second": lambda v, t: add_second(v, t.couple.id, Naming("x", "x")),
    "change chairs": lambda v, t: give_to_writer(v, t.ids["drafted round"], Seat.A),
    "plan": lambda v, t: plan(v, t.couple.id, after(days=9)),
    "plan with one alone": lambda v, t: plan(v, t.couple.id, after(days=9), 50, Seat.A),
}
# What only the one partner may do with work that is theirs alone.
OF_ITS_WRITER: dict[str, Deed] = {
    "look at the round": lambda v, t: task(v, t.ids["drafted round"]),
    "look at the draft": lambda v, t: draft(v, t.ids["drafted round"]),
    "look before sending": lambda v, t: check(v, t.ids["drafted round"]),
    "write": lambda v, t: save(v, t.ids["drafted round"], Reading()),
    "leave words": lambda v, t: leave_words(v, t.ids["drafted round"], Reading()),
    "put away a version": lambda v, t: put_away(v, t.ids["kept_id"]),
    "send a version on": lambda v, t: send_on(v, t.ids["drafted round"], t.ids["kept_id"]),
    "throw away": lambda v, t: discard(v, t.ids["drafted round"]),
    "send": lambda v, t: send(v, t.ids["drafted round"], Said()),
    "take back": lambda v, t: take_back(v, t.ids["drafted round"]),
    "decline": lambda v, t: decline(v, t.ids["drafted round"]),
    "say yes": lambda v, t: change_mind(v, t.ids["drafted round"], True),
}


@pytest.fixture
def town(world: World, tmp_path: Path) -> Iterator[Town]:
    with running(world, tmp_path, StandingClock()) as app:
        yield build(world, app)


def _let_happen(visit: Visit, town: Town, deed: Deed) -> bool:
    """Whether somebody got through; the visit is never kept."""
    try:
        with visit.db.begin_nested():
            deed(visit, town)
            visit.db.flush()
    except (NotFound, NotAllowed):
        return False
    return True


def test_no_deed_is_done_for_whoever_may_not(town: Town, engine_name: str) -> None:
    world, let_through, asked = town.world, [], 0
    world.now = after(hours=1)
    colleague = world.a_counsellor(town.couple.practice_id, "Kim Another")
    far = world.a_couple(names=("Cleo Far", "Dan Far"))
    outsiders = ((colleague, Role.COUNSELLOR), (far.counsellor_id, Role.COUNSELLOR))
    partners = ((town.people["partner b"], Role.PARTNER), (far.a, Role.PARTNER))
    for who, deeds in ((outsiders, OF_COUNSELLORS), (partners, OF_ITS_WRITER)):
        for person_id, role in who:
            for name, deed in deeds.items():
                asked += 1
                with world.as_(person_id, role) as visit:
                    if _let_happen(visit, town, deed):
                        let_through.append((role.value, person_id, name))
                    visit.db.rollback()
                    visit.traces.clear()
    assert let_through == []
    keep("P1", f"deeds-{engine_name}", f"{asked} deeds asked for by outsiders, 0 done")


def test_the_deeds_are_real(town: Town) -> None:
    """The same look-ups succeed for whoever may, so that a refusal means something."""
    world = town.world
    world.now = after(hours=1)
    looks = [name for name in OF_COUNSELLORS if name.startswith("look")]
    with world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert all(_let_happen(visit, town, OF_COUNSELLORS[name]) for name in looks)
    with world.as_(town.people["partner a"], Role.PARTNER) as visit:
        assert all(_let_happen(visit, town, d) for n, d in OF_ITS_WRITER.items() if "look" in n)
