"""What the tests of letters look at and change: the outbox, the hour, and how a couple stands."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.care import service as care
from portal.notices.models import Notice
from portal.people.models import Couple, Membership
from portal.people.service import archive
from portal.practice.models import Practice
from portal.vocabulary import ContactLevel, JointWork, Role
from tests.support.post import Mailroom
from tests.support.world import CoupleHere, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def owed(world: World, person_id: UUID) -> list[Notice]:
    with world.visit() as visit:
        query = sa.select(Notice).where(Notice.person_id == person_id).order_by(Notice.made_at)
        return list(visit.db.scalars(query))


def later(world: World, room: Mailroom, apart: timedelta = HOUR) -> None:
    world.now += apart
    room.work()


def set_contact(world: World, couple: CoupleHere, contact: ContactLevel) -> None:
    with world.visit() as visit:
        row = visit.db.get_one(Couple, couple.id)
        row.put(visit.vault, "contact_level", contact.value, couple.id)


def stop(world: World, couple: CoupleHere, what: str) -> None:
    """Everything that ends a letter before it is sent."""
    if what == "put away":
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            archive(visit, couple.id)
    elif what == "joint work":
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            care.set_joint_work(visit, couple.id, JointWork.PAUSED, "We wait")
    with world.visit() as visit:
        if what == "sample":
            visit.db.get_one(Practice, couple.practice_id).is_sample = True
        elif what == "left":
            seat = sa.select(Membership).where(Membership.person_id == couple.a)
            visit.db.scalars(seat).one().left_at = world.now
        elif what == "suspended":
            account = sa.select(Account).where(Account.person_id == couple.a)
            visit.db.scalars(account).one().suspended_at = world.now
