"""A letter under way to somebody who chose to be written to."""

from uuid import UUID

from portal.notices.queries import owed
from portal.notices.service import Wish, choose, put, seal
from portal.vocabulary import NoticeKind, Role
from tests.support.world import World


def a_letter(world: World, person_id: UUID, address: str, about_id: UUID) -> str:
    """Somebody chooses an address and is owed one thing; gives the code of the letter's link."""
    with world.as_(person_id, Role.PARTNER) as visit:
        choose(visit, Wish(address))
        visit.db.flush()
        put(visit, [person_id], NoticeKind.ROUND_DUE, about_id)
        visit.db.flush()
        due = [d for d in owed(visit, person_id, visit.now) if d.kind is NoticeKind.ROUND_DUE]
        return seal(visit, address, due, visit.now.date(), None).code
