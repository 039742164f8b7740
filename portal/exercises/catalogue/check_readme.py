"""Check 19: the description beside the files says what the files say."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import field_of, fields_of, fit, rules_named, safety_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import NodeMap
from portal.exercises.catalogue.readme_tables import (
    check_in_rows,
    counting,
    index_rows,
    measure_rows,
    programme_rows,
    trace_rows,
)
from portal.exercises.catalogue.shelf import Catalogue

README = "README.md"
TABLES = {
    "| id | Title | Main section |": index_rows,
    "| id | Title | Weeks |": programme_rows,
    "| Section of the article |": trace_rows,
    "| Key | Area | Wording": check_in_rows,
    "| Measure | Items | Range |": measure_rows,
}
RULES_TABLE = "| Rule | Keys | Looked at |"
EXERCISE_RULES_TABLE = "| Rule | Where | Entries |"
OTHERS = re.compile(r"Others of the same kinds: (.+?)\.(?:\s|$)", re.DOTALL)
MARKED = re.compile(r"`([^`]+)`")
# Words that stand in the entries and are neither rules nor questions.
WORDS = {*known.AUDIENCES, *known.STANCES, *known.FOR_ROLES, "safety.yaml", "needs_clear"}

fault = partial(Fault, 19, README)


def readme_faults(readme: str, catalogue: Catalogue) -> Iterator[Fault]:
    """Where the description and the files do not agree."""
    lines = readme.splitlines()
    for head, rows in TABLES.items():
        yield from differing(head, table(lines, head), list(rows(catalogue)))
    flat = " ".join(readme.split())
    if counting(catalogue) not in flat:
        yield fault("counts", f"does not say: {counting(catalogue)}")
    if flat.count(f"'{known.THE_SENTENCE}'") != 1:
        yield fault("the sentence", "does not hold the one sentence once")
    yield from missing_names(lines, flat)
    yield from untrue_rules(lines, readme, catalogue)


def table(lines: list[str], head: str) -> list[str]:
    """The lines of the table with this head, without head and rule."""
    for at, line in enumerate(lines):
        if line.startswith(head):
            return list(takewhile(lambda row: row.startswith("|"), lines[at + 2 :]))
    return []


def differing(head: str, found: list[str], wanted: list[str]) -> Iterator[Fault]:
    """Lines that stand on one side only."""
    found = [" ".join(line.split()) for line in found]
    wanted = [" ".join(line.split()) for line in wanted]
    for line in wanted:
        if line not in found:
            yield fault(head, f"lacks the line {line}")
    for line in found:
        if line not in wanted:
            yield fault(head, f"has a line that no file bears out: {line}")
    if len(found) != len(wanted):
        yield fault(head, "does not have as many lines as the files")


def missing_names(lines: list[str], flat: str) -> Iterator[Fault]:
    """Every rule and every state is named where it is explained."""
    described = {first_mark(line) for line in table(lines, RULES_TABLE)}
    for name in sorted(described ^ set(known.RULES)):
        yield fault("rules of exercises", f"names {name!r} on one side only")
    for name in known.COUPLE_RULES:
        if f"`{name}`" not in flat:
            yield fault("rules for every couple", f"does not name {name!r}")
    for states in (known.ASSIGNMENT_STATES, known.REFLECTION_STATES, known.STATUSES):
        if ", ".join(f"`{state}`" for state in states) not in flat:
            yield fault("states", f"does not name {', '.join(states)} in this order")


def first_mark(line: str) -> str:
    """The first marked word of a line."""
    found = MARKED.search(line)
    return found[1] if found else ""


def untrue_rules(lines: list[str], readme: str, catalogue: Catalogue) -> Iterator[Fault]:
    """Rules that the description gives to an exercise which does not hold them."""
    for line in table(lines, EXERCISE_RULES_TABLE):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 3 or cells[1] == "all":
            continue
        for place in MARKED.findall(cells[1]):
            name = place.partition(".")[0]
            for entry in MARKED.findall(cells[2]):
                if not bears_out(catalogue.exercises.get(name), entry):
                    yield fault("exercise rules", f"gives {entry!r} to {name!r}")
    others = OTHERS.search(readme)
    for clause in others[1].split(";") if others else ():
        yield from untrue_clause(MARKED.findall(clause), catalogue)


def untrue_clause(marks: list[str], catalogue: Catalogue) -> Iterator[Fault]:
    """A rule, and the exercises that are said to hold it."""
    for name in marks[1:]:
        exercise = catalogue.exercises.get(name)
        if exercise is not None and not bears_out(exercise, marks[0]):
            yield fault("others of the same kinds", f"gives {marks[0]!r} to {name!r}")


def bears_out(exercise: NodeMap | None, entry: str) -> bool:
    """Whether an exercise holds what the description says of it."""
    if exercise is None:
        return False
    key, colon, value = entry.partition(": ")
    if colon:
        return holds_value(exercise, key, value)
    if entry in known.RULES:
        return bool(rules_named(exercise, entry))
    if entry == "matches_only":
        return any("reveal" in field for field in fields_of(exercise))
    return entry in WORDS or field_of(exercise, entry) is not None


def holds_value(exercise: NodeMap, key: str, value: str) -> bool:
    """Whether a key of suits or safety has this value."""
    if key.startswith("suits."):
        return bool(fit(exercise, key.removeprefix("suits.")) == value)
    return str(safety_of(exercise).get(key)).lower() == value
