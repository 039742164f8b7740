"""What may not stand in an edition: the second net's list, gathered apart from the edition itself."""

from collections.abc import Iterator
from uuid import UUID

from portal.exercises.form.shown import Shown
from portal.homework.queries import tasks_of
from portal.measures.queries import check_ins_of, text_of
from portal.people.cards import CoupleCard
from portal.policies.deeds import may_care_for
from portal.policies.editions import holds_line, holds_whole_check_ins
from portal.policies.viewer import require
from portal.reflections.cards import ReflectionCard
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
    for session in sessions_of(visit, couple.id):
        found.append(session.process_note)
        if edition is not SummaryEdition.CLINICAL:
            found.append(session.progress_note)
    if edition is not SummaryEdition.CLINICAL:
        written = feedback_on(visit, tasks)
        found += [card.text for cards in written.values() for card in cards]
        found += [task.personal_line for task in tasks]
    return tuple(text for text in found if text.strip())


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
