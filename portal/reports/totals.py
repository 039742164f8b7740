"""Check-in totals for paper: the counsellor's, one's own, and for both only with both their yes."""

from collections.abc import Sequence
from dataclasses import replace

from portal.measures.cards import CheckInCard, TotalCard
from portal.measures.charts import Chart, day_label
from portal.measures.queries import (
    WEEK,
    both_said_yes,
    check_ins_of,
    rules,
    totals_chart,
    totals_of,
)
from portal.measures.scoring import WELLBEING
from portal.people.cards import CoupleCard, MemberCard
from portal.policies.editions import holds_own_comments, holds_whole_check_ins, looks_back
from portal.reports.cards import Choice, Span
from portal.reports.paper import CheckInPerson, CheckInRow, WeekWords
from portal.visit import Visit
from portal.vocabulary import Seat, SummaryEdition

MOST_WEEKS = 12


def totals_in(
    visit: Visit, couple: CoupleCard, choice: Choice, span: Span
) -> tuple[TotalCard, ...]:
    """The totals that may stand in this edition: those of the span, and for the counsellor what led up to them."""
    is_joint = choice.edition is SummaryEdition.COUPLE
    if is_joint and not both_said_yes(visit, couple, span.after, span.until, span.since):
        return ()
    every = [card for card in totals_of(visit, couple) if card.total is not None]
    found = [card for card in every if span.holds(card.sent_at)]
    if choice.edition is SummaryEdition.PARTNER:
        found = [card for card in found if card.person_id == choice.reader_id]
    if found and looks_back(choice.edition):
        new = {card.week_on for card in found}
        first = max(new) - WEEK * (MOST_WEEKS - 1)
        earlier = [card for card in every if card.sent_at <= span.until and card.week_on >= first]
        return tuple(card for card in every if card in found or card in earlier)
    return tuple(found)


def rows_of(
    totals: Sequence[TotalCard], named: Sequence[MemberCard], span: Span, locale: str
) -> tuple[CheckInRow, ...]:
    """One row a week, in the order of the people named; what was not answered stays empty.

    So does a week between two others that nobody answered: the picture has a gap there.
    """
    by_week = {
        (card.week_on, card.person_id): str(card.total) for card in totals if card.total is not None
    }
    answered = {week for week, _ in by_week}
    if not answered:
        return ()
    weeks = [min(answered) + n * WEEK for n in range((max(answered) - min(answered)) // WEEK + 1)]
    new = {card.week_on for card in totals if span.holds(card.sent_at)}
    since = min(new, default=weeks[-1])
    return tuple(
        CheckInRow(
            day_label(week, locale),
            tuple(by_week.get((week, m.person.id), "") for m in named),
            is_earlier=week not in new and (week in answered or week < since),
        )
        for week in weeks
    )


def chart_of(totals: Sequence[TotalCard], named: Sequence[MemberCard], locale: str) -> Chart | None:
    """The same numbers as a picture, where there is more than one week to draw."""
    if len({card.week_on for card in totals}) < 2:
        return None
    return totals_chart(totals, named, locale)


def whole_in(
    visit: Visit, couple: CoupleCard, choice: Choice, span: Span, locale: str
) -> tuple[CheckInPerson, ...]:
    """Each one's check-ins as their counsellor reads them, on the counsellor's own paper and no other.

    On one's own copy stands what oneself added to a week, and nothing else of it. The safety item
    and what was for the counsellor's eyes alone stand on no paper.
    """
    whole = holds_whole_check_ins(choice.edition)
    if not (whole or holds_own_comments(choice.edition)):
        return ()
    sent = [card for card in check_ins_of(visit, couple) if span.holds(card.sent_at)]
    of = [m for m in couple.members if whole or m.person.id == choice.reader_id]
    by_person = [(m, [c for c in sent if c.person_id == m.person.id]) for m in of]
    drawn = _whole if whole else _words
    found = [drawn(member, cards, locale) for member, cards in by_person if cards]
    return tuple(one for one in found if whole or one.comments)


def _words(member: MemberCard, cards: Sequence[CheckInCard], locale: str) -> CheckInPerson:
    """Nothing but what somebody added in their own words."""
    return replace(_whole(member, cards, locale), columns=(), rows=(), wellbeing=())


def _whole(member: MemberCard, cards: Sequence[CheckInCard], locale: str) -> CheckInPerson:
    parts = rules().subscales
    scored = [card for card in cards if any(n is not None for n in card.score.parts.values())]
    return CheckInPerson(
        name=member.person.first_name,
        place="a" if member.seat is Seat.A else "b",
        columns=tuple(part.label for part in parts),
        rows=tuple(
            _row(card, locale, *(card.score.parts[part.key] for part in parts)) for card in scored
        ),
        wellbeing=tuple(_row(card, locale, card.answers.get(WELLBEING)) for card in cards),
        comments=tuple(
            WeekWords(day_label(card.week_on, locale), card.comment)
            for card in cards
            if card.comment.strip()
        ),
    )


def _row(card: CheckInCard, locale: str, *numbers: int | None) -> CheckInRow:
    cells = tuple("" if number is None else str(number) for number in numbers)
    return CheckInRow(day_label(card.week_on, locale), cells)
