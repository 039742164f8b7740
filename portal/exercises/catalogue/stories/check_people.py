"""Check 20: a sample says who the invented people are, and which rules they chose."""

from collections.abc import Iterator

from portal.exercises.catalogue import known
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import (
    NodeMap,
    as_map,
    doubles,
    is_text,
    is_whole,
    maps,
    text,
)
from portal.exercises.catalogue.stories.story import PARTNERS, Story

TOP = (
    "schema",
    "id",
    "fictional",
    "banner",
    "title",
    "contact_level",
    "country",
    "currency",
    "timezone",
    "secrets_policy",
    "opening",
    "counsellor",
    "partners",
    "family",
    "presenting",
    "date_notation",
    "programmes",
    "joint_work",
    "check_ins",
    "sessions",
    "assignments",
)
CHOSEN = {
    "contact_level": known.CONTACT_LEVELS,
    "secrets_policy": known.POLICIES,
    "opening": known.OPENING_RULES,
}
PERSON = (
    "first_name",
    "participates",
    "last_name",
    "display_name",
    "pronouns",
    "age",
    "email",
    "role",
    "stance",
    "about",
)
ASSIGNMENT = (
    "id",
    "exercise",
    "to",
    "assigned",
    "due",
    "state",
    "ended",
    "submissions",
    "reveals",
    "releases",
    "highlights",
    "feedback",
    "personal_line",
)
ENTRIES = {
    "programmes": {"programme", "at", "time"},
    "joint_work": {"at", "time", "status", "note"},
    "check_ins": {"by", "at", "time", "answers", "comment"},
}
PARTS = {
    "submissions": {
        "by",
        "at",
        "time",
        "round",
        "revision",
        "confirmed",
        "state",
        "reviewed",
        "returned",
        "agrees_to_open",
        "answers",
        "after",
    },
    "reveals": {"round", "at", "time", "by", "note"},
    "releases": {
        "field",
        "round",
        "revision",
        "at",
        "time",
        "agreed_by",
        "opened",
        "shared_rows",
        "note",
    },
    "highlights": {"by", "field", "group", "phrase", "at", "time", "action"},
    "feedback": {"at", "time", "by", "to", "round", "revision", "text"},
}


def check_people(story: Story) -> Iterator[Fault]:
    """Keys, choices, ids and people of one sample."""
    for key, reason in wrong_head(story.path, story.node):
        yield Fault(20, story.path, key, reason)
    for key, reason in wrong_people(story.node):
        yield Fault(20, story.path, key, reason)
    for key, reason in wrong_entries(story.node):
        yield Fault(20, story.path, key, reason)


def wrong_head(path: str, node: NodeMap) -> Iterator[tuple[str, str]]:
    """The keys of the file, and what the couple chose."""
    if tuple(node) != TOP:
        odd = sorted(set(node) ^ set(TOP)) or ["their order"]
        yield "", f"does not have the keys of a sample: {', '.join(odd)}"
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if (node.get("schema"), node.get("id")) != ("sample-couple/1", name):
        yield "id", "needs schema sample-couple/1 and the file name as id"
    if node.get("fictional") is not True or not is_text(node.get("banner")):
        yield "fictional", "does not say that these people are invented"
    for key, values in CHOSEN.items():
        if node.get(key) not in values:
            yield key, f"is not one of {', '.join(values)}"


def wrong_people(node: NodeMap) -> Iterator[tuple[str, str]]:
    """Everybody is marked as invented; who does not take part has a first name only."""
    yield from wrong_name("counsellor", as_map(node.get("counsellor")), "name")
    partners = as_map(node.get("partners"))
    if tuple(partners) != PARTNERS:
        yield "partners", "is not a and b"
    if not any(as_map(person).get("participates") is True for person in partners.values()):
        yield "partners", "has nobody who takes part"
    for letter, person in partners.items():
        yield from wrong_person(f"partners.{letter}", as_map(person))


def wrong_person(key: str, person: NodeMap) -> Iterator[tuple[str, str]]:
    """One partner, taking part or not."""
    if person.get("participates") is not True:
        if tuple(person) != ("first_name", "participates"):
            yield key, "does not take part, and has more than a first name"
        elif person["participates"] is not False or not is_text(person["first_name"]):
            yield key, "needs a first name and participates"
        return
    if [name for name in PERSON if name in person] != list(person):
        yield key, "does not have the keys of a partner in order"
    for name in sorted(set(PERSON) - {"role"} - set(person)):
        yield f"{key}.{name}", "is missing"
    if person.get("role", "any") not in known.FOR_ROLES:
        yield f"{key}.role", f"is unknown: {person['role']!r}"
    if person.get("stance") not in known.STANCES:
        yield f"{key}.stance", f"is unknown: {person.get('stance')!r}"
    yield from wrong_name(key, person, "display_name")


def wrong_name(key: str, person: NodeMap, name: str) -> Iterator[tuple[str, str]]:
    """A name with '(demo)' and an address that leads nowhere."""
    if not text(person.get(name)).endswith("(demo)"):
        yield f"{key}.{name}", "is not marked with (demo)"
    if not text(person.get("email")).endswith(".invalid"):
        yield f"{key}.email", "does not end in .invalid"


def wrong_entries(node: NodeMap) -> Iterator[tuple[str, str]]:
    """Known keys below the head, and each id once."""
    for name, keys in ENTRIES.items():
        for at, entry in enumerate(maps(node.get(name))):
            for key in sorted(set(entry) - keys):
                yield f"{name}[{at}].{key}", "is not a known key"
            if name == "joint_work" and entry.get("status") not in known.STATUSES:
                yield f"{name}[{at}].status", f"is unknown: {entry.get('status')!r}"
    ids = [entry.get("id") for entry in maps(node.get("assignments"))]
    for name, found in (
        ("assignments", ids),
        ("sessions", [entry.get("id") for entry in maps(node.get("sessions"))]),
    ):
        if doubles(found) or not all(map(is_text, found)):
            yield name, "needs an id for each, and none twice"
    for at, work in enumerate(maps(node.get("assignments"))):
        yield from wrong_assignment(f"assignments[{at}]", work)


def wrong_assignment(key: str, work: NodeMap) -> Iterator[tuple[str, str]]:
    """The keys of one assignment and of all that belongs to it."""
    if [name for name in ASSIGNMENT if name in work] != list(work):
        yield key, "does not have the keys of an assignment in order"
    for name, keys in PARTS.items():
        for at, part in enumerate(maps(work.get(name))):
            for odd in sorted(set(part) - keys):
                yield f"{key}.{name}[{at}].{odd}", "is not a known key"
            for number in ("round", "revision"):
                if number in part and not (is_whole(part[number]) and part[number] > 0):
                    yield f"{key}.{name}[{at}].{number}", "is not a number"
