"""A practice's first person: what the set-up page, which lies downstairs, asks of this room."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext as _

from portal.accounts import passwords, service
from portal.accounts.arrival import terms
from portal.accounts.forms import said_of
from portal.accounts.queries import account_named
from portal.people.service import Naming, add_person, give_role
from portal.practice.cards import FirstPerson, Upstairs
from portal.visit import Visit
from portal.vocabulary import Role

HOOK = "weft_first_person"
TOO_SHORT_NAME = 3


def upstairs() -> Upstairs:
    """What the set-up page is handed."""
    return Upstairs(faults=_faults, welcome=_welcome)


def _faults(visit: Visit, first: FirstPerson, practice: str) -> Mapping[str, str]:
    faults = {}
    if len(first.login) < TOO_SHORT_NAME:
        faults["login"] = _("Use at least 3 characters.")
    elif account_named(visit.db, visit.chest, first.login) is not None:
        faults["login"] = _(service.TAKEN)
    names = [first.name, first.login]
    fault = passwords.fault_of(first.password, passwords.LEAST_FOR_STAFF, names, practice)
    if fault is not None:
        faults["password"] = said_of(fault)
    return faults


def _welcome(visit: Visit, practice_id: UUID, first: FirstPerson) -> str:
    person = add_person(visit, practice_id, Naming(first.name))
    for role in (Role.OWNER, Role.COUNSELLOR):
        give_role(visit, person.id, role)
    account = service.make_account(visit, person.id, first.login, first.password, terms())
    return service.start_sign_in(
        visit, account, Role.OWNER, first.device, from_setup=True, terms=terms()
    )
