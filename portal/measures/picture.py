"""Both partners' check-ins laid out for their counsellor: what to look at, and where they differ."""

from collections.abc import Sequence
from uuid import UUID

from portal.exercises.queries import catalogue
from portal.foundation.errors import NotFound
from portal.measures import scoring
from portal.measures.cards import (
    AnswerLine,
    CheckInCard,
    CouplePicture,
    GapRow,
    PersonHints,
    ReadingCard,
)
from portal.measures.charts import weekly
from portal.measures.models import CheckIn
from portal.measures.queries import check_ins_of, is_on, last_questions, rules, text_of
from portal.measures.seen.queries import unseen_ids
from portal.people.cards import MemberCard
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import CheckInWording, Seat


def couple_picture(visit: Visit, couple_id: UUID, locale: str) -> CouplePicture:
    """Both partners over time, and what to ask about, for the counsellor."""
    require(deeds.may_read_file(visit.viewer, couple_id))
    couple = couple_card(visit, couple_id)
    cards = check_ins_of(visit, couple)
    by_seat = {m.seat: [card for card in cards if card.seat is m.seat] for m in couple.taking_part}
    members = couple.taking_part
    lines = [(m, {c.week_on: c.score.total for c in by_seat[m.seat]}) for m in members]
    well = [(m, {c.week_on: c.wellbeing for c in by_seat[m.seat]}) for m in members]
    last = _last_shared(by_seat)
    return CouplePicture(
        couple=couple,
        is_on=is_on(visit, couple_id),
        chart=weekly([(m.person.first_name, m.seat, points) for m, points in lines], locale),
        wellbeing=weekly([(m.person.first_name, m.seat, points) for m, points in well], locale),
        check_ins=tuple(sorted(cards, key=lambda card: (card.week_on, card.sent_at), reverse=True)),
        hints=tuple(_hints(member, by_seat[member.seat]) for member in members),
        gap_week=last[0].week_on if last else None,
        gaps=tuple(scoring.gaps(last[0].week, last[1].week, rules())) if last else (),
        gap_rows=_gap_rows(*last) if last else (),
        labels=_labels(),
        caution=text_of(CheckInWording.TOGETHER).caution,
        waiting=unseen_ids(visit, couple_id),
    )


def one_check_in(visit: Visit, check_in_id: UUID) -> ReadingCard:
    """One sent check-in with what is worth asking about as it stood that week."""
    row = visit.db.get(CheckIn, check_in_id)
    if row is None or not deeds.may_read_file(visit.viewer, row.couple_id):
        raise NotFound
    couple = couple_card(visit, row.couple_id)
    theirs = [c for c in check_ins_of(visit, couple) if c.person_id == row.person_id]
    until = [card for card in theirs if card.week_on <= row.week_on]
    if not until or until[-1].id != check_in_id:
        raise NotFound
    card, text = until[-1], text_of(row.wording)
    before = until[-2] if len(until) > 1 and until[-2].asked == card.asked else None
    member = next(m for m in couple.members if m.person.id == row.person_id)
    hints, labels = _hints(member, until), _labels()
    return ReadingCard(
        couple=couple,
        check_in=card,
        lines=tuple(
            AnswerLine(
                item.text,
                item.low,
                item.high,
                card.answers.get(item.key),
                before.answers.get(item.key) if before else None,
            )
            for item in text.items
        ),
        parts=tuple((labels[k], v) for k, v in card.score.parts.items() if v is not None),
        before_on=before.week_on if before else None,
        look_first=hints.look_first,
        worth_asking=hints.worth_asking,
        labels=labels,
        caution=text.caution,
        comment_label=text.comment,
        private_label=last_questions()["private_note"].label,
        is_waiting=check_in_id in unseen_ids(visit, couple.id),
    )


def _hints(member: MemberCard, cards: Sequence[CheckInCard]) -> PersonHints:
    weeks = [card.week for card in cards]
    return PersonHints(
        name=member.person.first_name,
        seat=member.seat,
        look_first=tuple(scoring.look_first(weeks)),
        worth_asking=tuple(scoring.worth_asking(weeks)),
    )


def _last_shared(by_seat: dict[Seat, list[CheckInCard]]) -> tuple[CheckInCard, CheckInCard] | None:
    """The newest week that both answered."""
    a = {card.week_on: card for card in by_seat.get(Seat.A, ())}
    b = {card.week_on: card for card in by_seat.get(Seat.B, ())}
    both = a.keys() & b.keys()
    return (a[max(both)], b[max(both)]) if both else None


def _gap_rows(a: CheckInCard, b: CheckInCard) -> tuple[GapRow, ...]:
    """What both were asked in the same words, the furthest apart first.

    Safety is left out, it is no matter of distance.
    """
    rows = [
        GapRow(key, text, a.answers.get(key), b.answers.get(key))
        for key, text in a.asked.items()
        if key != scoring.SAFETY and a.week.asks_as(b.week, key)
    ]
    return tuple(
        sorted(rows, key=lambda row: -1 if row.distance is None else row.distance, reverse=True)
    )


def _labels() -> dict[str, str]:
    """The names of the total, its parts and what stands apart, for sentences about them.

    A line of the total has no name of its own: it is called by the text it was asked in.
    """
    apart = (scoring.WELLBEING, scoring.SAFETY)
    items = catalogue().check_in["items"]
    found = {item["key"]: str(item["area"]) for item in items if item["key"] in apart}
    found |= {part.key: part.label for part in rules().subscales}
    return found | {"total": str(catalogue().check_in["scoring"]["total"]["label"])}
