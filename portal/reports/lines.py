"""Single answers of check-ins for the counsellor's own paper: each question once, its weeks beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from portal.measures.cards import CheckInCard
from portal.measures.charts import day_label
from portal.measures.queries import text_of
from portal.policies.editions import holds_line
from portal.reports.paper import CheckInRow, LinesTable
from portal.vocabulary import CheckInWording, SummaryEdition

MOST_BESIDE = 6  # more weeks than these leave a question no room of its own


def lines_of(
    cards: Sequence[CheckInCard], edition: SummaryEdition, locale: str
) -> tuple[LinesTable, ...]:
    """Each answer that may stand on this paper, under the question as it was asked.

    Weeks that were asked in other words have a table of their own, and many weeks have several.
    """
    return tuple(
        replace(_table(wording, beside, edition, locale), goes_on=place > 0)
        for wording, alike in groupby(cards, key=lambda card: card.wording)
        for place, beside in enumerate(_in_turn(list(alike)))
    )


def _in_turn(cards: list[CheckInCard]) -> Iterator[list[CheckInCard]]:
    """These weeks in as few tables as they fit in, each about as wide as the next."""
    tables = -(-len(cards) // MOST_BESIDE)
    size = -(-len(cards) // tables)
    for start in range(0, len(cards), size):
        yield cards[start : start + size]


def _table(
    wording: CheckInWording, cards: Sequence[CheckInCard], edition: SummaryEdition, locale: str
) -> LinesTable:
    text = text_of(wording)
    return LinesTable(
        weeks=tuple(day_label(card.week_on, locale) for card in cards),
        rows=tuple(
            CheckInRow(item.text, tuple(_cell(card, item.key, text.not_fit) for card in cards))
            for item in text.items
            if holds_line(edition, never_print=item.never_print)
        ),
    )


def _cell(card: CheckInCard, key: str, not_fit: str) -> str:
    """The number; what somebody ticked in its place; nothing where the line was left out."""
    if key not in card.answers:
        return ""
    value = card.answers[key]
    return not_fit if value is None else str(value)
