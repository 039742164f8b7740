"""Finding wishes to hand out the file, and gathering the file with the eyes of those it is about."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, select

from portal.exercises.form.shown import Shown, spoken
from portal.exercises.queries import standing
from portal.foundation.database import held
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.queries import own_tasks, released_tasks, tasks_of
from portal.people.cards import CoupleCard, OwnCoupleCard
from portal.people.queries import couple_card, own_couple, person_cards
from portal.policies import deeds
from portal.policies.editions import why_file_stays
from portal.policies.sight import is_before_joining
from portal.policies.viewer import require
from portal.practice.queries import practice_card
from portal.records.release.cards import (
    Authorisation,
    CoupleFile,
    FileAnswers,
    FileHour,
    FilePiece,
    ReleaseCard,
    RequestCard,
)
from portal.records.release.models import FileConsent, FileRelease
from portal.reflections.queries import questions, reflections_on
from portal.reflections.sheets import shared_on
from portal.reports.readers import as_partner, may_be_named
from portal.review.queries import feedback_on
from portal.sessions.queries import sessions_of
from portal.visit import Visit
from portal.vocabulary import Pocket

# Of two answers in one moment the no counts.
IN_ORDER = (FileConsent.given_at, FileConsent.says_yes.desc(), FileConsent.id)
Voices = dict[str, list[tuple[str, str, Shown]]]


def releases_of(visit: Visit, couple: CoupleCard) -> list[ReleaseCard]:
    """The log of one couple, the newest first, for those who look after them."""
    require(deeds.may_read_file(visit.viewer, couple.id))
    query = select(FileRelease).where(FileRelease.couple_id == couple.id)
    rows = visit.db.scalars(query.order_by(FileRelease.asked_at.desc(), FileRelease.id)).all()
    said = said_on(visit, [row.id for row in rows])
    staff = {row.asked_by_id for row in rows} | {r.released_by_id for r in rows if r.released_by_id}
    names = {person_id: card.name for person_id, card in person_cards(visit, staff).items()}
    return [_line(visit, couple, row, said.get(row.id, {}), names) for row in rows]


def said_on(visit: Visit, release_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, FileConsent]]:
    """The newest answer of each person to each of these; callers show a partner only their own."""
    query = select(FileConsent).where(FileConsent.release_id.in_(list(release_ids)))
    found: dict[UUID, dict[UUID, FileConsent]] = {}
    for row in visit.db.scalars(query.order_by(*IN_ORDER)):
        found.setdefault(row.release_id, {})[row.person_id] = row
    return found


def own_requests(visit: Visit) -> list[RequestCard]:
    """What this partner is asked, or was and the file left; the newest first."""
    own = own_couple(visit)
    require(deeds.may_authorise(visit.viewer, own.id))
    query = select(FileRelease).where(
        FileRelease.couple_id == own.id, FileRelease.ended_at.is_(None)
    )
    rows = visit.db.scalars(query.order_by(FileRelease.asked_at.desc(), FileRelease.id)).all()
    seen = [row for row in rows if not is_before_joining(visit.viewer, own.id, row.asked_at)]
    mine = visit.db.scalars(
        select(FileConsent)
        .where(
            FileConsent.release_id.in_([row.id for row in seen]),
            FileConsent.person_id == visit.viewer.me(),
        )
        .order_by(*IN_ORDER)
    )
    answers = {row.release_id: row for row in mine}
    return [_request(visit, row, answers.get(row.id)) for row in seen]


def is_asked(visit: Visit, own: OwnCoupleCard) -> bool:
    """Whether this partner is asked something that they have not answered; what the other said plays no part."""
    query = (
        select(FileRelease)
        .outerjoin(
            FileConsent,
            and_(
                FileConsent.release_id == FileRelease.id,
                FileConsent.person_id == visit.viewer.me(),
            ),
        )
        .where(
            FileRelease.couple_id == own.id,
            FileRelease.ended_at.is_(None),
            FileRelease.released_at.is_(None),
            FileConsent.id.is_(None),
        )
    )
    rows = visit.db.scalars(query)
    return any(not is_before_joining(visit.viewer, own.id, row.asked_at) for row in rows)


def release_row(visit: Visit, release_id: UUID, *, lock: bool = False) -> FileRelease:
    """One wish, where it exists for this viewer; whoever answers or hands out waits for the other."""
    query = select(FileRelease).where(FileRelease.id == release_id)
    if lock:
        query = held(query)
    row = visit.db.scalars(query).one_or_none()
    if row is None or row.couple_id not in visit.viewer.couples:
        raise NotFound
    if is_before_joining(visit.viewer, row.couple_id, row.asked_at):
        raise NotFound
    return row


def file_bytes(visit: Visit, row: FileRelease) -> bytes:
    """The file as it left."""
    require(deeds.may_care_for(visit.viewer, row.couple_id))
    if row.document is None:
        raise NotFound
    return visit.vault.open_bytes(row.place, row.document)


def couple_file(visit: Visit, couple: CoupleCard, line: ReleaseCard) -> CoupleFile:
    """What both of them may see, gathered with the eyes of each."""
    practice = practice_card(visit)
    locale = spoken(practice.locale)
    return CoupleFile(
        practice=practice.name,
        names=tuple(member.person.name for member in couple.taking_part),
        time_zone=couple.time_zone,
        lang=practice.locale,
        made_at=visit.now,
        line=line,
        hours=_hours(visit, couple),
        pieces=_pieces(visit, couple, locale),
    )


def line_of(visit: Visit, couple_id: UUID, release_id: UUID) -> tuple[CoupleCard, ReleaseCard]:
    """One line of the log with its couple."""
    couple = couple_card(visit, couple_id)
    found = [line for line in releases_of(visit, couple) if line.id == release_id]
    if not found:
        raise NotFound
    return couple, found[0]


def _line(
    visit: Visit,
    couple: CoupleCard,
    row: FileRelease,
    said: dict[UUID, FileConsent],
    names: dict[UUID, str],
) -> ReleaseCard:
    people = couple.taking_part
    answers = {member.person.id: said.get(member.person.id) for member in people}
    says = {person_id: bool(found and found.says_yes) for person_id, found in answers.items()}
    return ReleaseCard(
        id=row.id,
        recipient=row.words(visit.vault, "recipient", couple.id),
        purpose=row.words(visit.vault, "purpose", couple.id),
        asked_by=names.get(row.asked_by_id, ""),
        asked_at=row.asked_at,
        answers=tuple(_answer(m.person.first_name, answers[m.person.id]) for m in people),
        stays=why_file_stays(says, is_held=couple.held_since is not None),
        ended_at=row.ended_at,
        released_at=row.released_at,
        released_by=names.get(row.released_by_id, "") if row.released_by_id else "",
        content_hash=row.content_hash,
    )


def _answer(name: str, found: FileConsent | None) -> Authorisation:
    return Authorisation(name, found.says_yes if found else None, found.given_at if found else None)


def _request(visit: Visit, row: FileRelease, mine: FileConsent | None) -> RequestCard:
    return RequestCard(
        id=row.id,
        recipient=row.words(visit.vault, "recipient", row.couple_id),
        purpose=row.words(visit.vault, "purpose", row.couple_id),
        asked_at=row.asked_at,
        says_yes=mine.says_yes if mine else None,
        answered_at=mine.given_at if mine else None,
        released_at=row.released_at,
    )


def _eyes(visit: Visit, couple: CoupleCard) -> list[Visit]:
    return [as_partner(visit, couple, member.person.id) for member in couple.taking_part]


def _hours(visit: Visit, couple: CoupleCard) -> tuple[FileHour, ...]:
    """The sessions that exist for each of them."""
    seen = [{card.id for card in sessions_of(eyes, couple.id)} for eyes in _eyes(visit, couple)]
    both = set.intersection(*seen) if seen else set()
    return tuple(
        FileHour(card.starts_at, card.shared_summary, card.agreed)
        for card in sessions_of(visit, couple.id)
        if card.id in both
    )


def _pieces(visit: Visit, couple: CoupleCard, locale: str) -> tuple[FilePiece, ...]:
    """What each may see of the other: that, and only that, may be seen by both."""
    tasks: dict[UUID, TaskCard] = {}
    shown: dict[UUID, str] = {}
    voices = _together(visit, couple, locale)
    of_one = [task.round_id for task in tasks_of(visit, [couple.id]) if may_be_named(task)]
    for eyes in _eyes(visit, couple):
        read = [*own_tasks(eyes), *released_tasks(eyes, of_one)]
        given = [task for task in read if task.edition.is_printable]
        seen = reflections_on(eyes, given, locale)
        for task in given:
            tasks[task.round_id] = task
            for part in seen[task.round_id]:
                if part.respondent_id == eyes.viewer.person_id:
                    continue
                since = part.open_since.isoformat() if part.open_since else ""
                shown[task.round_id] = max(since, shown.get(task.round_id, ""))
                for each in part.answers:
                    found = voices.setdefault(task.round_id, {}).setdefault(each.key, [])
                    found.append((part.seat.value, part.name, each.shown))
    to_all = {t.round_id for t in tasks.values() if _was_given_to_all(couple, t)}
    opened = _in_order([t for t in tasks.values() if t.round_id in voices], to_all, shown)
    words = _joint_words(visit, couple, opened)
    return tuple(
        _piece(task, voices[task.round_id], words[task.round_id], numbered=task.round_id in to_all)
        for task in opened
    )


def _in_order(
    tasks: Sequence[TaskCard], to_all: Collection[UUID], shown: Mapping[UUID, str]
) -> list[TaskCard]:
    """What everybody was given, as it was given; then what was shown of one's own work, as it was shown.

    When one of them was given it, and in which week of it they were, is between them and their counsellor.
    """
    given = [task for task in tasks if task.round_id in to_all]
    rest = [task for task in tasks if task.round_id not in to_all]
    return [*given, *sorted(rest, key=lambda task: (shown[task.round_id], str(task.round_id)))]


def _was_given_to_all(couple: CoupleCard, task: TaskCard) -> bool:
    return all(member.person.id in task.recipients for member in couple.taking_part)


def _together(visit: Visit, couple: CoupleCard, locale: str) -> dict[UUID, Voices]:
    """What the two wrote together on one sheet and sent, where each of them may read it."""
    seen = []
    for eyes in _eyes(visit, couple):
        given = [task for task in own_tasks(eyes) if task.edition.is_printable]
        seen.append(shared_on(eyes, given, locale))
    first, *others = seen or [{}]
    return {
        round_id: {each.key: [("", " & ".join(sheet.names), each.shown)] for each in sheet.answers}
        for round_id, sheet in first.items()
        if all(round_id in found for found in others)
    }


def _piece(task: TaskCard, voices: Voices, words: tuple[str, ...], *, numbered: bool) -> FilePiece:
    hidden = standing().partner_sees.hidden_title
    title = hidden if task.edition.hides_title else task.title
    return FilePiece(
        title=f"{title} ({task.number})" if numbered and task.of > 1 else title,
        questions=tuple(
            FileAnswers(
                field.label, tuple((name, shown) for _, name, shown in sorted(found, key=_seat))
            )
            for field in questions(task)
            if (found := voices.get(field.key))
        ),
        words=words,
    )


def _seat(voice: tuple[str, str, Shown]) -> str:
    return voice[0]


def _joint_words(
    visit: Visit, couple: CoupleCard, tasks: Sequence[TaskCard]
) -> dict[UUID, tuple[str, ...]]:
    """What the counsellor wrote to both of them, as a partner finds it."""
    found: dict[UUID, tuple[str, ...]] = {task.round_id: () for task in tasks}
    for eyes in _eyes(visit, couple)[:1]:
        for round_id, cards in feedback_on(eyes, tasks).items():
            found[round_id] = tuple(card.text for card in cards if card.pocket is Pocket.JOINT)
    return found
