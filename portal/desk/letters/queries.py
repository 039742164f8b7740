"""Looking once more, with the reader's own eyes, at what a letter would be about."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.queries import last_seen_at, may_sign_in
from portal.foundation.errors import NotAllowed, NotFound
from portal.homework.cards import TaskCard
from portal.homework.models import Assignment, Round
from portal.homework.queries import assignment_rounds
from portal.homework.queries import task as task_of
from portal.notices.cards import ChoiceFacts, LetterCard, OwedCard
from portal.people.models import Couple, Person
from portal.people.queries import contact_level_of, couple_of, own_couple, roles_of, viewer_for
from portal.people.standing import standings
from portal.policies.mail import MailFacts
from portal.practice.models import Practice
from portal.records.release.queries import own_requests, release_row
from portal.reflections.drafts.service import today_for
from portal.reflections.pieces.cards import OwnPiece, Stage
from portal.reflections.pieces.queries import own_pieces
from portal.reflections.pieces.released import open_to_me
from portal.reflections.queries import waiting_in
from portal.reports.queries import document_card, document_row
from portal.review.queries import feedback_on
from portal.visit import Visit
from portal.vocabulary import ContactLevel, Mode, NoticeKind, Role, SummaryEdition

# Pages on which everything of one kind stands together.
PLAIN = {NoticeKind.SUMMARY_READY: "reports.mine", NoticeKind.FILE_ASKED: "records.asked"}
GONE = MailFacts(has_chosen=True, takes_part=False)


@dataclass(frozen=True)
class Reader:
    """Who would be written to: the visit with their eyes, their zone and their language."""

    visit: Visit
    zone: str
    locale: str
    practice: str
    sender_name: str
    is_sample: bool


@dataclass(frozen=True)
class Thing:
    """What a message would be about, as its reader finds it now."""

    couple_id: UUID
    is_done: bool
    hints_at_other: bool
    is_held: bool = False


def reader_of(visit: Visit, person_id: UUID) -> Reader | None:
    """Somebody as they would come in at this moment; None where they cannot any more."""
    person = visit.db.get(Person, person_id)
    if person is None or not may_sign_in(visit.db, person_id):
        return None
    roles = roles_of(visit.db, person_id)
    role = Role.COUNSELLOR if Role.COUNSELLOR in roles else next(iter(roles), Role.NOBODY)
    viewer = viewer_for(visit.db, person_id, None, role, visit.now)
    if viewer is None:
        return None
    practice = visit.db.get_one(Practice, person.practice_id)
    couple_id = next(iter(viewer.couples), None) if role is Role.PARTNER else None
    couple = visit.db.get(Couple, couple_id) if couple_id else None
    return Reader(
        visit=visit.as_viewer(viewer),
        zone=person.time_zone or (couple.time_zone if couple else practice.time_zone),
        locale=person.locale or practice.locale,
        practice=practice.words(visit.vault, "name", practice.id),
        sender_name=practice.words(visit.vault, "sender_name", practice.id),
        is_sample=practice.is_sample,
    )


def facts_of(reader: Reader, choice: ChoiceFacts, owed: OwedCard) -> MailFacts:
    """Everything that the rule of mail asks about this one thing; what is gone is never mailed."""
    here = reader.visit
    try:
        thing = THINGS[owed.kind](here, owed)
        couple = couple_of(here, thing.couple_id)
        standing = standings(here, [couple.id])
    except (NotFound, NotAllowed):
        return GONE
    return MailFacts(
        has_chosen=owed.made_at >= choice.chosen_at,
        takes_part=True,
        address_is_shared=choice.is_shared,
        all_chose_sharing=choice.all_share,
        is_sample=reader.is_sample,
        is_put_away=couple.archived_at is not None,
        is_coming_apart=standing.parting(couple.id) is not None,
        is_held=thing.is_held or standing.hold(couple.id) is not None,
        has_no_contact=contact_level_of(here, couple) is ContactLevel.NO_CONTACT,
        hints_at_other=thing.hints_at_other,
        is_done=thing.is_done,
    )


def held_rounds(visit: Visit, round_ids: Collection[UUID]) -> set[UUID]:
    """Those of these rounds that wait by a hold of the work or of everything; for jobs alone, and with no words."""
    query = select(Round.id, Assignment.couple_id, Assignment.held).join(
        Assignment, Assignment.id == Round.assignment_id
    )
    rows = visit.db.execute(query.where(Round.id.in_(round_ids))).all()
    standing = standings(visit, [row.couple_id for row in rows])
    return {row.id for row in rows if row.held or standing.hold(row.couple_id)}


def page_for(visit: Visit, letter: LetterCard) -> tuple[str, dict[str, Any]]:
    """The page that a letter leads to: the thing itself, or home where there were several."""
    home: tuple[str, dict[str, Any]] = ("desk.home", {})
    if letter.subject_id is None:
        return home
    try:
        if visit.viewer.role is Role.COUNSELLOR and letter.kind is NoticeKind.REFLECTION_READY:
            round_id = task_of(visit, letter.subject_id).round_id
            return "review.read", {"round_id": round_id}
        if visit.viewer.role is not Role.PARTNER:
            return home
        if letter.kind in PLAIN:
            return PLAIN[letter.kind], {}
        if letter.kind is NoticeKind.HOMEWORK_GIVEN:
            return "reflections.piece", {"round_id": _current(visit, letter.subject_id).round_id}
        if letter.kind is NoticeKind.ANSWER_RELEASED:
            return _where_released(visit, letter.subject_id)
        return "reflections.piece", {"round_id": task_of(visit, letter.subject_id).round_id}
    except (NotFound, NotAllowed):
        return home


def _where_released(visit: Visit, round_id: UUID) -> tuple[str, dict[str, Any]]:
    """On one's own piece; what the other alone was given has a page for all of it."""
    if visit.viewer.person_id in open_to_me(visit, own_couple(visit), round_id).recipients:
        return "reflections.piece", {"round_id": round_id}
    return "reflections.released", {}


def _current(visit: Visit, assignment_id: UUID) -> TaskCard:
    """The round of an assignment that can be written in now, or else its last."""
    rounds = assignment_rounds(visit, assignment_id)
    mine = {piece.round_id for piece in own_pieces(visit) if piece.is_to_do}
    return next((task for task in rounds if task.round_id in mine), rounds[-1])


def _piece(visit: Visit, round_id: UUID) -> OwnPiece:
    found = next((piece for piece in own_pieces(visit) if piece.round_id == round_id), None)
    if found is None:
        raise NotFound
    return found


def _given(visit: Visit, owed: OwedCard) -> Thing:
    task = assignment_rounds(visit, owed.subject_id)[0]
    open_now = [
        piece
        for piece in own_pieces(visit)
        if piece.task.assignment_id == owed.subject_id and piece.is_to_do
    ]
    return Thing(task.couple_id, not open_now, _is_shared(task))


def _returned(visit: Visit, owed: OwedCard) -> Thing:
    piece = _piece(visit, owed.subject_id)
    is_done = piece.stage is not Stage.RETURNED
    return Thing(piece.task.couple_id, is_done, _is_shared(piece.task))


def _due(visit: Visit, owed: OwedCard) -> Thing:
    piece = _piece(visit, owed.subject_id)
    today = today_for(visit, own_couple(visit), piece.task)
    is_past = piece.task.due_on < today
    is_done = is_past or not piece.is_to_do
    return Thing(piece.task.couple_id, is_done, _is_shared(piece.task), piece.task.held)


def _opened(visit: Visit, owed: OwedCard) -> Thing:
    piece = _piece(visit, owed.subject_id)
    is_done = piece.opened_at is None or _has_been_here(visit, owed)
    return Thing(piece.task.couple_id, is_done, hints_at_other=True)


def _released(visit: Visit, owed: OwedCard) -> Thing:
    task = open_to_me(visit, own_couple(visit), owed.subject_id)
    return Thing(task.couple_id, _has_been_here(visit, owed), hints_at_other=True)


def _file_asked(visit: Visit, owed: OwedCard) -> Thing:
    row = release_row(visit, owed.subject_id)
    waiting = [each for each in own_requests(visit) if each.id == row.id]
    is_done = not any(each.says_yes is None and each.released_at is None for each in waiting)
    return Thing(row.couple_id, is_done, hints_at_other=True)


def _words_back(visit: Visit, owed: OwedCard) -> Thing:
    task = task_of(visit, owed.subject_id)
    words = [each for each in feedback_on(visit, [task])[task.round_id] if each.released_at]
    return Thing(task.couple_id, not words or _has_been_here(visit, owed), _is_shared(task))


def _paper(visit: Visit, owed: OwedCard) -> Thing:
    row = document_row(visit, owed.subject_id)
    card = document_card(visit, owed.subject_id)
    return Thing(row.couple_id, _has_been_here(visit, owed), card.edition is SummaryEdition.COUPLE)


def _to_read(visit: Visit, owed: OwedCard) -> Thing:
    task = task_of(visit, owed.subject_id)
    waiting = {each.round_id for each in waiting_in(visit, [task.couple_id])}
    return Thing(task.couple_id, task.round_id not in waiting, hints_at_other=False)


THINGS: Mapping[NoticeKind, Callable[[Visit, OwedCard], Thing]] = {
    NoticeKind.HOMEWORK_GIVEN: _given,
    NoticeKind.HOMEWORK_RETURNED: _returned,
    NoticeKind.ROUND_DUE: _due,
    NoticeKind.ROUND_OPENED: _opened,
    NoticeKind.ANSWER_RELEASED: _released,
    NoticeKind.FILE_ASKED: _file_asked,
    NoticeKind.FEEDBACK_READY: _words_back,
    NoticeKind.SUMMARY_READY: _paper,
    NoticeKind.REFLECTION_READY: _to_read,
}


def _is_shared(task: TaskCard) -> bool:
    """Whether the other has a part in it too."""
    return task.mode is not Mode.INDIVIDUAL


def _has_been_here(visit: Visit, owed: OwedCard) -> bool:
    """News is no news for somebody who has looked at their own pages since."""
    seen_at = last_seen_at(visit.db, visit.viewer.me())
    return seen_at is not None and seen_at > owed.made_at
