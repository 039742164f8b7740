"""Finding accounts, sign-ins and invitations."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.cards import DeviceCard, InvitationCard, PasskeyCard, SettingsCard
from portal.accounts.models import Account, AuthSession, Invitation, Passkey
from portal.foundation.chest import Chest
from portal.foundation.errors import NotFound
from portal.people.cards import PersonCard
from portal.people.models import Person
from portal.people.queries import person_cards, roles_of, viewer_for
from portal.people.seats.queries import takes_part
from portal.people.staff.queries import is_staff
from portal.policies.viewer import Viewer
from portal.practice.models import Practice
from portal.visit import Visit
from portal.vocabulary import Role

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


@dataclass(frozen=True)
class Secret:
    """An account as it was found by its sign-in name; for nobody's eyes."""

    account_id: UUID | None = None
    kept: str = ""


NO_SECRET = Secret()


def login_mark(chest: Chest, login: str) -> str:
    """By what an account is found: the same however the name is typed."""
    plain = unicodedata.normalize("NFKC", login).casefold()
    kept = "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")
    return chest.mark("index", "login", unicodedata.normalize("NFKC", kept))


def code_mark(chest: Chest, code: str) -> str:
    """By what an invitation is found: letters that look alike count as the same."""
    plain = unicodedata.normalize("NFKC", code).upper().translate(ALIKE)
    return chest.mark("tokens", "invitation", "".join(c for c in plain if c in CODE_LETTERS))


def account_named(db: Session, chest: Chest, login: str) -> Account | None:
    """The account with this sign-in name, whoever asks; only for signing in."""
    return db.scalars(
        select(Account).where(Account.login_mark == login_mark(chest, login))
    ).one_or_none()


def secret_of(db: Session, chest: Chest, login: str) -> Secret:
    """What a guess is held against; the same amount of work where there is no such account."""
    account = account_named(db, chest, login)
    if account is None or account.suspended_at or account.pepper_id != chest.pepper_id:
        return NO_SECRET
    return NO_SECRET if is_of_sample(db, account) else Secret(account.id, account.password_hash)


def account_of(db: Session, person_id: UUID) -> Account | None:
    """Somebody's account, where they have one."""
    return db.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()


def may_sign_in(db: Session, person_id: UUID) -> bool:
    """Whether somebody has an account that is not suspended."""
    account = account_of(db, person_id)
    return account is not None and account.suspended_at is None


def last_seen_at(db: Session, person_id: UUID) -> datetime | None:
    """When somebody last looked at any of their own pages."""
    query = select(func.max(AuthSession.seen_at)).join(
        Account, Account.id == AuthSession.account_id
    )
    return db.scalar(query.where(Account.person_id == person_id))


def own_account(visit: Visit) -> Account:
    """The viewer's own account."""
    account = visit.db.get(Account, visit.viewer.account_id) if visit.viewer.account_id else None
    if account is None:
        raise NotFound
    return account


def own_person(visit: Visit, *, lock: bool = False) -> Person:
    """Who is here; locked where their own settings are changed, so that another page of theirs waits."""
    person = visit.db.get_one(Person, visit.viewer.me())
    if lock:  # what only points at this person need not wait
        visit.db.refresh(person, with_for_update={"key_share": True})
    return person


def is_of_sample(db: Session, account: Account) -> bool:
    """Whether this account belongs to a practice that nobody really runs."""
    return bool(db.scalar(select(Practice.is_sample).where(Practice.id == account.practice_id)))


def invitation_for(visit: Visit, code: str) -> Invitation:
    """The invitation with this code, while it can be used and its maker may still invite this person."""
    found = visit.db.scalars(
        select(Invitation).where(Invitation.code_mark == code_mark(visit.chest, code))
    ).one_or_none()
    usable = found and not found.used_at and not found.taken_back_at
    if found is None or not usable or found.expires_at <= visit.now:
        raise NotFound
    if not _is_still_theirs(visit, found):
        raise NotFound
    return found


def invitation_card(visit: Visit, code: str) -> InvitationCard:
    """For whom an invitation is; nothing of it can be seen without its code."""
    invitation = invitation_for(visit, code)
    person = person_cards(visit, [invitation.person_id]).get(invitation.person_id)
    if person is None:
        raise NotFound
    return InvitationCard(
        person_id=person.id,
        first_name=person.first_name,
        is_partner=not is_staff(visit.db, person.id),
        has_account=account_of(visit.db, person.id) is not None,
    )


def may_invite(visit: Visit, person_id: UUID) -> bool:
    """Whether this person may be handed a code: a partner by their counsellor, staff by the owner."""
    viewer = visit.viewer
    if viewer.role is Role.COUNSELLOR:
        return takes_part(visit.db, person_id, viewer.couples)
    if viewer.role is not Role.OWNER or not is_staff(visit.db, person_id):
        return False
    person = visit.db.get(Person, person_id)
    return person is not None and person.practice_id == viewer.practice_id


def settings_card(visit: Visit, sign_in_id: UUID) -> SettingsCard:
    """Everything about one's own way in."""
    account, me = own_account(visit), visit.viewer.me()
    live = select(AuthSession).where(
        AuthSession.account_id == account.id,
        AuthSession.ended_at.is_(None),
        AuthSession.ends_at > visit.now,
    )
    keys = select(Passkey).where(Passkey.account_id == account.id)
    return SettingsCard(
        person=person_cards(visit, [me])[me],
        login=account.words(visit.vault, "login", account.person_id),
        devices=tuple(
            DeviceCard(row.id, row.device, row.started_at, row.seen_at, row.id == sign_in_id)
            for row in visit.db.scalars(live.order_by(AuthSession.started_at, AuthSession.id))
        ),
        passkeys=tuple(
            PasskeyCard(row.id, row.made_at, row.used_at)
            for row in visit.db.scalars(keys.order_by(Passkey.made_at, Passkey.id))
        ),
    )


def sample_people(visit: Visit) -> list[PersonCard]:
    """The people of the sample practice that one may look as; nobody of a real one."""
    require_sample(visit.db, visit.viewer)
    query = select(Account.person_id).where(Account.practice_id == visit.viewer.practice())
    cards = person_cards(visit, visit.db.scalars(query))
    return sorted(cards.values(), key=lambda card: (card.name.casefold(), card.id))


def require_sample(db: Session, viewer: Viewer) -> None:
    """Refuse, as not found, whoever is not in a practice marked as sample."""
    practice = db.get(Practice, viewer.practice_id) if viewer.practice_id else None
    if practice is None or not practice.is_sample:
        raise NotFound


def _is_still_theirs(visit: Visit, invitation: Invitation) -> bool:
    """Whether whoever made this code might make it now.

    It is asked when the code is used, so that no deed that ends a right has to remember the codes.
    """
    maker_id = invitation.invited_by_id
    if maker_id is None:
        return False
    account = account_of(visit.db, maker_id)
    if account is not None and account.suspended_at is not None:
        return False
    roles = roles_of(visit.db, maker_id)
    makers = (viewer_for(visit.db, maker_id, None, role, visit.now) for role in roles)
    return any(
        may_invite(visit.as_viewer(maker), invitation.person_id) for maker in makers if maker
    )
