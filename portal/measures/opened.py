"""The sealed words of check-ins, opened; whoever asks has asked the rule of sight first."""

import json
from datetime import date

from sqlalchemy import select

from portal.measures.cards import Typed
from portal.measures.models import CheckIn, CheckInWord
from portal.visit import Visit

NOT_FIT = "none"


def draft_of(visit: Visit, row: CheckIn | None) -> Typed:
    """What was typed so far; nothing where nothing was."""
    words = row.words(visit.vault, "draft", row.person_id) if row else ""
    return Typed(**json.loads(words)) if words else Typed({}, {})


def answers_of(visit: Visit, row: CheckIn) -> dict[str, int | None]:
    """The numbers of one check-in that was sent; callers ask the rule of sight first."""
    text = row.words(visit.vault, "answers", row.person_id)
    return dict(json.loads(text)) if text else {}


def left_after_sending(visit: Visit, until: date) -> list[CheckIn]:
    """This partner's own weeks that were sent and to which words came later, from a page that had rested."""
    query = select(CheckIn).where(
        CheckIn.person_id == visit.viewer.me(),
        CheckIn.week_on <= until,
        CheckIn.sent_at.is_not(None),
        CheckIn.draft.is_not(None),
    )
    return list(visit.db.scalars(query.order_by(CheckIn.week_on)))


def what_was_sent(visit: Visit, row: CheckIn) -> dict[str, str]:
    """A check-in as it was typed, for nothing but to tell whether other words are the same."""
    query = select(CheckInWord).where(CheckInWord.check_in_id == row.id)
    words = {each.field_key: each for each in visit.db.scalars(query)}
    numbers = answers_of(visit, row).items()
    return {
        **{key: NOT_FIT if number is None else str(number) for key, number in numbers},
        **{key: word.words(visit.vault, "value", row.person_id) for key, word in words.items()},
        "comment": row.words(visit.vault, "comment", row.person_id),
    }
