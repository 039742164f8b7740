"""The sample's people: a practice of their own, its counsellors, and three couples."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.service import make_account
from portal.audit.service import write_traces
from portal.people import service as people
from portal.people.models import Membership, Person
from portal.people.promises import mark_of
from portal.people.queries import own_couple, viewer_for
from portal.people.service import CoupleTerms, Naming
from portal.policies.viewer import Viewer
from portal.practice.cards import HelpLine, PracticeTerms
from portal.practice.service import add_line, confirm_line, found
from portal.visit import Visit
from portal.vocabulary import (
    ContactLevel,
    OpeningRule,
    PartnerRole,
    Role,
    Seat,
    SecretsPolicy,
    Stance,
)

PRACTICE = PracticeTerms(
    name="Millrace Counselling (sample)",
    letterhead="An invented practice\nNobody here is real",
    time_zone="Europe/London",
    locale="en",
    currency="GBP",
    secrets_policy=SecretsPolicy.JUDGEMENT,
    opening_rule=OpeningRule.COUNSELLOR,
)
HELP_LINES = (
    HelpLine("emergency", "Emergency services", "112", "", "24 hours", "Anyone in danger"),
    HelpLine("practice", "Millrace Counselling (sample)", "office hours", "", "9 to 5", ""),
)
BEFORE_ALL = timedelta(hours=1)


@dataclass(frozen=True)
class Cast:
    """Who plays one story."""

    couple_id: UUID
    counsellor_id: UUID
    people: dict[Seat, UUID]

    def seats(self, to: str) -> tuple[Seat, ...]:
        """The seats of those whom something is for: ‘a’, ‘b’ or the couple."""
        return tuple(self.people) if to == "couple" else (Seat(to),)


def sample_practice(visit: Visit) -> UUID:
    """The practice that all sample people belong to, with a help line that somebody has checked."""
    practice = found(visit, PRACTICE, is_sample=True)
    owner = Viewer(Role.OWNER, None, None, practice.id)
    here = Visit(visit.db, owner, visit.now, visit.vault)
    for line in HELP_LINES:
        row = add_line(here, line)
        visit.db.flush()  # it is confirmed in the same breath
        confirm_line(here, row.id, visit.now.date(), visit.now.date())
    write_traces(here)
    return practice.id


def cast_of(visit: Visit, practice_id: UUID, story: dict[str, Any], first: datetime) -> Cast:
    """One story's counsellor and couple, there from shortly before its first event."""
    opens = first - BEFORE_ALL
    counsellor_id = _counsellor(visit, practice_id, story["counsellor"], opens)
    here = seen_by(visit, counsellor_id, Role.COUNSELLOR, opens)
    couple = people.add_couple(here, _terms(story), _namings(story))
    here.db.flush()  # the seats are read back by their letters
    seats = {
        row.seat: row
        for row in visit.db.scalars(select(Membership).where(Membership.couple_id == couple.id))
    }
    taking_part = {seat: row.person_id for seat, row in seats.items() if row.participates}
    for seat, person_id in sorted(taking_part.items(), key=lambda item: item[0].value):
        _welcome(visit, person_id, str(story["partners"][seat.value]["email"]), opens)
    write_traces(here)
    return Cast(couple.id, counsellor_id, taking_part)


def seen_by(visit: Visit, person_id: UUID, role: Role, at: datetime) -> Visit:
    """A visit of this person at that moment, within the loading's own transaction."""
    visit.db.flush()  # the rows that say what is open to them may be new
    viewer = viewer_for(visit.db, person_id, None, role, at)
    if viewer is None:
        raise LookupError(f"nobody acts as {role.value} here")
    return Visit(visit.db, viewer, at, visit.vault)


def _counsellor(visit: Visit, practice_id: UUID, given: dict[str, Any], at: datetime) -> UUID:
    here = Visit(visit.db, Viewer(Role.SYSTEM, None, None, practice_id), at, visit.vault)
    name = str(given["name"])
    person = people.add_person(here, practice_id, Naming(name, name.split()[0]))
    people.give_role(here, person.id, Role.COUNSELLOR)
    make_account(here, person.id, str(given["email"]), None)
    write_traces(here)
    return person.id


def _welcome(visit: Visit, person_id: UUID, login: str, at: datetime) -> None:
    """A partner accepts their invitation, reads the promise, and learns the way out."""
    here = Visit(visit.db, Viewer(Role.SYSTEM, None, None, None), at, visit.vault)
    make_account(here, person_id, login, None)
    people.join(here, person_id)
    visit.db.get_one(Person, person_id).knows_leave_at = at
    partner = seen_by(visit, person_id, Role.PARTNER, at)
    people.acknowledge_policy(partner, mark_of(own_couple(partner).to_read))
    write_traces(partner)


def _terms(story: dict[str, Any]) -> CoupleTerms:
    return CoupleTerms(
        contact=ContactLevel(story["contact_level"]),
        time_zone=str(story["timezone"]),
        currency=str(story["currency"]),
        secrets_policy=SecretsPolicy(story["secrets_policy"]),
        opening_rule=OpeningRule(story["opening"]),
    )


def _namings(story: dict[str, Any]) -> list[Naming]:
    return [
        Naming(
            name=str(given.get("display_name", given["first_name"])),
            first_name=str(given["first_name"]),
            pronouns=str(given.get("pronouns", "")),
            contact=str(given.get("email", "")),
            participates=bool(given["participates"]),
            role=PartnerRole(given.get("role", "any")),
            stance=Stance(given.get("stance", "not_set")),
        )
        for given in story["partners"].values()
    ]
