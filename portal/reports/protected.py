"""What may not stand in an edition: the second net's list, gathered apart from the edition itself."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from portal.exercises.form.shown import Shown
from portal.homework.cards import TaskCard
from portal.homework.queries import tasks_of
from portal.measures.queries import check_ins_of, text_of
from portal.people.cards import CoupleCard
from portal.people.standing import decided_words
from portal.policies.deeds import may_care_for
from portal.policies.editions import exists_for_all, holds_line, holds_whole_check_ins
from portal.policies.viewer import require
from portal.reflections.cards import ReflectionCard
from portal.reflections.earlier import earlier_on
from portal.reflections.queries import reflections_on
from portal.reflections.sheets import shared_on
from portal.review.queries import feedback_on
from portal.sessions.queries import sessions_of
from portal.visit import Visit
from portal.vocabulary import CheckInWording, SummaryEdition


def protected_passages(
    visit: Visit, couple: CoupleCard, edition: SummaryEdition, reader_id: UUID | None
) -> tuple[str, ...]:
    """Every passage of this couple's file that this edition's reader is not the owner of.

    What stands here and in the reader's own cards as well is let pass by the net itself.
    """
    require(may_care_for(visit.viewer, couple.id))
    tasks = tasks_of(visit, [couple.id])
    parts, together = reflections_on(visit, tasks), shared_on(visit, tasks)
    found: list[str] = []
    for task in tasks:
        for part in parts[task.round_id]:
            found += [text for card in part.private for text in texts_of(card.shown)]
            if edition is not SummaryEdition.CLINICAL or not task.edition.is_printable:
                found += _answers(part, reader_id)
        if task.round_id in together and not task.edition.is_printable:
            found += [t for card in together[task.round_id].answers for t in texts_of(card.shown)]
    found += _check_ins(visit, couple, edition, reader_id)
    found += [session.process_note for session in sessions_of(visit, couple.id)]
    if edition is not SummaryEdition.CLINICAL:
        found += _hours(visit, couple, reader_id)
        found += _written(visit, couple, tasks, reader_id)
    return tuple(text for text in found if text.strip())


def _hours(visit: Visit, couple: CoupleCard, reader_id: UUID | None) -> Iterator[str]:
    """Notes on progress, and all of an hour in which not everybody was for whom the paper is."""
    joined = {
        m.person.id: m.joined_at for m in couple.taking_part if reader_id in (None, m.person.id)
    }
    for session in sessions_of(visit, couple.id):
        yield session.progress_note
        if not exists_for_all(joined, session.attended, session.starts_at):
            yield from (session.shared_summary, *session.agreed)


def _written(
    visit: Visit, couple: CoupleCard, tasks: Sequence[TaskCard], reader_id: UUID | None
) -> Iterator[str]:
    """What the counsellor wrote to either and about both, and what the other sent before their newest text."""
    for cards in feedback_on(visit, tasks).values():
        yield from (card.text for card in cards)
    yield from (task.personal_line for task in tasks)
    yield from decided_words(visit, couple.id)
    for who, said in earlier_on(visit, tasks):
        if who != reader_id:
            yield from texts_of(said)


def _check_ins(
    visit: Visit, couple: CoupleCard, edition: SummaryEdition, reader_id: UUID | None
) -> Iterator[str]:
    """What was added to a week for the counsellor alone, the other's words about their week, and questions.

    An answer is a bare number: what would tell of it on a paper is the question beside it.
    """
    for week in check_ins_of(visit, couple):
        yield week.private_note
        if not holds_whole_check_ins(edition) and week.person_id != reader_id:
            yield week.comment
    for wording in CheckInWording:
        for item in text_of(wording).items:
            if not holds_line(edition, never_print=item.never_print):
                yield item.text


def texts_of(shown: Shown) -> Iterator[str]:
    """Every stretch of text in an answer as it is shown."""
    yield from (shown.text, *shown.lines)
    for _, cells in shown.rows:
        yield from cells


def _answers(part: ReflectionCard, reader_id: UUID | None) -> list[str]:
    if part.respondent_id == reader_id:
        return []
    return [text for answer in part.answers for text in texts_of(answer.shown)]
