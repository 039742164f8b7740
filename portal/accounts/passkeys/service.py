"""Adding, using and removing passkeys; the challenge is spent once, on the server."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.accounts.models import Account, Passkey
from portal.accounts.queries import is_of_sample, own_account
from portal.accounts.throttle import Counters
from portal.audit import service as audit
from portal.foundation.chest import Chest
from portal.foundation.errors import NotFound, Refused
from portal.visit import Visit
from portal.vocabulary import Act

CHALLENGE_LASTS = timedelta(minutes=5)
MOST_PASSKEYS = 10
NOT_THIS_ONE = "This passkey did not work here. Try again, or use your password."
TOO_MANY = "You have enough passkeys. Remove one first."


@dataclass(frozen=True)
class Site:
    """The address that a passkey is bound to."""

    host: str
    origin: str
    name: str

    @classmethod
    def of(cls, base_url: str, name: str) -> "Site":
        """The site of this install; on one's own machine that is localhost, whatever was typed."""
        parts = urlsplit(base_url)
        host = parts.hostname or ""
        if _is_loopback(host):
            port = f":{parts.port}" if parts.port else ""
            return cls("localhost", f"{parts.scheme}://localhost{port}", name)
        return cls(host, f"{parts.scheme}://{parts.netloc}", name)


def is_offered_at(base_url: str, host: str) -> bool:
    """Whether passkeys can work at the address by which this page was asked for."""
    return urlsplit(f"//{host}").hostname == Site.of(base_url, "").host


def offer_new(visit: Visit, counters: Counters, site: Site) -> str:
    """What a device needs in order to make a passkey for this account."""
    account = own_account(visit)
    challenge = _challenge(visit.chest, counters, visit.now, str(account.id))
    login = account.words(visit.vault, "login", account.person_id)
    return options_to_json(
        generate_registration_options(
            rp_id=site.host,
            rp_name=site.name,
            user_name=login,
            user_display_name=login,
            user_id=account.id.bytes,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=row.credential_id) for row in _own(visit, account)
            ],
        )
    )


def add(visit: Visit, counters: Counters, site: Site, given: dict[str, Any]) -> Passkey:
    """Keep a passkey that a device has just made."""
    account = own_account(visit)
    if len(_own(visit, account)) >= MOST_PASSKEYS:
        raise Refused(TOO_MANY)
    challenge = _spent(visit, counters, given, str(account.id))
    try:
        made = verify_registration_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise Refused(NOT_THIS_ONE) from problem
    row = Passkey(
        account_id=account.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        made_at=visit.now,
    )
    visit.db.add(row)
    audit.record(visit, Act.ADDED_PASSKEY, row.id)
    return row


def offer_sign_in(chest: Chest, counters: Counters, site: Site, now: datetime) -> str:
    """What a device needs in order to sign in; the same for everybody."""
    return options_to_json(
        generate_authentication_options(
            rp_id=site.host,
            challenge=_challenge(chest, counters, now, ""),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def recognise_passkey(
    visit: Visit, counters: Counters, site: Site, given: dict[str, Any]
) -> Account:
    """Whose passkey this is; every no is the same no."""
    challenge = _spent(visit, counters, given, "")
    try:
        row, account = _holder(visit, given)
        used = verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, NotFound) as problem:
        raise Refused(NOT_THIS_ONE) from problem
    row.sign_count = used.new_sign_count
    row.used_at = visit.now
    return account


def remove(visit: Visit, passkey_id: UUID) -> None:
    """One of one's own passkeys opens nothing any more."""
    row = visit.db.get(Passkey, passkey_id)
    if row is None or row.account_id != own_account(visit).id:
        raise NotFound
    visit.db.delete(row)
    audit.record(visit, Act.REMOVED_PASSKEY, passkey_id)


def _own(visit: Visit, account: Account) -> list[Passkey]:
    return list(visit.db.scalars(select(Passkey).where(Passkey.account_id == account.id)))


def _holder(visit: Visit, given: dict[str, Any]) -> tuple[Passkey, Account]:
    credential_id = base64url_to_bytes(given["rawId"])
    row = visit.db.scalars(
        select(Passkey).where(Passkey.credential_id == credential_id)
    ).one_or_none()
    account = visit.db.get(Account, row.account_id) if row else None
    if row is None or account is None or account.suspended_at or is_of_sample(visit.db, account):
        raise NotFound
    if base64url_to_bytes(given["response"]["userHandle"]) != account.id.bytes:
        raise NotFound
    return row, account


def _challenge(chest: Chest, counters: Counters, now: datetime, purpose: str) -> bytes:
    challenge = secrets.token_bytes(32)
    mark = chest.mark("tokens", "passkey", purpose, challenge.hex())
    counters.issue(mark, now + CHALLENGE_LASTS, now)
    return challenge


def _spent(visit: Visit, counters: Counters, given: dict[str, Any], purpose: str) -> bytes:
    """The challenge that the device answered, if it is one of ours and is spent here and now."""
    try:
        told = json.loads(base64url_to_bytes(given["response"]["clientDataJSON"]))
        challenge = base64url_to_bytes(told["challenge"])
    except (ValueError, KeyError, TypeError) as problem:
        raise Refused(NOT_THIS_ONE) from problem
    mark = visit.chest.mark("tokens", "passkey", purpose, challenge.hex())
    if not counters.spend(mark, visit.now):
        raise Refused(NOT_THIS_ONE)
    return challenge


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
