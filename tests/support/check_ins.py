"""Weekly check-ins of the made-up world, through the services."""

from uuid import UUID

from portal.measures import service
from portal.measures.cards import Typed
from portal.vocabulary import Role
from tests.support.world import CoupleHere, World

LINES = "heard repair trust appreciation time fun closeness home money commitment wellbeing safety"
EVERY = tuple(LINES.split())


def switch_on(world: World, couple: CoupleHere) -> None:
    """The counsellor asks this couple every week."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        service.switch(visit, couple.id, on=True)


def typed(value: int = 6, **others: str) -> Typed:
    """Every line with the same number, and whatever else is named."""
    return Typed({**dict.fromkeys(EVERY, str(value)), **others}, {})


def a_check_in(world: World, person_id: UUID, what: Typed) -> UUID:
    """A partner sends the check-in of the week it is in this world."""
    with world.as_(person_id, Role.PARTNER) as visit:
        return service.send(visit, what).id


def a_begun_check_in(world: World, person_id: UUID, what: Typed) -> None:
    """A partner types and does not send."""
    with world.as_(person_id, Role.PARTNER) as visit:
        service.save(visit, what)
