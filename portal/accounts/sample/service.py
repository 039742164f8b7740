"""Entering the sample practice, and looking at it as another of its people."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Account
from portal.accounts.passwords import SAFE, Terms
from portal.accounts.queries import account_of, is_of_sample, require_sample
from portal.accounts.service import end_sign_in, start_sign_in
from portal.foundation.errors import NotFound
from portal.people import queries as people
from portal.policies import deeds
from portal.policies.viewer import require
from portal.practice.queries import sample_id
from portal.practice.service import require_link
from portal.visit import Trace, Visit
from portal.vocabulary import Act, Role

Loader = Callable[[Visit], UUID]


def look_around(visit: Visit, code: str, load: Loader, device: str, terms: Terms = SAFE) -> str:
    """Whoever holds the one-time link looks at the sample before setting anything up."""
    require_link(visit, code)
    return _enter(visit, load, device, terms)


def enter_sample(visit: Visit, load: Loader, device: str, terms: Terms = SAFE) -> str:
    """An owner looks at the sample beside their own practice."""
    require(deeds.may_lead_practice(visit.viewer))
    return _enter(visit, load, device, terms)


def change_person(
    visit: Visit, sign_in_id: UUID, person_id: UUID, device: str, terms: Terms = SAFE
) -> str:
    """Look as another person of the sample; nobody of a real practice can be reached this way."""
    require_sample(visit.db, visit.viewer)
    account = account_of(visit.db, person_id)
    if (
        account is None
        or account.practice_id != visit.viewer.practice_id
        or not is_of_sample(visit.db, account)
    ):
        raise NotFound
    end_sign_in(visit, sign_in_id)
    return _start(visit, account, device, terms)


def _enter(visit: Visit, load: Loader, device: str, terms: Terms) -> str:
    practice_id = sample_id(visit.db) or load(visit)
    visit.db.flush()  # the sample's accounts are looked for among the rows
    accounts = visit.db.scalars(
        select(Account)
        .where(Account.practice_id == practice_id)
        .order_by(Account.made_at, Account.id)
    ).all()
    for account in accounts:
        if Role.COUNSELLOR in people.roles_of(visit.db, account.person_id):
            return _start(visit, account, device, terms)
    raise NotFound


def _start(visit: Visit, account: Account, device: str, terms: Terms) -> str:
    roles = people.roles_of(visit.db, account.person_id)
    if not roles:
        raise NotFound
    visit.traces.append(
        Trace(
            Act.ENTERED_SAMPLE,
            account.id,
            actor_id=account.person_id,
            practice_id=account.practice_id,
        )
    )
    return start_sign_in(visit, account, roles[0], device, from_setup=True, terms=terms)
