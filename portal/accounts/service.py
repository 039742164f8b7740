"""Signing in and out, and making the accounts that people sign in with."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.accounts import passwords
from portal.accounts.models import Account, AuthSession, Invitation, Passkey
from portal.accounts.passwords import SAFE, Fault, Terms
from portal.accounts.queries import (
    CODE_LETTERS,
    account_named,
    account_of,
    code_mark,
    invitation_for,
    login_mark,
    may_invite,
    own_account,
)
from portal.audit import service as audit
from portal.foundation.errors import NotFound, Unfit
from portal.people import queries as people
from portal.people import service as people_service
from portal.people.models import Person
from portal.people.seats.queries import names_around
from portal.people.staff.queries import is_staff
from portal.policies.viewer import NOBODY, require
from portal.practice.models import Practice
from portal.visit import Trace, Visit
from portal.vocabulary import Act, Role
from portal.web.signed_in import Asking, SignedIn, Standing, Way

WELCOME, PROMISE = "/accounts/welcome", "/accounts/promise"
INVITATION_DAYS = 14
FRESH_START_HOURS = 24
CODE_LENGTH = 16
TAKEN = "Somebody has this sign-in name already. Choose another one."
BACKWARDS = timedelta(minutes=1)


def recognise(asking: Asking) -> SignedIn | None:
    """Whose cookie this is, and what it is worth at this moment."""
    mark = asking.chest.mark("tokens", asking.token)
    found = asking.db.execute(
        select(AuthSession, Account)
        .join(Account, Account.id == AuthSession.account_id)
        .where(AuthSession.token_mark == mark)
    ).one_or_none()
    if found is None:
        return None
    row, account = found
    standing = _standing(row, account, asking.now)
    viewer = None
    if standing is not Standing.ENDED:
        viewer = people.viewer_for(asking.db, account.person_id, account.id, row.role, asking.now)
    return SignedIn(
        sign_in_id=row.id,
        account_id=account.id,
        viewer=viewer or NOBODY,
        standing=standing if viewer else Standing.ENDED,
        seen_at=row.seen_at,
        from_setup=row.from_setup,
    )


def touch(db: Session, sign_in_id: UUID, now: datetime) -> None:
    """Somebody is still there; a clock that was set back changes nothing."""
    db.execute(
        update(AuthSession)
        .where(
            AuthSession.id == sign_in_id,
            AuthSession.ended_at.is_(None),
            AuthSession.seen_at < now,
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def sign_in(visit: Visit, account_id: UUID, device: str, terms: Terms = SAFE) -> str:
    """Somebody has shown who they are: start their sign-in in the role they use most."""
    account = visit.db.get_one(Account, account_id)
    roles = people.roles_of(visit.db, account.person_id)
    if account.suspended_at or not roles:
        raise NotFound
    token = start_sign_in(visit, account, roles[0], device, terms=terms)
    _trace(visit, Act.SIGNED_IN, account)
    return token


def start_sign_in(
    visit: Visit,
    account: Account,
    role: Role,
    device: str,
    from_setup: bool = False,  # noqa: FBT001, FBT002 - named by every caller
    terms: Terms = SAFE,
) -> str:
    """Sign one browser in; what is given back is known to that browser alone."""
    token = secrets.token_urlsafe(32)
    row = AuthSession(
        account_id=account.id,
        token_mark=visit.chest.mark("tokens", token),
        role=role,
        device=device[:60],
        from_setup=from_setup,
        started_at=visit.now,
        seen_at=visit.now,
        idle_seconds=int(terms.idle.total_seconds()),
        ends_at=visit.now + terms.absolute,
    )
    visit.db.add(row)
    return token


def end_sign_in(visit: Visit, sign_in_id: UUID, act: Act = Act.SIGNED_OUT) -> None:
    """End one sign-in on the server, whatever the browser keeps."""
    row = visit.db.get(AuthSession, sign_in_id)
    if row is None or row.ended_at is not None:
        return
    row.ended_at = visit.now
    _trace(visit, act, visit.db.get_one(Account, row.account_id))


def leave_at_once(db: Session, asked: Visit, sign_in_id: UUID) -> None:
    """The quick way out, in a transaction of its own, with its own line in the trail."""
    later = Visit(db, asked.viewer, asked.now, asked.vault)
    end_sign_in(later, sign_in_id, Act.LEFT_IN_A_HURRY)
    audit.write_traces(later)


def end_all(visit: Visit, account_id: UUID, but: UUID | None = None) -> None:
    """End every sign-in of an account, on every device, except perhaps this one."""
    query = update(AuthSession).where(
        AuthSession.account_id == account_id, AuthSession.ended_at.is_(None)
    )
    if but is not None:
        query = query.where(AuthSession.id != but)
    visit.db.execute(query.values(ended_at=visit.now))
    _trace(visit, Act.SIGNED_OUT_EVERYWHERE, visit.db.get_one(Account, account_id))


def switch_role(visit: Visit, sign_in_id: UUID, role: Role) -> None:
    """Go on in another of one's own roles."""
    require(role in people.roles_of(visit.db, visit.viewer.me()))
    row = visit.db.get_one(AuthSession, sign_in_id)
    row.role = role
    _trace(visit, Act.SWITCHED_ROLE, own_account(visit))


def welcome_at(visit: Visit) -> Way | None:
    """Where a partner is asked to go first: to the welcome, or to a promise that has changed."""
    person = visit.db.get_one(Person, visit.viewer.me())
    has_read_one, has_read_newest = people.promise_is_read(visit)
    if person.knows_leave_at is None or not has_read_one:
        return Way(WELCOME)
    return None if has_read_newest else Way(PROMISE, may_wait=True)


def make_account(
    visit: Visit, person_id: UUID, login: str, password: str | None, terms: Terms = SAFE
) -> Account:
    """Give somebody a way in; without a password, as in the sample, nobody can type one."""
    person = visit.db.get_one(Person, person_id)
    if account_named(visit.db, visit.chest, login) is not None:
        raise Unfit({"login": TAKEN})
    account = Account(
        person_id=person.id,
        practice_id=person.practice_id,
        login_mark=login_mark(visit.chest, login),
        password_hash=passwords.settle(visit.chest, terms.hashing, password) if password else "",
        pepper_id=visit.chest.pepper_id,
        made_at=visit.now,
        password_changed_at=visit.now,
    )
    account.put(visit.vault, "login", login, person.id)
    visit.db.add(account)
    visit.db.flush()  # sign-ins point at the account
    return account


def fault_of(visit: Visit, person_id: UUID, login: str, password: str) -> Fault | None:
    """Why this person may not use this password; None where they may."""
    person = visit.db.get_one(Person, person_id)
    practice = visit.db.get_one(Practice, person.practice_id)
    names = [*names_around(visit, person_id), login]
    staff = is_staff(visit.db, person_id)
    least = passwords.LEAST_FOR_STAFF if staff else passwords.LEAST_FOR_PARTNERS
    known_as = practice.words(visit.vault, "name", practice.id)
    return passwords.fault_of(password, least, names, known_as)


def invite(visit: Visit, person_id: UUID) -> str:
    """Make a code to hand over in person; whoever has an account chooses a new password with it."""
    if not may_invite(visit, person_id):
        raise NotFound
    _take_back(visit, person_id)
    has_account = account_of(visit.db, person_id) is not None
    lasts = timedelta(hours=FRESH_START_HOURS) if has_account else timedelta(days=INVITATION_DAYS)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    row = Invitation(
        person_id=person_id,
        code_mark=code_mark(visit.chest, code),
        invited_by_id=visit.viewer.me(),
        made_at=visit.now,
        expires_at=visit.now + lasts,
    )
    visit.db.add(row)
    visit.traces.append(Trace(Act.INVITED, person_id))
    return "-".join(code[n : n + 4] for n in range(0, CODE_LENGTH, 4))


def accept(visit: Visit, code: str, login: str, password: str, terms: Terms = SAFE) -> Account:
    """Somebody uses their code: they choose a sign-in name and a password, and have joined."""
    invitation = _spend(visit, code)
    fault = fault_of(visit, invitation.person_id, login, password)
    if fault is not None:
        raise Unfit({"password": fault.said()})
    account = account_of(visit.db, invitation.person_id)
    if account is None:
        account = make_account(visit, invitation.person_id, login, password, terms)
        people_service.join(visit, invitation.person_id)
        _trace(visit, Act.JOINED, account)
        return account
    start_afresh(visit, account, login, password, terms)
    return account


def change_password(visit: Visit, account: Account, password: str, terms: Terms) -> None:
    """Keep a new password in place of the old one, made with the parameters that hold now."""
    account.password_hash = passwords.settle(visit.chest, terms.hashing, password)
    account.pepper_id = visit.chest.pepper_id


def start_afresh(visit: Visit, account: Account, login: str, password: str, terms: Terms) -> None:
    """Somebody was locked out, or feared that another could get in: nothing from before opens."""
    named = account_named(visit.db, visit.chest, login)
    if named is not None and named.id != account.id:
        raise Unfit({"login": TAKEN})
    account.login_mark = login_mark(visit.chest, login)
    account.put(visit.vault, "login", login, account.person_id)
    change_password(visit, account, password, terms)
    account.password_changed_at = visit.now
    visit.db.execute(delete(Passkey).where(Passkey.account_id == account.id))
    end_all(visit, account.id)
    _trace(visit, Act.CHANGED_PASSWORD, account)


def _spend(visit: Visit, code: str) -> Invitation:
    # One statement decides who was first, also where two browsers use a code at once.
    invitation = invitation_for(visit, code)
    spent = (
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.used_at.is_(None))
        .values(used_at=visit.now)
        .returning(Invitation.id)
    )
    if visit.db.execute(spent).one_or_none() is None:
        raise NotFound
    return invitation


def _take_back(visit: Visit, person_id: UUID) -> None:
    visit.db.execute(
        update(Invitation)
        .where(
            Invitation.person_id == person_id,
            Invitation.used_at.is_(None),
            Invitation.taken_back_at.is_(None),
        )
        .values(taken_back_at=visit.now)
    )


def _standing(row: AuthSession, account: Account, now: datetime) -> Standing:
    if row.ended_at is not None or account.suspended_at is not None or now >= row.ends_at:
        return Standing.ENDED
    rested = now - row.seen_at >= timedelta(seconds=row.idle_seconds)
    # A clock that was set back must not make a sign-in last longer.
    is_back = now < row.seen_at - BACKWARDS
    return Standing.RESTED if rested or is_back else Standing.LIVE


def _trace(visit: Visit, act: Act, account: Account) -> None:
    """Note a deed of the door, where the visit itself may still be nobody's."""
    visit.traces.append(
        Trace(
            act,
            account.id,
            actor_id=visit.viewer.person_id or account.person_id,
            practice_id=account.practice_id,
        )
    )
