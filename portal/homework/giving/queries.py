"""What can be given to a couple from its page, in the order in which it is likely to be wanted."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.exercises import queries as exercises
from portal.exercises.cards import EditionCard, Wanted
from portal.homework.cards import GivingCard, ShelfCard
from portal.homework.models import Assignment
from portal.homework.queries import reached_in, weighed
from portal.people.cards import CoupleCard, MemberCard
from portal.policies.gates import Verdict
from portal.visit import Visit
from portal.vocabulary import Seat

BOTH = "both"
ALL = Wanted()
FIRST = 3
LAST_GIVEN = 3


def ways_of(couple: CoupleCard) -> dict[str, list[MemberCard]]:
    """To whom something can be given: both first, where both take part, then each alone."""
    here = list(couple.taking_part)
    each = {member.seat.value: [member] for member in here}
    return {BOTH: here, **each} if len(here) > 1 else each


def seats_of(couple: CoupleCard, way: str) -> tuple[Seat, ...]:
    """The seats that one of these choices stands for."""
    return tuple(member.seat for member in ways_of(couple).get(way, ()))


def shelf(
    visit: Visit,
    couple: CoupleCard,
    way: str,
    wanted: Wanted = ALL,
    chosen: UUID | None = None,
) -> ShelfCard:
    """What can be given from the couple's page, narrowed as the library is; the chosen one first."""
    ways = ways_of(couple)
    done, given = reached_in(visit, couple), _given(visit, couple.id)
    editions = list(exercises.newest_editions(visit.db))
    likely = _likely(editions, given)
    cards = []
    for edition in sorted(editions, key=lambda e: (e.id != chosen, likely.get(e.key, len(likely)))):
        if edition.id != chosen and not exercises.fits(edition, wanted):
            continue
        verdicts = {name: weighed(edition, couple, to, done) for name, to in ways.items()}
        cards.append(_card(edition, verdicts, way, given))
    ready = [c for c in cards if not (c.for_whom or c.verdict.is_refused or c.verdict.to_tick)]
    return ShelfCard(
        first=tuple(ready[:FIRST]),
        others=tuple(ready[FIRST:]),
        to_confirm=tuple(
            c for c in cards if c.verdict.to_tick and not c.verdict.is_refused and not c.for_whom
        ),
        for_one=tuple(c for c in cards if c.for_whom),
        refused=tuple(c for c in cards if c.verdict.is_refused),
    )


def for_each_alone(visit: Visit, couple: CoupleCard) -> dict[str, list[GivingCard]]:
    """What can be given to each of two alone, by their seat; nothing where only one takes part."""
    ways = {way: to for way, to in ways_of(couple).items() if way != BOTH}
    if len(ways) < 2:
        return {}
    done, given = reached_in(visit, couple), _given(visit, couple.id)
    found: dict[str, list[GivingCard]] = {way: [] for way in ways}
    for edition in exercises.newest_editions(visit.db):
        for way, to in ways.items():
            verdict = weighed(edition, couple, to, done)
            if not verdict.is_refused:
                was_given = edition.key in given
                found[way].append(GivingCard(edition, verdict, way, was_given=was_given))
    return found


def follow_ups(
    visit: Visit, couple: CoupleCard, edition: EditionCard, way: str
) -> list[GivingCard]:
    """What the catalogue suggests after an exercise, with what stands for or against it now."""
    ways = ways_of(couple)
    done, given = reached_in(visit, couple), _given(visit, couple.id)
    every = {card.key: card for card in exercises.newest_editions(visit.db)}
    return [
        _card(
            every[key],
            {name: weighed(every[key], couple, to, done) for name, to in ways.items()},
            way,
            given,
        )
        for key in edition.content.exercise.follow_ups
        if key in every and way in ways
    ]


def way_to(couple: CoupleCard, people: Iterable[UUID]) -> str:
    """How these people would be chosen when something is given: both, or the one."""
    ids = set(people)
    for name, members in ways_of(couple).items():
        if {member.person.id for member in members} == ids:
            return name
    return ""


def _card(
    edition: EditionCard, verdicts: Mapping[str, Verdict], way: str, given: list[str]
) -> GivingCard:
    """How it stands for those who were asked about; else for the one whom it would suit."""
    was_given = edition.key in given
    if not verdicts[way].is_refused:
        return GivingCard(edition, verdicts[way], was_given=was_given)
    for other, verdict in verdicts.items():
        if other != way and not verdict.is_refused:
            return GivingCard(edition, verdict, for_whom=other, was_given=was_given)
    return GivingCard(edition, verdicts[way], was_given=was_given)


def _given(visit: Visit, couple_id: UUID) -> list[str]:
    """The exercises that were given to this couple, the last one first."""
    query = select(Assignment.edition_id).where(Assignment.couple_id == couple_id)
    ids = visit.db.scalars(query.order_by(Assignment.assigned_at.desc(), Assignment.id)).all()
    read = exercises.editions(visit.db, ids)
    return [read[edition_id].key for edition_id in ids]


def _likely(editions: Sequence[EditionCard], given: list[str]) -> dict[str, int]:
    """What follows from the last homework comes first, then the shelf; what was given comes last."""
    by_key = {edition.key: edition for edition in editions}
    follow = [
        key
        for last in given[:LAST_GIVEN]
        if last in by_key
        for key in by_key[last].content.exercise.follow_ups
    ]
    fresh = [key for key in (*follow, *by_key) if key in by_key and key not in given]
    order = dict.fromkeys((*fresh, *given))
    return {key: place for place, key in enumerate(order)}
