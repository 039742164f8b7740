"""The yes to one's totals on paper for both: whom it is asked of, and what each last said."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.measures.models import TotalsConsent
from portal.people.cards import CoupleCard, OwnCoupleCard
from portal.people.models import Couple
from portal.people.queries import contact_level_of, couple_of
from portal.people.standing import standings
from portal.policies.editions import may_ask_for_totals
from portal.visit import Visit


def is_asked(visit: Visit, own: OwnCoupleCard) -> bool:
    """Whether a partner is asked at all: only where there could be a paper for both."""
    contact = contact_level_of(visit, couple_of(visit, own.id))
    have_parted = standings(visit, [own.id]).parting(own.id) is not None
    return may_ask_for_totals(contact, is_alone=not own.partner_takes_part, have_parted=have_parted)


def newest_of(visit: Visit, couple_id: UUID) -> dict[UUID, TotalsConsent]:
    """The newest answer of each; callers show a partner only their own."""
    query = select(TotalsConsent).where(TotalsConsent.couple_id == couple_id)
    rows = visit.db.scalars(query.order_by(TotalsConsent.given_at, TotalsConsent.id))
    return {row.person_id: row for row in rows}


def yes_of_both(
    visit: Visit,
    couple: CoupleCard,
    after: datetime | None,
    until: datetime,
    since: datetime | None = None,
) -> int:
    """The oldest text that each of the two last said yes to in the time a summary covers; 0 without both.

    A yes from before the other of them joined was given to something else, and so was one from before
    they last left ‘clear’. A no counts at once, also for a summary of an hour that is over: it is
    withdrawn as easily as it was given.
    """
    counts_from = Couple.yes_counts_from_at
    still_counts = counts_from.is_(None) | (TotalsConsent.given_at > counts_from)
    in_time = (TotalsConsent.given_at <= until) & still_counts
    query = (
        select(TotalsConsent)
        .join(Couple, Couple.id == TotalsConsent.couple_id)
        .where(TotalsConsent.couple_id == couple.id, in_time | TotalsConsent.says_yes.is_(False))
    )
    if after is not None:
        query = query.where(TotalsConsent.given_at > after)
    if since is not None:
        query = query.where(TotalsConsent.given_at >= since)
    # Of a yes and a no in one moment the no counts.
    in_order = (TotalsConsent.given_at, TotalsConsent.says_yes.desc(), TotalsConsent.id)
    rows = visit.db.scalars(query.order_by(*in_order))
    says = {row.person_id: row.text_version if row.says_yes else 0 for row in rows}
    members = couple.taking_part
    return min(says.get(m.person.id, 0) for m in members) if len(members) > 1 else 0
