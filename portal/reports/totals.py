"""Check-ins for paper: the counsellor's, one's own scores, and for both those with both their yes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from portal.measures.cards import CheckInCard, TotalCard
from portal.measures.charts import Chart, day_label, weekly
from portal.measures.consents import yes_of_both
from portal.measures.opened import WEEK
from portal.measures.queries import check_ins_of, rules, totals_of
from portal.people.cards import CoupleCard, MemberCard
from portal.policies.editions import (
    holds_only_shared_weeks,
    holds_own_comments,
    holds_parts,
    holds_totals,
    holds_whole_check_ins,
    looks_back,
)
from portal.reports.cards import Choice, Span
from portal.reports.lines import lines_of
from portal.reports.paper import CheckInPerson, CheckInRow, WeekWords
from portal.visit import Visit
from portal.vocabulary import Seat, SummaryEdition

MOST_WEEKS = 12


def totals_in(
    visit: Visit, couple: CoupleCard, choice: Choice, span: Span
) -> tuple[TotalCard, ...]:
    """The totals that may stand in this edition: those of the span, and for the counsellor what led up to them."""
    if not holds_totals(choice.edition, _agreed(visit, couple, choice, span)):
        return ()
    every = [card for card in totals_of(visit, couple) if card.total is not None]
    found = [card for card in every if span.holds(card.sent_at)]
    if choice.edition is SummaryEdition.PARTNER:
        found = [card for card in found if card.person_id == choice.reader_id]
    if holds_only_shared_weeks(choice.edition):
        found = _of_shared_weeks(couple, found)
    if found and looks_back(choice.edition):
        new = {card.week_on for card in found}
        first = max(new) - WEEK * (MOST_WEEKS - 1)
        earlier = [card for card in every if card.sent_at <= span.until and card.week_on >= first]
        return tuple(card for card in every if card in found or card in earlier)
    return tuple(found)


def _of_shared_weeks(couple: CoupleCard, cards: Sequence[TotalCard]) -> list[TotalCard]:
    """Those of these weeks in which each who takes part has a total."""
    has = {(card.week_on, card.person_id) for card in cards if card.total is not None}
    everybody = [member.person.id for member in couple.taking_part]
    return [card for card in cards if all((card.week_on, who) in has for who in everybody)]


def rows_of(
    totals: Sequence[TotalCard],
    named: Sequence[MemberCard],
    choice: Choice,
    span: Span,
    locale: str,
) -> tuple[CheckInRow, ...]:
    """One row a week, in the order of the people named; what was not answered stays empty.

    So does a week between two others that nobody answered: the picture has a gap there. On a paper for
    both such a week has no row, since one of them may have answered it.
    """
    by_week = {
        (card.week_on, card.person_id): str(card.total) for card in totals if card.total is not None
    }
    answered = {week for week, _ in by_week}
    if not answered:
        return ()
    weeks = [min(answered) + n * WEEK for n in range((max(answered) - min(answered)) // WEEK + 1)]
    if holds_only_shared_weeks(choice.edition):
        weeks = sorted(answered)
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
    by_person = [
        (m, {card.week_on: card.total for card in totals if card.person_id == m.person.id})
        for m in named
    ]
    return weekly([(m.person.first_name, m.seat, points) for m, points in by_person], locale)


def whole_in(
    visit: Visit, eyes: Visit, couple: CoupleCard, choice: Choice, span: Span, locale: str
) -> tuple[CheckInPerson, ...]:
    """What else of each one's check-ins stands on this paper, as much as it may hold.

    The parts of the scores stand where totals do, for both only where each said yes to them. Single
    answers, wellbeing and what both added stand on the counsellor's own and no other; on one's own
    copy stands what oneself added. The safety item and what was for the counsellor's eyes alone
    stand on no paper.
    """
    made_for = choice.edition
    scores, sent = [], []
    if holds_parts(made_for, _agreed(visit, couple, choice, span)):
        scores = [card for card in totals_of(eyes, couple) if span.holds(card.sent_at)]
    if holds_only_shared_weeks(made_for):
        scores = _of_shared_weeks(couple, scores)
    if holds_whole_check_ins(made_for) or holds_own_comments(made_for):
        sent = [card for card in check_ins_of(visit, couple) if span.holds(card.sent_at)]
    drawn = []
    for member in couple.members:
        who = member.person.id
        if choice.reader_id not in (None, who):
            continue
        own = [card for card in sent if card.person_id == who]
        one = _scored(member, [card for card in scores if card.person_id == who], locale)
        one = replace(one, comments=_comments(own, locale))
        if holds_whole_check_ins(made_for):
            one = replace(
                one, wellbeing=_wellbeing(own, locale), lines=lines_of(own, made_for, locale)
            )
        if any((one.rows, one.wellbeing, one.comments, one.lines)):
            drawn.append(one)
    return tuple(drawn)


def _agreed(visit: Visit, couple: CoupleCard, choice: Choice, span: Span) -> int:
    """What both said yes to, where it is a paper for both that asks."""
    if choice.edition is not SummaryEdition.COUPLE:
        return 0
    return yes_of_both(visit, couple, span.after, span.until, span.since)


def _scored(member: MemberCard, cards: Sequence[TotalCard], locale: str) -> CheckInPerson:
    """Somebody's weeks with the parts of their score, and as yet nothing else of them."""
    parts = rules().subscales
    return CheckInPerson(
        name=member.person.first_name,
        place="a" if member.seat is Seat.A else "b",
        columns=tuple(part.label for part in parts),
        rows=tuple(
            _row(card.week_on, locale, *(card.parts[part.key] for part in parts))
            for card in cards
            if any(number is not None for number in card.parts.values())
        ),
        wellbeing=(),
        comments=(),
    )


def _wellbeing(cards: Sequence[CheckInCard], locale: str) -> tuple[CheckInRow, ...]:
    """Own wellbeing week by week from 0 to 100, as it is on the page; it is in no total."""
    return tuple(_row(card.week_on, locale, card.wellbeing) for card in cards)


def _comments(cards: Sequence[CheckInCard], locale: str) -> tuple[WeekWords, ...]:
    return tuple(
        WeekWords(day_label(card.week_on, locale), card.comment)
        for card in cards
        if card.comment.strip()
    )


def _row(week_on: date, locale: str, *numbers: int | None) -> CheckInRow:
    cells = tuple("" if number is None else str(number) for number in numbers)
    return CheckInRow(day_label(week_on, locale), cells)
