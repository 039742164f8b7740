"""Furnishing the world of the matrix: every couple with everything that has an address."""

from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account, AuthSession
from portal.accounts.service import make_account, start_sign_in
from portal.accounts.settings.service import begin
from portal.exercises.models import Edition
from portal.homework.models import Assignment
from portal.people.models import Care, Membership
from portal.records.release.service import answer, ask
from portal.reflections.models import Reflection
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import mark_read
from portal.reports.models import PrintState, SummaryDocument
from portal.reports.queries import owner_of, place_of
from portal.review.service import release_feedback, write_feedback
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Pocket, Role, Seat, SummaryEdition
from tests.promises.answers import issues_of, loop_of
from tests.promises.letters import a_letter
from tests.promises.papers import a_paper
from tests.promises.places import Places, Scene
from tests.promises.sheets_of_two import a_sent_sheet, an_open_sheet, kept_on
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.promised import newest
from tests.support.world import CoupleHere, World

COUPLES = ("here", "next door", "far away")

STAFF_OF_HERE = frozenset({"counsellor", "supervisor"})


def furnish(world: World, app: Flask) -> Places:
    """Two practices, three couples with work in every state, and everybody signed in."""
    places = Places()
    first, second = world.a_practice(), world.a_practice()
    for where, practice in zip(COUPLES, (first, first, second), strict=True):
        counsellor = world.a_counsellor(practice, f"Nadia {where}")
        couple = world.a_couple(counsellor, names=(f"Ann {where}", f"Ben {where}"))
        places.scenes[where] = Scene(couple)
        _work(world, places, where)
    _common(world, places)
    _everybody(world, app, places, (first, second))
    return places


def _word(world: World, places: Places, where: str, *may: str) -> str:
    """A word that stands in one place, and those who may know it; all staff of the couple may."""
    word = world.marker()
    prefix = {"here": "", "next door": "next ", "far away": "far "}[where]
    known = {f"{prefix}{who}" for who in (*may, "counsellor")}
    if where == "here":
        known |= STAFF_OF_HERE
    places.words[word.encode()] = frozenset(known)
    return word


def _work(world: World, places: Places, where: str) -> None:
    scene = places.scenes[where]
    couple = scene.couple
    a, b = couple.a, couple.b
    assert b is not None
    closed = world.an_assignment(couple, "name-the-issues")[0]
    opened = world.an_assignment(couple, "our-loop")[0]
    alone = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))[0]

    def word(*may: str) -> str:
        return _word(world, places, where, *may)

    for who, seat in ((a, "partner a"), (b, "partner b")):
        world.a_reflection(who, closed, issues_of(word(seat), word(seat), word()))
        world.a_reflection(who, opened, loop_of(word("partner a", "partner b"), word()))
    world.a_draft(a, alone, {"happy_times": _hidden(world, places, where)})
    switch_on(world, couple)
    waits = typed(3, comment=word("partner a"), private_note=word())
    scene.ids["check_in_id"] = [a_check_in(world, couple.a, waits)]
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        parts = visit.db.scalars(sa.select(Reflection).where(Reflection.round_id == opened)).all()
        for part in parts:
            mark_read(visit, part.id)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        from_counsellor(world, places, where, visit, opened)
    address = f"{_hidden(world, places, where)}@example.org"
    scene.letter = a_letter(world, a, address, opened)
    kept = _sheets(world, places, where)
    _note_ids(world, scene)
    scene.ids["release_id"] = [_asked_for(world, couple, word("partner a", "partner b"))]
    scene.ids["kept_id"] = [kept]
    programme_id, step_id = world.a_programme(couple)
    scene.ids |= {"programme_id": [programme_id], "step_id": [step_id]}


def _asked_for(world: World, couple: CoupleHere, recipient: str) -> UUID:
    """A wish to hand the file of both to somebody, with a yes of one of them."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        wish = ask(visit, couple.id, recipient, recipient)
    with world.as_(couple.a, Role.PARTNER) as visit:
        answer(visit, wish.id, yes=True)
    return wish.id


def from_counsellor(world: World, places: Places, where: str, visit: Any, opened: UUID) -> None:
    """What the counsellor writes: an opening, words back in each pocket, an hour, a paper."""
    scene = places.scenes[where]
    couple = scene.couple
    open_round(visit, opened)
    visit.db.flush()
    pockets = ((Pocket.A, ("partner a",)), (Pocket.B, ("partner b",)))
    for pocket, may in (*pockets, (Pocket.JOINT, ("partner a", "partner b"))):
        feedback = write_feedback(visit, opened, pocket, _word(world, places, where, *may))
        visit.db.flush()
        release_feedback(visit, feedback.id)
        scene.ids.setdefault("feedback_id", []).append(feedback.id)
    draft = write_feedback(visit, opened, Pocket.A, _word(world, places, where))
    scene.ids["feedback_id"].append(draft.id)
    hour = Hour(
        starts_at=world.now,
        minutes=60,
        attended=(Seat.A, Seat.B),
        shared_summary=_word(world, places, where, "partner a", "partner b"),
        progress_note=_word(world, places, where),
        process_note=_word(world, places, where),
    )
    therapy = write_session(visit, couple.id, hour)
    scene.ids["session_id"] = [therapy.id]
    visit.db.flush()
    papers: list[tuple[SummaryEdition, UUID | None, tuple[str, ...]]] = [
        (SummaryEdition.CLINICAL, None, ()),
        (SummaryEdition.COUPLE, None, ("partner a", "partner b")),
        (SummaryEdition.PARTNER, couple.b, ("partner b",)),
    ]
    for edition, reader, readers in papers:
        paper = SummaryDocument(
            couple_id=couple.id,
            therapy_session_id=therapy.id,
            edition=edition,
            reader_id=reader,
            state=PrintState.FINISHED,
            number=1,
            version=1,
            ordered_by_id=couple.counsellor_id,
            ordered_at=world.now,
            finished_at=world.now,
        )
        text = _word(world, places, where, *readers).encode()
        paper.document = visit.vault.seal_bytes(owner_of(paper), place_of(paper), a_paper(text))
        visit.db.add(paper)
        scene.ids.setdefault("document_id", []).append(paper.id)


def _hidden(world: World, places: Places, where: str, *may: str) -> str:
    """A draft or an address: nobody but whose it is, not even the counsellor."""
    word = world.marker()
    prefix = {"here": "", "next door": "next ", "far away": "far "}[where]
    places.words[word.encode()] = frozenset(f"{prefix}{who}" for who in may or ("partner a",))
    return word


def _sheets(world: World, places: Places, where: str) -> UUID:
    """What two write together: while they write each sees the shared words and their own alone."""
    couple = places.scenes[where].couple
    both = ("partner a", "partner b")
    written = {"shared": both, "own of a": both[:1], "own of b": both[1:], "box of a": both[:1]}
    sent = {"shared": both, "own of a": both, "own of b": both[1:]}

    def unsent(of: str) -> str:
        return _hidden(world, places, where, *written.get(of, both[1:]))

    def seen(of: str) -> str:
        return _word(world, places, where, *sent.get(of, ()))

    a_sent_sheet(world, couple, seen)
    return kept_on(world, an_open_sheet(world, couple, unsent))


def _note_ids(world: World, scene: Scene) -> None:
    couple = scene.couple
    with world.visit() as visit:
        db = visit.db
        given = db.scalars(sa.select(Assignment).where(Assignment.couple_id == couple.id)).all()
        parts = db.scalars(sa.select(Reflection).where(Reflection.couple_id == couple.id)).all()
        scene.ids |= {
            "couple_id": [couple.id],
            "assignment_id": [one.id for one in given],
            "round_id": sorted({part.round_id for part in parts}),
            "part_id": [part.id for part in parts],
            "person_id": [couple.a, *([couple.b] if couple.b else [])],
        }


def _common(world: World, places: Places) -> None:
    with world.visit() as visit:
        edition = visit.db.scalars(sa.select(Edition.id).limit(1)).one()
        places.common = {"edition_id": [edition]}


def _everybody(world: World, app: Flask, places: Places, practices: tuple[UUID, UUID]) -> None:
    here = places.scenes["here"].couple
    people: list[tuple[str, UUID, Role, str]] = []
    for where, prefix in (("here", ""), ("next door", "next "), ("far away", "far ")):
        couple = places.scenes[where].couple
        people.append((f"{prefix}counsellor", couple.counsellor_id, Role.COUNSELLOR, where))
        people.append((f"{prefix}partner a", couple.a, Role.PARTNER, where))
        if couple.b:
            people.append((f"{prefix}partner b", couple.b, Role.PARTNER, where))
    supervisor = world.a_person(practices[0], "Sue Supervisor", Role.SUPERVISOR)
    former = world.a_counsellor(practices[0], "Former Counsellor")
    idle = world.a_counsellor(practices[0], "New Counsellor")
    people += [
        ("supervisor", supervisor, Role.SUPERVISOR, "here"),
        ("former counsellor", former, Role.COUNSELLOR, ""),
        ("new counsellor", idle, Role.COUNSELLOR, ""),
        ("owner", world.a_person(practices[0], "Olga Owner", Role.OWNER), Role.OWNER, ""),
        ("far owner", world.a_person(practices[1], "Oscar Owner", Role.OWNER), Role.OWNER, ""),
    ]
    left = world.a_couple(former, names=("Left Away", "Still Here"))
    people.append(("partner who left", left.a, Role.PARTNER, ""))
    with world.visit() as visit:
        visit.db.add(
            Care(couple_id=here.id, person_id=supervisor, role=Role.SUPERVISOR, since_at=world.now)
        )
        visit.db.add(
            Care(
                couple_id=here.id,
                person_id=former,
                role=Role.COUNSELLOR,
                since_at=world.now,
                until_at=world.now,
            )
        )
    for name, person_id, role, home in people:
        places.tokens[name] = _token(world, app, person_id, role)
        places.homes[name] = home
    with world.visit() as visit:
        gone = visit.db.scalars(sa.select(Membership).where(Membership.person_id == left.a)).one()
        gone.left_at = world.now
    _ended(world, app, places, practices[0])


def _token(world: World, app: Flask, person_id: UUID, role: Role) -> str:
    with app.app_context(), world.as_(person_id, role) as visit:
        account = make_account(visit, person_id, f"login-{uuid4().hex}", None)
        if role is Role.PARTNER:
            begin(visit, newest(visit))
        return start_sign_in(visit, account, role, "Firefox, Linux")


def _ended(world: World, app: Flask, places: Places, practice_id: UUID) -> None:
    """Two who were let in once: a suspended account, and a sign-in that was ended."""
    for name in ("suspended counsellor", "signed out"):
        person = world.a_counsellor(practice_id, name.title())
        places.tokens[name] = _token(world, app, person, Role.COUNSELLOR)
        places.homes[name] = ""
        with world.visit() as visit:
            account = visit.db.scalars(sa.select(Account).where(Account.person_id == person)).one()
            query = sa.select(AuthSession).where(AuthSession.account_id == account.id)
            row = visit.db.scalars(query).one()
            if name == "signed out":
                row.ended_at = world.now
            else:
                account.suspended_at = world.now
