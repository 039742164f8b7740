"""Which pages there are to look at, who looks, and at which of their things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.accounts import service as accounts
from portal.exercises.models import Edition
from portal.homework.models import Assignment, Round
from portal.homework.programmes.models import Programme, ProgrammeStep
from portal.measures.models import CheckIn
from portal.people.models import Person
from portal.practice.models import CrisisContact
from portal.reports.models import SummaryDocument
from portal.sessions.models import TherapySession
from portal.vocabulary import EditionKind, ProgrammeState, Role, StepState
from portal.web.access import doors_of
from tests.tools.sample_house import TODAY, SampleHouse

# What is asked for with GET and is no page, each with its reason.
NO_PAGE = {
    "accounts.stay": "that somebody goes on typing, for a script",
    "letters.go": "leads from a letter to the page of the thing",
    "desk.home": "leads on to everybody's own first page",
    "reflections.sheet_state": "whether the sheet was changed, for a script",
    "reflections.token": "a fresh token, for a script",
    "reports.state": "how far the printing is, for a script",
    "reports.download": "a finished PDF",
    "records.notes": "a file with one's own words",
    "records.file": "the file of both, as it left",
    "records.data": "the same, for a program",
    "static_file": "a file of ours",
    "font_file": "a file of ours",
}
# Pages that are pictured in a way of their own, below.
BY_HAND = ("practice.set_up", "accounts.invitation")
# What may stand in an address; a page with anything else cannot be found, and fails.
ARGUMENTS = (
    "couple_id",
    "round_id",
    "check_in_id",
    "assignment_id",
    "edition_id",
    "session_id",
    "document_id",
    "person_id",
    "line_id",
    "programme_id",
    "step_id",
    "seat",
    "page",
    "code",
)
ORDER = (Role.PARTNER, Role.COUNSELLOR, Role.OWNER, Role.SUPERVISOR)
MOST_TRIES, ENOUGH = 60, 3
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """One page as one person sees it."""

    endpoint: str
    path: str
    person_id: UUID | None = None
    role: Role = Role.NOBODY


def pages_in(house: SampleHouse) -> list[str]:
    """Every endpoint that has to have its picture."""
    rules = house.app.url_map.iter_rules()
    found = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    return sorted(found - set(NO_PAGE))


def places_in(house: SampleHouse) -> Iterator[Place]:
    """Each page once: the fullest that can be found, seen by the first role it is for."""
    things = things_in(house)
    clients: dict[tuple[UUID | None, Role], FlaskClient] = {}
    for rule in sorted(house.app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "GET" not in (rule.methods or ()) or rule.endpoint in (*NO_PAGE, *BY_HAND):
            continue
        place = _fullest(house, rule, things, clients)
        if place is not None:
            yield place


def things_in(house: SampleHouse) -> dict[str, list[object]]:
    """What can stand in an address, by the name it has there."""
    with house.world.as_(house.counsellor_id, Role.COUNSELLOR) as visit:
        code = accounts.invite(visit, house.invited_id)
    with house.world.visit() as visit:
        read = visit.db.scalars
        begun = sa.select(Round.id).where(Round.first_on <= TODAY.date())
        editions = sa.select(Edition.id).where(Edition.kind == EditionKind.EXERCISE)
        return {
            "couple_id": list(house.couples),
            "round_id": list(read(begun.order_by(Round.first_on.desc(), Round.id))),
            "check_in_id": list(read(sa.select(CheckIn.id).order_by(CheckIn.sent_at.desc()))),
            "assignment_id": list(read(sa.select(Assignment.id))),
            "edition_id": list(read(editions.order_by(Edition.key))),
            "session_id": list(read(sa.select(TherapySession.id))),
            "document_id": list(read(sa.select(SummaryDocument.id))),
            "person_id": list(read(sa.select(Person.id))),
            "line_id": list(read(sa.select(CrisisContact.id))),
            "programme_id": list(read(_longest_programme())),
            "step_id": list(read(sa.select(ProgrammeStep.id).order_by(*_still_prepared()))),
            "seat": ["a", "b"],
            "page": [1],
            "code": [code],
        }


def _longest_programme() -> sa.Select[UUID]:
    """The programme under way with the most weeks in it comes first."""
    last = sa.select(sa.func.max(ProgrammeStep.week)).where(
        ProgrammeStep.programme_id == Programme.id
    )
    under_way = Programme.state == ProgrammeState.RUNNING
    return sa.select(Programme.id).order_by(under_way.desc(), last.scalar_subquery().desc())


def _still_prepared() -> tuple[Any, ...]:
    """Steps of the longest programme that can still be given come first."""
    prepared = ProgrammeStep.state == StepState.SCHEDULED
    longest = _longest_programme().limit(1).scalar_subquery()
    return (
        (ProgrammeStep.programme_id == longest).desc(),
        prepared.desc(),
        ProgrammeStep.week.desc(),
    )


def _fullest(
    house: SampleHouse,
    rule: Rule,
    things: dict[str, list[object]],
    clients: dict[tuple[UUID | None, Role], FlaskClient],
) -> Place | None:
    found: list[tuple[int, Place]] = []
    for person_id, role in _who(house, rule.endpoint):
        if rule.arguments and len(found) >= ENOUGH:
            break
        client = clients.setdefault((person_id, role), house.client(person_id, role))
        for given in islice(_given(rule, things), MOST_TRIES):
            with house.app.test_request_context():
                path = house.app.url_for(rule.endpoint, **given)
            answer = client.get(path)
            size = len(answer.data)
            if answer.status_code == 200:
                found.append((size, Place(rule.endpoint, path, person_id, role)))
            if len(found) >= ENOUGH:
                break
    return max(found, key=lambda each: each[0])[1] if found else None


def _who(house: SampleHouse, endpoint: str) -> list[tuple[UUID | None, Role]]:
    doors = doors_of(house.app.view_functions[endpoint]) or frozenset()
    role = next((role for role in ORDER if role in doors), Role.NOBODY)
    people: dict[Role, list[UUID]] = {
        Role.PARTNER: house.partners(),
        Role.COUNSELLOR: house.counsellors(),
        Role.OWNER: [house.owner_id],
    }
    if endpoint == "accounts.welcome":
        return [(house.newcomer_id, Role.PARTNER)]
    if endpoint == "accounts.promise":
        return [(house.asked_again_id, Role.PARTNER)]
    return [(person_id, role) for person_id in people.get(role, [])] or [(None, Role.NOBODY)]


def _given(rule: Rule, things: dict[str, list[object]]) -> Iterator[Given]:
    names = sorted(rule.arguments)
    for chosen in product(*(things[name] for name in names)):
        yield dict(zip(names, chosen, strict=True))
