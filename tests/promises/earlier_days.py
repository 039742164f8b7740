"""What may have been before somebody joined: months of the other partner's, each by its name."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Flask

from portal.accounts.service import make_account
from portal.accounts.settings.service import begin
from portal.agenda.service import plan
from portal.care.service import set_joint_work, take_part
from portal.homework.programmes import service as programmes
from portal.measures.service import say
from portal.people import service as people
from portal.review.service import release_feedback, write_feedback
from portal.sessions.service import Hour, write_session
from portal.vocabulary import JointWork, Seat
from tests.promises.story import Setting, Steps, Told, loop, printed
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.moments import after
from tests.support.promised import newest
from tests.support.world import World

BEFORE = -900.0
JOINS = 6.0


def furnish_one(world: World, app: Flask, setting: Setting) -> Told:
    """A couple of whom one takes part and the other is only named, five weeks before."""
    world.now = after(hours=BEFORE)
    counsellor = world.a_counsellor(world.a_practice())
    couple = world.a_couple(
        counsellor,
        opening=setting.opening,
        status=JointWork.NOT_ASKED,
        takes_part=(True, False),
    )
    told = Told(world, app, replace(setting, reader=Seat.B), couple)
    told.ids["account"] = {}
    _has_account(told, told.other)
    switch_on(world, couple)
    return told


def _has_account(told: Told, person: object) -> None:
    with told.app.app_context(), told.world.visit() as visit:
        account = make_account(visit, person, f"login-{person}", None)  # type: ignore[arg-type]
        told.ids["account"][person] = account.id
    if person == told.other:
        with told.acts(told.other) as visit:
            begin(visit, newest(visit))


def _joins(told: Told) -> None:
    """The counsellor says that the other takes part; they come in, and both may work together."""
    with told.counsels() as visit:
        take_part(visit, told.couple.id, Seat.B)
    with told.world.visit() as visit:
        people.join(visit, told.reader)
    _has_account(told, told.reader)
    with told.acts(told.reader) as visit:
        begin(visit, newest(visit))
    with told.counsels() as visit:
        set_joint_work(visit, told.couple.id, JointWork.CLEAR, "Asked both alone.")
        plan(visit, told.couple.id, after(days=9))


def _check_in_together(told: Told) -> None:
    for person, value in ((told.other, 3), (told.reader, 7)):
        a_check_in(told.world, person, typed(value))
        with told.acts(person) as visit:
            say(visit, yes=True)


# What both go through together, from the day of joining on; the rest is told by the story, in whose first week
# the reader sends a check-in of their own, so that this one is of the second.
TOGETHER: Steps = {JOINS: _joins, 200.0: _check_in_together}


def _works(exercise: str) -> Callable[[Told], None]:
    def deed(told: Told) -> None:
        (round_id,) = told.world.an_assignment(told.couple, exercise, to=(Seat.A,), line="Alone")
        told.world.a_draft(told.other, round_id, {"private_note": "only for you"})
        told.ids[f"before {exercise}"] = round_id

    return deed


def _writes_alone(told: Told) -> None:
    (round_id,) = told.world.an_assignment(told.couple, "our-loop", to=(Seat.A,))
    told.world.a_reflection(told.other, round_id, loop("from before"))
    with told.counsels() as visit:
        said = write_feedback(visit, round_id, told.pocket(Seat.A), "To you, from before.")
        visit.db.flush()
        release_feedback(visit, said.id)


def _meets(told: Told) -> None:
    with told.counsels() as visit:
        hour = Hour(
            starts_at=told.world.now,
            minutes=50,
            attended=(Seat.A,),
            shared_summary="An hour from before.",
            progress_note="They came alone.",
            process_note="",
            agreed=("A step from before",),
        )
        told.ids["session"] = write_session(visit, told.couple.id, hour).id


def _prints(told: Told) -> None:
    _meets(told)
    for key in ("clinical", str(told.other)):
        printed(told, key)


def _checks_in(told: Told) -> None:
    a_check_in(told.world, told.other, typed(9, comment="from before"))


def _says_yes(told: Told) -> None:
    with told.acts(told.other) as visit:
        say(visit, yes=True)


def _programme(told: Told) -> None:
    with told.counsels() as visit:
        programmes.start(visit, told.couple.id, "only-one-of-us", told.world.now.date())


def _clear_before(told: Told) -> None:
    with told.counsels() as visit:
        set_joint_work(visit, told.couple.id, JointWork.INDIVIDUAL_ONLY, "Comes alone.")


EARLIER: Mapping[str, Steps] = {
    "a piece of work": {-800.0: _works("needs-and-values")},
    "a piece of weeks": {-801.0: _works("small-steps")},
    "a diary": {-802.0: _works("gratitude-journal")},
    "a shared piece, alone": {-803.0: _works("our-loop")},
    "words sent and answered": {-790.0: _writes_alone},
    "hours alone": {-700.0: _meets, -500.0: _meets},
    "papers": {-600.0: _prints},
    "check-ins": {-650.0: _checks_in, -480.0: _checks_in, -320.0: _checks_in},
    "a yes for totals": {-310.0: _says_yes},
    "a programme": {-820.0: _programme},
    "a decision": {-810.0: _clear_before},
}
