"""Check-in totals for paper: the counsellor's, one's own, and for both only with both their yes."""

from collections.abc import Sequence

from portal.measures.cards import TotalCard
from portal.measures.charts import Chart
from portal.measures.queries import both_said_yes, day_label, totals_chart, totals_of
from portal.people.cards import CoupleCard, MemberCard
from portal.reports.cards import Choice, Span
from portal.reports.paper import CheckInRow
from portal.visit import Visit
from portal.vocabulary import SummaryEdition


def totals_in(
    visit: Visit, couple: CoupleCard, choice: Choice, span: Span
) -> tuple[TotalCard, ...]:
    """The totals sent within the span that may stand in this edition."""
    is_joint = choice.edition is SummaryEdition.COUPLE
    if is_joint and not both_said_yes(visit, couple, span.after, span.until, span.since):
        return ()
    found = [card for card in totals_of(visit, couple) if span.holds(card.sent_at)]
    if choice.edition is SummaryEdition.PARTNER:
        found = [card for card in found if card.person_id == choice.reader_id]
    return tuple(card for card in found if card.total is not None)


def rows_of(
    totals: Sequence[TotalCard], named: Sequence[MemberCard], locale: str
) -> tuple[CheckInRow, ...]:
    """One row a week, in the order of the people named; what was not answered stays empty."""
    by_week = {
        (card.week_on, card.person_id): str(card.total) for card in totals if card.total is not None
    }
    weeks = sorted({week for week, _ in by_week})
    return tuple(
        CheckInRow(
            day_label(week, locale), tuple(by_week.get((week, m.person.id), "") for m in named)
        )
        for week in weeks
    )


def chart_of(totals: Sequence[TotalCard], named: Sequence[MemberCard], locale: str) -> Chart | None:
    """The same numbers as a picture, where there is more than one week to draw."""
    if len({card.week_on for card in totals}) < 2:
        return None
    return totals_chart(totals, named, locale)
