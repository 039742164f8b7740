"""Which promise about private words holds for whom: the one that they read last."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.people.cards import PromiseCard
from portal.people.models import Couple, PolicyAcknowledgement
from portal.practice.starters import POLICY_TEXT_VERSION
from portal.visit import Visit
from portal.vocabulary import SecretsPolicy

READ_AGAIN = (
    "The promise may have changed since you opened this page. Please read it as it stands now,"
    " and then tick this again."
)
CHANGED_MEANWHILE = (
    "The promise about what is for your counsellor alone has changed since you opened this page."
    " It stands at the end of the page as it is now."
)
# Of two readings in one moment the later row counts.
IN_ORDER = (PolicyAcknowledgement.acknowledged_at, PolicyAcknowledgement.id)


def last_read(
    visit: Visit, couple_id: UUID, person_id: UUID, at: datetime | None = None
) -> PolicyAcknowledgement | None:
    """The promise that somebody read last, or had read at that moment; it holds until they read another."""
    query = select(PolicyAcknowledgement).where(
        PolicyAcknowledgement.couple_id == couple_id, PolicyAcknowledgement.person_id == person_id
    )
    if at is not None:
        query = query.where(PolicyAcknowledgement.acknowledged_at <= at)
    newest = query.order_by(*(column.desc() for column in IN_ORDER)).limit(1)
    return visit.db.scalars(newest).first()


def promise_for(
    visit: Visit, couple_id: UUID, person_id: UUID, at: datetime | None = None
) -> tuple[SecretsPolicy, int]:
    """The promise that holds for what somebody writes now, or wrote then, with the version of its text."""
    read = last_read(visit, couple_id, person_id, at)
    if read is None:
        return visit.db.get_one(Couple, couple_id).secrets_policy, POLICY_TEXT_VERSION
    return read.policy, read.text_version


def promise_for_both(
    visit: Visit, couple_id: UUID, person_ids: Sequence[UUID]
) -> tuple[SecretsPolicy, int]:
    """The promise for what two send together: the older of theirs, for the newer only one of them has read."""
    read = [last_read(visit, couple_id, person_id) for person_id in person_ids]
    known = [row for row in read if row is not None]
    if not known:
        return visit.db.get_one(Couple, couple_id).secrets_policy, POLICY_TEXT_VERSION
    oldest = min(known, key=lambda row: (row.acknowledged_at, row.id))
    return oldest.policy, oldest.text_version


def mark_of(policy: SecretsPolicy) -> str:
    """What a page that shows this promise says of itself, so that nobody acknowledges another unread."""
    return f"{policy.value}.{POLICY_TEXT_VERSION}"


def is_up_to_date(read: PolicyAcknowledgement | None, couple: Couple) -> bool:
    """Whether what was read last is what the counsellor promises now."""
    if read is None or read.policy is not couple.secrets_policy:
        return False
    since: datetime = couple.policy_since_at
    return read.acknowledged_at >= since


def promises_read(
    visit: Visit, couple: Couple, person_ids: Sequence[UUID]
) -> Mapping[UUID, PromiseCard]:
    """For their counsellor: which promise holds for each, and whether they have read the newest."""
    query = select(PolicyAcknowledgement).where(
        PolicyAcknowledgement.couple_id == couple.id,
        PolicyAcknowledgement.person_id.in_(person_ids),
    )
    read = {row.person_id: row for row in visit.db.scalars(query.order_by(*IN_ORDER))}
    return {
        person_id: PromiseCard(
            policy=row.policy,
            text_version=row.text_version,
            read_at=row.acknowledged_at,
            is_newest=is_up_to_date(row, couple),
        )
        for person_id, row in read.items()
    }
