"""The sealed words of check-ins, opened; whoever asks has asked the rule of sight first."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import or_, select

from portal.measures.cards import Typed, mark_of_left
from portal.measures.models import CheckIn, CheckInWord
from portal.visit import Visit

NOT_FIT = "none"
TEXTS = ("comment", "private_note")
WEEK = timedelta(days=7)


def draft_of(visit: Visit, row: CheckIn | None) -> Typed:
    """What was typed so far; nothing where nothing was."""
    words = row.words(visit.vault, "draft", row.person_id) if row else ""
    return Typed(**json.loads(words)) if words else Typed({}, {})


def answers_of(visit: Visit, row: CheckIn) -> dict[str, int | None]:
    """The numbers of one check-in that was sent; callers ask the rule of sight first."""
    text = row.words(visit.vault, "answers", row.person_id)
    return dict(json.loads(text)) if text else {}


def weeks_beside(visit: Visit, until: date) -> list[CheckIn]:
    """This partner's own weeks whose words stand beside the one that they write now, the earliest first.

    Such a week was sent, and words came to it later from a page that had rested; or it was never sent, and is
    too long ago to be gone on with.
    """
    query = select(CheckIn).where(
        CheckIn.person_id == visit.viewer.me(),
        CheckIn.week_on <= until,
        or_(CheckIn.sent_at.is_not(None), CheckIn.week_on < until - WEEK),
        CheckIn.draft.is_not(None),
    )
    return list(visit.db.scalars(query.order_by(CheckIn.week_on)))


def words_beside(visit: Visit, row: CheckIn) -> list[tuple[str, str]]:
    """What of such a week stands beside: what was left after it, and what was written in it and never sent."""
    typed = draft_of(visit, row)
    unsent = TEXTS if row.sent_at is None else ()
    written = [(key, typed.values[key]) for key in unsent if typed.values.get(key, "").strip()]
    return [*written, *((key, text) for key, text in typed.left)]


def but(visit: Visit, row: CheckIn, marks: Collection[str]) -> Typed:
    """The same week without these words; its numbers stay as they are."""
    typed = draft_of(visit, row)
    gone = [pair for pair in words_beside(visit, row) if mark_of_left(*pair) in marks]
    values = {key: text for key, text in typed.values.items() if (key, text) not in gone}
    return replace(typed, values=values, left=[p for p in typed.left if (p[0], p[1]) not in gone])


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
