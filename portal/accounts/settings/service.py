"""What somebody changes for themselves."""

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.models import AuthSession
from portal.accounts.passwords import Terms
from portal.accounts.queries import own_account
from portal.accounts.service import change_password, end_all, end_sign_in, start_sign_in
from portal.audit import service as audit
from portal.foundation.errors import NotFound
from portal.people.models import Person
from portal.people.queries import promise_is_read
from portal.people.service import acknowledge_policy
from portal.visit import Visit
from portal.vocabulary import Act


@dataclass(frozen=True)
class Wishes:
    """How somebody wants the portal to be."""

    locale: str
    time_zone: str
    theme: str
    hides_leave: bool


def settle(visit: Visit, wishes: Wishes) -> None:
    """Somebody says how they want the portal to be."""
    person = visit.db.get_one(Person, visit.viewer.me())
    person.locale = wishes.locale
    person.time_zone = wishes.time_zone
    person.theme = wishes.theme
    person.hides_leave = wishes.hides_leave
    audit.record(visit, Act.CHANGED_SETTINGS, person.id)


def begin(visit: Visit, shown: str) -> None:
    """The welcome is over: the promise that was shown is acknowledged, the way out is known."""
    _, has_read_newest = promise_is_read(visit)
    if not has_read_newest:
        acknowledge_policy(visit, shown)
    person = visit.db.get_one(Person, visit.viewer.me())
    person.knows_leave_at = person.knows_leave_at or visit.now


def choose_password(
    visit: Visit, sign_in_id: UUID, password: str, device: str, terms: Terms
) -> str:
    """A new password ends every other sign-in; this browser goes on with a new one."""
    account = own_account(visit)
    old = visit.db.get_one(AuthSession, sign_in_id)
    change_password(visit, account, password, terms)
    account.password_changed_at = visit.now
    end_all(visit, account.id)
    audit.record(visit, Act.CHANGED_PASSWORD, account.id)
    return start_sign_in(visit, account, old.role, device, from_setup=old.from_setup, terms=terms)


def end_device(visit: Visit, sign_in_id: UUID) -> None:
    """Sign one of one's own devices out, from afar."""
    row = visit.db.get(AuthSession, sign_in_id)
    if row is None or row.account_id != own_account(visit).id:
        raise NotFound
    end_sign_in(visit, row.id)
