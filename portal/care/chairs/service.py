"""One deed that gives words back to who wrote them, and shows them to nobody."""

from uuid import UUID

from portal.audit import service as audit
from portal.audit.queries import first_done
from portal.care.chairs.queries import Move, move
from portal.foundation.errors import Refused, Stale
from portal.policies.chairs import EXCHANGES
from portal.reflections.chairs.service import Chair, change_chairs
from portal.reports.service import take_back
from portal.review.service import readdress, unreleased
from portal.visit import Visit
from portal.vocabulary import Act, Seat

HANDED_IN = (Act.SENT, Act.DECLINED)


CHANGED = (
    "Something was written or moved here since this page was drawn. It stands here as it is now."
)


def give_to_writer(
    visit: Visit, round_id: UUID, seat: Seat, *, exchange: bool = False, seen: str | None = None
) -> None:
    """What stands under one of the two goes to the other, who wrote it; theirs comes back, if any.

    It is sealed anew under its writer's key and stays what it was: a draft, or work that was sent. In
    the wrong chair nothing has begun. No yes counts on, what was drafted as an answer goes along, and
    papers of the wrong reader that may hold the words are taken back. Where both have written, two
    pieces change places, and whoever decides has to be sure of both: `exchange` says so. `seen` is the
    mark of what lay there when they looked: what came since may be somebody else's.
    """
    found = move(visit, round_id, seat, lock=True)
    card = found.card
    if seen is not None and seen != card.mark:
        raise Stale(CHANGED)
    if card.reasons:
        raise Refused(*card.reasons)
    if card.is_exchange and not exchange:
        raise Refused(EXCHANGES)
    change = [(found.wrong, found.right, card.right)]
    if card.is_exchange:
        change.append((found.right, found.wrong, card.wrong))
    # All of it is found before any of it goes, so that nothing goes and comes back again.
    drafted = [unreleased(visit, here.task.round_id, here.person_id) for here, _, _ in change]
    for here, _there, _member in change:
        _take_papers(visit, here, found)
    change_chairs(visit, found.wrong, found.right)
    for rows, (_here, there, member) in zip(drafted, change, strict=True):
        readdress(visit, rows, (there.task.round_id, there.person_id, member.seat))
    piece = found.wrong.piece
    audit.record(visit, Act.CHANGED_CHAIRS, piece.id if piece else None, card.couple.id)


def _take_papers(visit: Visit, chair: Chair, found: Move) -> None:
    # A sending counts although it was taken back: a paper may have been printed in between.
    since = first_done(visit, chair.piece.id, HANDED_IN) if chair.piece is not None else None
    if since is not None:
        take_back(visit, found.card.couple.id, chair.person_id, since)
