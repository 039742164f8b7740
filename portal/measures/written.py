"""A partner's own check-ins, whole, to be carried out of the portal."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.measures.models import CheckIn
from portal.measures.opened import answers_of, draft_of
from portal.measures.queries import text_of
from portal.policies.sight import sight_of_check_in
from portal.visit import Visit
from portal.vocabulary import Sight


@dataclass(frozen=True)
class WrittenWeek:
    """One week's numbers in the words they were asked in, the comment, and what was left beside it after a rest."""

    week_on: date
    sent_at: datetime | None
    answers: tuple[tuple[str, str], ...]
    comment_label: str
    comment: str
    left: tuple[str, ...] = ()


def written_weeks(visit: Visit) -> tuple[WrittenWeek, ...]:
    """Every check-in of this partner, the earliest first; what was for the counsellor alone stays out."""
    query = select(CheckIn).where(CheckIn.person_id == visit.viewer.me())
    rows = visit.db.scalars(query.order_by(CheckIn.week_on, CheckIn.id)).all()
    return tuple(
        _week(visit, row)
        for row in rows
        if sight_of_check_in(visit.viewer, row.couple_id, row.person_id, row.sent_at) is Sight.WORDS
    )


def _week(visit: Visit, row: CheckIn) -> WrittenWeek:
    text, draft = text_of(row.wording), draft_of(visit, row)
    if row.sent_at is None:
        values = dict(draft.values)
        comment = values.get("comment", "")
    else:
        values = {key: str(n) for key, n in answers_of(visit, row).items() if n is not None}
        comment = row.words(visit.vault, "comment", row.person_id)
    return WrittenWeek(
        week_on=row.week_on,
        sent_at=row.sent_at,
        answers=tuple(
            (item.text, values[item.key])
            for item in text.items
            if values.get(item.key, "").isdigit()
        ),
        comment_label=text.comment,
        comment=comment,
        left=tuple(words for key, words in draft.left if key == "comment"),
    )
