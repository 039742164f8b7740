"""Answers out of the other's own work that were released to this partner: a letter, a list, a wish.

Of homework that both were given this stands on its own page. What one was given alone has no page for the other,
so that what was released of it stands together here, and nothing else of it: no date of sending, no other answer.
"""

from uuid import UUID

from sqlalchemy import and_, select

from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.queries import released_tasks, task
from portal.people.cards import OwnCoupleCard
from portal.reflections.models import Reflection, Release
from portal.reflections.pieces.cards import ReleasedCard
from portal.reflections.pieces.queries import title_of
from portal.reflections.queries import reflections_on
from portal.visit import Visit


def released_to_me(visit: Visit, own: OwnCoupleCard, locale: str) -> tuple[ReleasedCard, ...]:
    """What of the other's own work is open to this partner, the newest release first.

    Which rounds are looked at hangs on releases alone, so that nothing the other writes or sends
    changes what is asked for here.
    """
    found = _released_rounds(visit, own.id)
    if not found:
        return ()
    tasks = released_tasks(visit, found)
    seen = reflections_on(visit, tasks, locale)
    cards = [
        ReleasedCard(
            round_id=each.round_id,
            title=title_of(each),
            name=part.name,
            place=part.seat.value,
            since=part.open_since,
            answers=part.answers,
        )
        for each in tasks
        for part in seen[each.round_id]
        if part.answers and part.open_since is not None
    ]
    return tuple(sorted(cards, key=lambda card: (card.since, card.round_id), reverse=True))


def open_to_me(visit: Visit, own: OwnCoupleCard, round_id: UUID) -> TaskCard:
    """The round of which an answer of the other's is released to this partner; nothing else exists."""
    if round_id not in _released_rounds(visit, own.id):
        raise NotFound
    found = released_tasks(visit, [round_id])
    return found[0] if found else task(visit, round_id)


def _released_rounds(visit: Visit, couple_id: UUID) -> list[UUID]:
    """The rounds of which an answer of somebody else's was released, as it stands now."""
    query = (
        select(Reflection.round_id)
        .join(
            Release,
            and_(Release.reflection_id == Reflection.id, Release.revision == Reflection.revision),
        )
        .where(Reflection.couple_id == couple_id, Reflection.respondent_id != visit.viewer.me())
        .distinct()
    )
    return list(visit.db.scalars(query))
