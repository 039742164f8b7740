"""Each rule of safety.yaml that holds for every couple: one real case that it stops, and one that goes through."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from portal.care import service as care
from portal.desk.today.queries import desk
from portal.exercises.queries import catalogue, standing
from portal.foundation.errors import Refused
from portal.homework.queries import task
from portal.homework.service import close, hold, withdraw
from portal.people.queries import couple_card
from portal.people.service import CoupleTerms
from portal.policies import gates, openings
from portal.policies.mail import MailFacts, may_mail
from portal.reflections.openings.service import change_mind
from portal.reflections.pieces.cards import Stage
from portal.reflections.pieces.queries import own_pieces
from portal.reports.queries import choices
from portal.sessions.service import Hour, write_session
from portal.vocabulary import (
    ContactLevel,
    JointWork,
    OpeningRule,
    Role,
    Seat,
)
from tests.care.deeds import PAIRED, both_send, is_open
from tests.exercises.rules.bench import Bench, Work, refused
from tests.exercises.rules.cases_of_audiences import (
    fail_closed,
    solo_counts_as_individual,
    writer_widens,
)
from tests.exercises.rules.cases_of_exercises import needs_confirm
from tests.support.sheets import a_sheet, second
from tests.support.world import REASON, CoupleHere

Case = Callable[[Bench, Any], None]
BOTH = (Seat.A, Seat.B)
JOINT, ALONE, ALONE_IF_CLEAR = "pause-plan", "needs-and-values", "hearing-the-hurt"
LETTER, LINE = "letting-go", "for_now"


def decide(bench: Bench, couple: CoupleHere, status: JointWork, reason: str = REASON) -> None:
    bench.world.now += timedelta(minutes=1)
    with bench.counsels(couple) as visit:
        care.set_joint_work(visit, couple.id, status, reason)
    bench.world.now += timedelta(minutes=1)


def ready(bench: Bench, couple: CoupleHere) -> Work:
    """A paired round that both have sent with a yes."""
    (round_id,) = bench.world.an_assignment(couple, PAIRED)
    both_send(bench.world, couple, round_id)
    return Work(couple, round_id, (couple.a, second(couple)))


def letter(bench: Bench, couple: CoupleHere) -> Work:
    """One person's letter that its writer would let go."""
    (round_id,) = bench.world.an_assignment(couple, LETTER, to=(Seat.A,))
    work = Work(couple, round_id, (couple.a,))
    bench.answer(work, couple.a, {})
    return work


def runs(bench: Bench, couple: CoupleHere, round_id: Any) -> bool:
    with bench.counsels(couple) as visit:
        return task(visit, round_id).is_running


def needs_clear(bench: Bench, rule: Any) -> None:
    keys = (PAIRED, JOINT, ALONE_IF_CLEAR)
    facts = {key: bench.edition(key) for key in keys}
    assert {facts[PAIRED].mode.value, facts[JOINT].mode.value} == set(rule["modes"])
    assert facts[ALONE_IF_CLEAR].content.exercise.safety.requires_clear
    for key in keys:
        suited = bench.suited.for_two(facts[key].content.exercise)
        for status in set(JointWork) - {JointWork(rule["status"])}:
            couple = bench.couple(status=status)
            told = refused(lambda c=couple, k=key, s=suited: bench.give(c, k, s.to))  # type: ignore[misc]
            assert gates.NEEDS_CLEAR in told
        assert bench.suited.assign(suited, key)


def clear_needs_record(bench: Bench, _rule: Any) -> None:
    couple = bench.couple(status=JointWork.NOT_ASKED)
    for reason, recorded in (("", True), ("  ", True), (REASON, False)):
        with bench.counsels(couple) as visit, pytest.raises(Refused):
            care.set_joint_work(visit, couple.id, JointWork.CLEAR, reason, recorded=recorded)
    decide(bench, couple, JointWork.CLEAR)
    with bench.counsels(couple) as visit:
        card = couple_card(visit, couple.id)
    assert card.joint_work is JointWork.CLEAR
    assert card.joint_work_reason == REASON


def clear_lapses(bench: Bench, rule: Any) -> None:
    couple, began = bench.couple(), bench.world.now
    days = timedelta(days=rule["days"])
    reminds = timedelta(
        days=next(
            each["remind_days_before"]
            for each in catalogue().safety["joint_work_status"]
            if each["value"] == "clear"
        )
    )
    for at, is_clear, is_told in (
        (days - reminds - timedelta(hours=1), True, False),
        (days - reminds, True, True),
        (days - timedelta(seconds=1), True, True),
        (days, False, False),
    ):
        bench.world.now = began + at
        assert bool(refused(lambda: bench.give(couple, PAIRED, BOTH))) is not is_clear, at
        with bench.counsels(couple) as visit:
            kinds = {
                reason.kind
                for card in desk(visit).stalled
                if card.couple.id == couple.id
                for reason in card.reasons
            }
            assert (couple_card(visit, couple.id).joint_work is JointWork.CLEAR) is is_clear
        assert ("lapses" in kinds) is is_told, at
    with bench.counsels(couple) as visit:
        assert couple_card(visit, couple.id).joint_work is JointWork.NOT_ASKED


def leaving_clear(bench: Bench, rule: Any) -> None:
    assert rule["withdraws"] == ["paired", "joint"]
    couple = bench.couple()
    opened, waits, own = ready(bench, couple), ready(bench, couple), letter(bench, couple)
    bench.open(opened)
    for status in sorted(set(JointWork) - {JointWork.CLEAR}, key=lambda each: each.value):
        sheet = a_sheet(bench.world, couple)
        (paired,) = bench.world.an_assignment(couple, PAIRED)
        decide(bench, couple, status)
        shared = (opened.round_id, waits.round_id, sheet, paired)
        assert not any(runs(bench, couple, each) for each in shared)
        assert runs(bench, couple, own.round_id)
        assert is_open(bench.world, couple, opened.round_id)
        decide(bench, couple, JointWork.CLEAR)
        assert openings.NOT_BOTH_YES in refused(lambda: bench.open(waits))
        assert openings.NO_YES in refused(lambda: bench.release(own, LINE))
    alone = bench.couple(status=JointWork.NOT_ASKED, takes_part=(True, False))
    (solo,) = bench.world.an_assignment(alone, "our-loop", to=(Seat.A,))
    decide(bench, alone, JointWork.INDIVIDUAL_ONLY)
    assert runs(bench, alone, solo)


def paused(bench: Bench, rule: Any) -> None:
    assert rule["refuses"] == ["assignments"]
    couple = bench.couple()
    own = letter(bench, couple)
    decide(bench, couple, JointWork.PAUSED)
    assert gates.PAUSED in refused(lambda: bench.give(couple, ALONE, (Seat.A,)))
    assert runs(bench, couple, own.round_id)
    decide(bench, couple, JointWork.INDIVIDUAL_ONLY)
    assert bench.give(couple, ALONE, (Seat.A,))


def one_sentence(bench: Bench, rule: Any) -> None:
    assert standing().partner_sees.closed == standing().partner_sees.model_dump()[rule["sentence"]]
    causes: list[Callable[[Any, CoupleHere, Any], None]] = [
        lambda v, _c, given: withdraw(v, given),
        lambda v, _c, given: close(v, given),
        lambda v, c, _g: care.set_joint_work(v, c.id, JointWork.PAUSED, REASON),
        lambda v, c, _g: care.change_terms(v, c.id, CoupleTerms(ContactLevel.NO_CONTACT)),
        lambda v, c, _g: care.come_apart(v, c.id, "As agreed."),
    ]
    shown = set()
    for cause in causes:
        couple = bench.couple()
        (round_id,) = bench.world.an_assignment(couple, PAIRED)
        shown |= _pieces(bench, couple)
        bench.world.now += timedelta(minutes=1)
        with bench.counsels(couple) as visit:
            cause(visit, couple, task(visit, round_id).assignment_id)
        shown |= _pieces(bench, couple)
    assert shown == {(Stage.NOT_STARTED, False), (Stage.ENDED, True)}


def _pieces(bench: Bench, couple: CoupleHere) -> set[tuple[Stage, bool]]:
    """How their one piece stands for both, and whether the plan has changed for them."""
    found = set()
    for person in (couple.a, second(couple)):
        with bench.world.as_(person, Role.PARTNER) as visit:
            (piece,) = own_pieces(visit)
            found.add((piece.stage, piece.plan_changed_on is not None))
    return found


def release_needs_clear(bench: Bench, _rule: Any) -> None:
    couple = bench.couple()
    work, own = ready(bench, couple), letter(bench, couple)
    bench.release(own, LINE)
    bench.open(work)
    work, own = ready(bench, couple), letter(bench, couple)
    bench.world.now += timedelta(days=90)
    assert openings.NOT_CLEAR in refused(lambda: bench.open(work))
    assert refused(lambda: bench.release(own, LINE)) == (openings.NOT_CLEAR,)


def no_contact(bench: Bench, _rule: Any) -> None:
    together, apart = bench.couple(), bench.couple(contact=ContactLevel.NO_CONTACT)
    own = {couple: letter(bench, couple) for couple in (together, apart)}
    for couple, is_apart in ((together, False), (apart, True)):
        for key in (PAIRED, JOINT):
            assert bool(refused(lambda c=couple, k=key: bench.give(c, k, BOTH))) is is_apart  # type: ignore[misc]
        told = refused(lambda c=couple: bench.release(own[c], LINE))  # type: ignore[misc]
        assert (openings.NOT_CLEAR in told) is is_apart
        assert bool(told) is is_apart
        with bench.counsels(couple) as visit:
            hour = Hour(starts_at=bench.world.now, minutes=50, attended=BOTH)
            session = write_session(visit, couple.id, hour)
            visit.db.flush()
            found = {each.edition.value: bool(each.refused) for each in choices(visit, session.id)}
        assert found["couple"] is is_apart
        assert not found["partner"]
        mail = MailFacts(has_chosen=True, has_no_contact=is_apart, hints_at_other=True)
        assert may_mail(mail) is not is_apart
    work = ready(bench, together)
    with bench.counsels(together) as visit:
        care.change_terms(visit, together.id, CoupleTerms(ContactLevel.NO_CONTACT))
    assert openings.NOT_CLEAR in refused(lambda: bench.open(work))


def needs_confirm_for_all(bench: Bench, _rule: Any) -> None:
    needs_confirm(bench, LETTER, None)


def holds_only_add(bench: Bench, _rule: Any) -> None:
    couple = bench.couple(opening=OpeningRule.AUTOMATIC)
    (round_id,) = bench.world.an_assignment(couple, PAIRED)
    for held in (True, False):
        with bench.counsels(couple) as visit:
            hold(visit, task(visit, round_id).assignment_id, held)
        if held:
            both_send(bench.world, couple, round_id)
        with bench.world.as_(couple.a, Role.PARTNER) as visit:
            change_mind(visit, round_id, True)
        assert is_open(bench.world, couple, round_id) is not held
    must_be_read = bench.sent("name-the-issues", read=False)
    with bench.counsels(must_be_read.couple) as visit:
        hold(visit, task(visit, must_be_read.round_id).assignment_id, False)
    assert openings.NOT_READ in refused(lambda: bench.open(must_be_read))


CASES: Mapping[str, Case] = {
    "needs_clear": needs_clear,
    "clear_needs_record": clear_needs_record,
    "clear_lapses": clear_lapses,
    "leaving_clear": leaving_clear,
    "paused": paused,
    "one_sentence": one_sentence,
    "release_needs_clear": release_needs_clear,
    "no_contact": no_contact,
    "solo_counts_as_individual": solo_counts_as_individual,
    "needs_confirm": needs_confirm_for_all,
    "holds_only_add": holds_only_add,
    "writer_widens": writer_widens,
    "fail_closed": fail_closed,
}
