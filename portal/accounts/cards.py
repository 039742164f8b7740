"""What somebody may be shown of their own sign-ins, and what stands on an invitation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.people.cards import PersonCard


@dataclass(frozen=True)
class DeviceCard:
    """One browser that is signed in now."""

    id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True)
class PasskeyCard:
    """One passkey of one's own."""

    id: UUID
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class SettingsCard:
    """One's own name, sign-in name, devices and passkeys."""

    person: PersonCard
    login: str
    devices: tuple[DeviceCard, ...]
    passkeys: tuple[PasskeyCard, ...]


@dataclass(frozen=True)
class InvitationCard:
    """An invitation before its code is used: for whom it is, and whether it is a fresh start."""

    person_id: UUID
    first_name: str
    is_partner: bool
    has_account: bool


@dataclass(frozen=True)
class SlipCard:
    """An invitation as it is handed over: the address, the code, and until when it holds."""

    person: PersonCard
    code: str
    href: str
    picture: str
    picture_size: int
    expires_at: datetime
    back_href: str
    is_partner: bool
