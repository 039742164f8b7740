"""Asking about a practice."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.errors import NotFound
from portal.policies import deeds
from portal.policies.viewer import require
from portal.practice.models import CrisisContact, Practice
from portal.visit import Visit
from portal.vocabulary import OpeningRule, SecretsPolicy


@dataclass(frozen=True)
class PracticeCard:
    """A practice as its people may see it."""

    id: UUID
    name: str
    letterhead: str
    time_zone: str
    locale: str
    currency: str
    secrets_policy: SecretsPolicy
    opening_rule: OpeningRule
    clear_days: int
    is_sample: bool
    sender_name: str = ""


@dataclass(frozen=True)
class CrisisCard:
    """A help line, as it stands at the foot of a partner's page."""

    kind: str
    name: str
    contact: str
    text: str
    hours: str
    who_for: str


def is_empty(visit: Visit) -> bool:
    """Whether no practice of its own has been set up yet; the sample does not count."""
    own = select(Practice.id).where(Practice.is_sample.is_(False))
    return visit.db.scalars(own.limit(1)).first() is None


def practice_card(visit: Visit) -> PracticeCard:
    """The viewer's own practice."""
    practice = visit.db.get_one(Practice, visit.viewer.practice())
    visit.vault.warm([practice.id])
    return PracticeCard(
        id=practice.id,
        name=practice.words(visit.vault, "name", practice.id),
        letterhead=practice.words(visit.vault, "letterhead", practice.id),
        time_zone=practice.time_zone,
        locale=practice.locale,
        currency=practice.currency,
        secrets_policy=practice.secrets_policy,
        opening_rule=practice.opening_rule,
        clear_days=practice.clear_days,
        is_sample=practice.is_sample,
        sender_name=practice.words(visit.vault, "sender_name", practice.id),
    )


def crisis_cards(visit: Visit) -> tuple[CrisisCard, ...]:
    """The help lines that somebody in the practice has checked."""
    query = select(CrisisContact).where(
        CrisisContact.practice_id == visit.viewer.practice(),
        CrisisContact.confirmed_on.is_not(None),
    )
    rows = visit.db.scalars(query.order_by(CrisisContact.position))
    return tuple(
        CrisisCard(row.kind, row.name, row.contact, row.text_line, row.hours, row.who_for)
        for row in rows
    )


@dataclass(frozen=True)
class HelpLineCard:
    """A help line as the owner sees it: also while nobody has checked it."""

    id: UUID
    kind: str
    name: str
    contact: str
    text: str
    hours: str
    who_for: str
    confirmed_on: date | None
    dialled: str


def dialled(row: CrisisContact) -> str:
    """What somebody checks of a help line, in one line: its name and its numbers."""
    return json.dumps([row.name, row.contact, row.text_line])


def help_lines(visit: Visit) -> tuple[HelpLineCard, ...]:
    """All help lines of the owner's practice, checked or not."""
    require(deeds.may_lead_practice(visit.viewer))
    query = select(CrisisContact).where(CrisisContact.practice_id == visit.viewer.practice())
    rows = visit.db.scalars(query.order_by(CrisisContact.position, CrisisContact.id))
    return tuple(_help_line(row) for row in rows)


def help_line(visit: Visit, line_id: UUID) -> HelpLineCard:
    """One help line of the owner's practice."""
    found = next((line for line in help_lines(visit) if line.id == line_id), None)
    if found is None:
        raise NotFound
    return found


def _help_line(row: CrisisContact) -> HelpLineCard:
    return HelpLineCard(
        id=row.id,
        kind=row.kind,
        name=row.name,
        contact=row.contact,
        text=row.text_line,
        hours=row.hours,
        who_for=row.who_for,
        confirmed_on=row.confirmed_on,
        dialled=dialled(row),
    )


def sample_id(db: Session) -> UUID | None:
    """The sample practice, where it has been loaded."""
    return db.scalars(select(Practice.id).where(Practice.is_sample).limit(1)).first()
