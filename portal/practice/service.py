"""Setting a practice up, changing its settings, checking its help lines, removing the sample."""

import secrets
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.foundation.chest import Chest
from portal.foundation.database import Base, held
from portal.foundation.errors import NotFound, Refused, Unfit
from portal.policies import deeds
from portal.policies.mail import is_neutral
from portal.policies.viewer import require
from portal.practice.cards import FirstPerson, HelpLine, PracticeTerms, Upstairs
from portal.practice.models import CrisisContact, Practice, SetupLink
from portal.practice.queries import dialled, is_empty
from portal.practice.starters import starter_blocks
from portal.visit import Trace, Visit
from portal.vocabulary import Act

SET_UP_ALREADY = "This portal has been set up already."
TELLING_NAME = (
    "This name would say in somebody's mailbox who writes, or what about. Choose a plainer one."
)
CHANGED_LINE = (
    "This line was changed in another place meanwhile. Look at it, then save the day again."
)
NOT_IN_FUTURE = "Choose today or a day before it."
KEPT = ("audit_entry", "audit_head")
AT_A_TIME = 500


def setup_link(db: Session, chest: Chest, now: datetime) -> str:
    """A fresh one-time code for an empty install; codes that were printed before end."""
    own = sa.select(Practice.id).where(Practice.is_sample.is_(False)).limit(1)
    if db.scalars(own).first() is not None:
        raise Refused(SET_UP_ALREADY)
    db.execute(sa.delete(SetupLink).where(SetupLink.used_at.is_(None)))
    code = secrets.token_urlsafe(24)
    db.add(SetupLink(code_hash=_hash(chest, code), made_at=now))
    return code


def require_link(visit: Visit, code: str) -> SetupLink:
    """Go on only with the one-time link of an install that is still empty."""
    query = sa.select(SetupLink).where(
        SetupLink.code_hash == _hash(visit.chest, code), SetupLink.used_at.is_(None)
    )
    link = visit.db.scalars(query).one_or_none()
    if link is None or not is_empty(visit):
        raise NotFound
    return link


def set_up(
    visit: Visit, code: str, terms: PracticeTerms, country: str, first: FirstPerson, rooms: Upstairs
) -> str:
    """An empty install becomes a practice; its first person is signed in with what is given back."""
    link = require_link(visit, code)
    faults = rooms.faults(visit, first, terms.name)
    if faults:
        raise Unfit(dict(faults))
    _spend(visit, link)
    practice = found(visit, terms)
    _start_lines(visit, practice.id, country)
    token = rooms.welcome(visit, practice.id, first)
    visit.traces.append(Trace(Act.SET_UP, practice.id, practice_id=practice.id))
    return token


def found(visit: Visit, terms: PracticeTerms, *, is_sample: bool = False) -> Practice:
    """Write a practice down under a key of its own."""
    practice = Practice(
        time_zone=terms.time_zone,
        locale=terms.locale,
        currency=terms.currency,
        secrets_policy=terms.secrets_policy,
        opening_rule=terms.opening_rule,
        clear_days=terms.clear_days,
        is_sample=is_sample,
        made_at=visit.now,
    )
    visit.vault.new_practice_key(practice.id, visit.now)
    practice.put(visit.vault, "name", terms.name, practice.id)
    practice.put(visit.vault, "letterhead", terms.letterhead, practice.id)
    visit.db.add(practice)
    visit.db.flush()  # people and help lines point at the practice
    return practice


def keep_others_out(visit: Visit) -> None:
    """What is read of the practice from now on is what will be changed: others wait."""
    require(deeds.may_lead_practice(visit.viewer))
    here = sa.select(Practice).where(Practice.id == visit.viewer.practice())
    # What only points at the practice need not wait.
    visit.db.scalars(held(here, key_share=True)).one()


def change_practice(visit: Visit, terms: PracticeTerms) -> None:
    """The owner changes the practice; couples keep the promise they were given."""
    require(deeds.may_lead_practice(visit.viewer))
    practice = visit.db.get_one(Practice, visit.viewer.practice())
    practice.put(visit.vault, "name", terms.name, practice.id)
    practice.put(visit.vault, "letterhead", terms.letterhead, practice.id)
    practice.time_zone = terms.time_zone
    practice.locale = terms.locale
    practice.currency = terms.currency
    practice.secrets_policy = terms.secrets_policy
    practice.opening_rule = terms.opening_rule
    practice.clear_days = terms.clear_days
    audit.record(visit, Act.CHANGED_PRACTICE, practice.id)


def name_sender(visit: Visit, name: str) -> None:
    """Under which name the practice's messages come; refused where it would tell something."""
    require(deeds.may_lead_practice(visit.viewer))
    practice = visit.db.get_one(Practice, visit.viewer.practice())
    if not is_neutral(name, practice.words(visit.vault, "name", practice.id)):
        raise Unfit({"sender_name": TELLING_NAME})
    practice.put(visit.vault, "sender_name", name, practice.id)
    audit.record(visit, Act.CHANGED_PRACTICE, practice.id)


def add_line(visit: Visit, line: HelpLine) -> CrisisContact:
    """Write down one more help line; partners see it once it has been checked."""
    require(deeds.may_lead_practice(visit.viewer))
    row = _add_line(visit, visit.viewer.practice(), line)
    audit.record(visit, Act.CHANGED_PRACTICE, row.id)
    return row


def change_line(visit: Visit, line_id: UUID, line: HelpLine) -> None:
    """Correct a help line; a changed one has to be checked afresh."""
    row = _line(visit, line_id)
    before = dialled(row)
    _write_line(row, line)
    if dialled(row) != before:
        row.confirmed_on = None
    audit.record(visit, Act.CHANGED_PRACTICE, row.id)


def confirm_line(
    visit: Visit, line_id: UUID, on: date | None, today: date, shown: str | None = None
) -> None:
    """Somebody has rung or checked this line on this day; without a day it is switched off.

    Where a page says what it showed as the line, another number is not switched on in its place.
    """
    row = _line(visit, line_id)
    if on is not None and shown is not None and shown != dialled(row):
        raise Unfit({"confirmed_on": CHANGED_LINE})
    if on is not None and on > today:
        raise Unfit({"confirmed_on": NOT_IN_FUTURE})
    row.confirmed_on = on
    audit.record(visit, Act.CHANGED_PRACTICE, row.id)


def remove_line(visit: Visit, line_id: UUID) -> None:
    """Take a help line away."""
    visit.db.delete(_line(visit, line_id))
    audit.record(visit, Act.CHANGED_PRACTICE, line_id)


def remove_sample(visit: Visit, practice_id: UUID) -> None:
    """Remove the sample practice: every row of it, and every key."""
    practice = visit.db.get(Practice, practice_id)
    inside = visit.viewer.practice_id == practice_id
    if practice is None or not practice.is_sample:
        raise NotFound
    if not inside and not deeds.may_lead_practice(visit.viewer):
        raise NotFound
    visit.db.flush()  # what is deleted is found among the rows
    owned = _rows_of(visit.db, practice_id)
    for table, ids in reversed(owned.items()):
        for part in _parts(ids):
            visit.db.execute(sa.delete(table).where(table.c.id.in_(part)))
    visit.vault.destroy_practice(practice_id)
    visit.traces.append(Trace(Act.REMOVED_SAMPLE, practice_id, practice_id=practice_id))


def _rows_of(db: Session, practice_id: UUID) -> dict[sa.Table, list[UUID]]:
    """Everything that hangs on a practice, in whichever room: by its id, or by what points at it."""
    owned: dict[sa.Table, list[UUID]] = {}
    # Tables without a foreign key to people stand anywhere in the order, so they are asked last.
    for table in sorted(Base.metadata.sorted_tables, key=_names_people_loosely):
        if table.name == Practice.__tablename__:
            owned[table] = [practice_id]
        elif table.name not in KEPT:
            found_ids = _found_in(db, table, practice_id, owned)
            if found_ids:
                owned[table] = found_ids
    return owned


def _found_in(
    db: Session, table: sa.Table, practice_id: UUID, owned: dict[sa.Table, list[UUID]]
) -> list[UUID]:
    found_ids: set[UUID] = set()
    if "practice_id" in table.c:
        here = sa.select(table.c.id).where(table.c.practice_id == practice_id)
        found_ids.update(db.scalars(here))
    for column, parent in _pointers(table):
        for part in _parts(owned.get(parent, [])):
            found_ids.update(db.scalars(sa.select(table.c.id).where(column.in_(part))))
    return sorted(found_ids)


def _pointers(table: sa.Table) -> list[tuple[sa.Column[UUID], sa.Table]]:
    pointers = [
        (key.parent, key.column.table)
        for key in table.foreign_keys
        if key.column.table is not table and key.column.table.name != Practice.__tablename__
    ]
    # The outbox names its reader without a foreign key, so that it never holds anybody up.
    if _names_people_loosely(table):
        pointers.append((table.c.person_id, Base.metadata.tables["person"]))
    return pointers


def _names_people_loosely(table: sa.Table) -> bool:
    return "person_id" in table.c and not table.c.person_id.foreign_keys


def _parts(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[n : n + AT_A_TIME] for n in range(0, len(ids), AT_A_TIME)]


def _start_lines(visit: Visit, practice_id: UUID, country: str) -> None:
    block = next((each for each in starter_blocks() if each.key == country), None)
    for line in block.lines if block else ():
        given = HelpLine(line.kind, line.name, line.contact, line.text, line.hours, line.who_for)
        _add_line(visit, practice_id, given)


def _add_line(visit: Visit, practice_id: UUID, line: HelpLine) -> CrisisContact:
    last = sa.select(sa.func.max(CrisisContact.position)).where(
        CrisisContact.practice_id == practice_id
    )
    row = CrisisContact(practice_id=practice_id, position=(visit.db.scalar(last) or 0) + 1)
    _write_line(row, line)
    visit.db.add(row)
    return row


def _write_line(row: CrisisContact, line: HelpLine) -> None:
    row.kind, row.name, row.contact = line.kind, line.name, line.contact
    row.text_line, row.hours, row.who_for = line.text, line.hours, line.who_for


def _line(visit: Visit, line_id: UUID) -> CrisisContact:
    keep_others_out(visit)
    row = visit.db.get(CrisisContact, line_id, populate_existing=True)
    if row is None or row.practice_id != visit.viewer.practice():
        raise NotFound
    return row


def _spend(visit: Visit, link: SetupLink) -> None:
    spent = (
        sa.update(SetupLink)
        .where(SetupLink.id == link.id, SetupLink.used_at.is_(None))
        .values(used_at=visit.now)
        .returning(SetupLink.id)
    )
    if visit.db.execute(spent).one_or_none() is None:
        raise NotFound


def _hash(chest: Chest, code: str) -> str:
    return chest.mark("tokens", "set-up", code)
