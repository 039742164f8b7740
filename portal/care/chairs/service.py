"""One deed that gives words back to who wrote them, and shows them to nobody."""

from uuid import UUID

from portal.audit import service as audit
from portal.care.chairs.queries import Move, move
from portal.foundation.errors import Refused
from portal.people.cards import MemberCard
from portal.reflections.chairs.queries import first_sent
from portal.reflections.chairs.service import Chair, change_chairs
from portal.reports.service import take_back
from portal.review.service import readdress
from portal.visit import Visit
from portal.vocabulary import Act, Seat


def give_to_writer(visit: Visit, round_id: UUID, seat: Seat) -> None:
    """What stands under one of the two goes to the other, who wrote it; theirs comes back, if any.

    It is sealed anew under its writer's key and stays what it was: a draft, or work that was sent. In
    the wrong chair nothing has begun. No yes counts on, what was drafted as an answer goes along, and
    papers of the wrong reader that may hold the words are taken back.
    """
    found = move(visit, round_id, seat, lock=True)
    card = found.card
    if card.reasons:
        raise Refused(*card.reasons)
    change = ((found.wrong, found.right, card.right), (found.right, found.wrong, card.wrong))
    for here, _there, _member in change:
        _take_papers(visit, here, found)
    change_chairs(visit, found.wrong, found.right)
    _readdress(visit, *change[0])
    if card.is_exchange:
        _readdress(visit, *change[1])
    piece = found.wrong.piece
    audit.record(visit, Act.CHANGED_CHAIRS, piece.id if piece else None, card.couple.id)


def _take_papers(visit: Visit, chair: Chair, found: Move) -> None:
    since = first_sent(visit, chair.piece) if chair.piece is not None else None
    if since is not None:
        take_back(visit, found.card.couple.id, chair.person_id, since)


def _readdress(visit: Visit, here: Chair, there: Chair, member: MemberCard) -> None:
    readdress(
        visit,
        (here.task.round_id, here.person_id),
        (there.task.round_id, there.person_id, member.seat),
    )
