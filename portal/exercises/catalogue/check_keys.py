"""Check 2: every file says what it is, and an exercise has all its keys in order."""

import re
from collections.abc import Callable, Iterator

from portal.exercises.catalogue import known
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import (
    Node,
    NodeMap,
    are_maps,
    are_texts,
    as_map,
    in_step,
    is_number,
    is_text,
    is_whole,
    maps,
    text,
)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SCHEMAS = {
    "exercises": "exercise/1",
    "programmes": "programme/1",
    "check-in.yaml": "check-in/1",
    "common.yaml": "common/1",
    "instruments.yaml": "instruments/1",
    "safety.yaml": "safety/1",
    "trace.yaml": "trace/1",
}
PROGRAMME_KEYS = (
    "schema",
    "id",
    "version",
    "title",
    "purpose",
    "contact_levels",
    "for_one_partner",
    "weeks",
    "check_in",
    "before_starting",
    "minutes_per_person_per_week",
    "stages",
    "steps",
    "ends_with",
    "next",
)


def one_of(*words: Node) -> Callable[[Node], bool]:
    """A test whether a value is one of these."""
    return lambda node: any(node is word or node == word for word in words)


def is_map(node: Node) -> bool:
    """Whether a map stands here."""
    return isinstance(node, dict)


def some_of(*words: str) -> Callable[[Node], bool]:
    """A test whether a list holds at least one of these words, and no other."""
    return lambda node: are_texts(node) and bool(node) and set(node) <= set(words)


def is_suits(node: Node) -> bool:
    """Whether each contact level and one partner alone has its fit."""
    fits = as_map(node)
    return tuple(fits) == known.SUITS and all(fit in known.FITS for fit in fits.values())


# Each key of an exercise in its order, with what may stand there.
EXERCISE_KEYS: dict[str, Callable[[Node], bool]] = {
    "schema": is_text,
    "id": is_text,
    "version": lambda node: is_whole(node) and node >= 1,
    "title": is_text,
    "purpose": is_text,
    "section": is_text,
    "also_from": are_texts,
    "roots": some_of(*known.ROOTS),
    "difficulty": lambda node: is_whole(node) and 1 <= node <= 3,
    "mode": one_of(*known.MODES),
    "cadence": one_of(*known.CADENCES),
    "run": is_map,
    "minutes": lambda node: is_number(node) and node > 0,
    "for_role": one_of(*known.FOR_ROLES),
    "suits": is_suits,
    "intro": is_text,
    "solo": is_map,
    "fields": lambda node: are_maps(node) and bool(node),
    "review": are_texts,
    "discuss": are_texts,
    "safety": is_map,
    "follow_ups": are_texts,
    "measures": are_maps,
    "sources": are_texts,
}


def check_keys(source: Source) -> Iterator[Fault]:
    """Every file of the catalogue says what it is."""
    for path in source.files:
        yield from check_identity(path, source.file(path))
    sections = {
        text(section.get("key")) for section in maps(source.file("trace.yaml").get("sections"))
    }
    for name, exercise in source.folder("exercises").items():
        yield from check_exercise(f"exercises/{name}.yaml", exercise, sections)
    for name, programme in source.folder("programmes").items():
        yield from in_order(f"programmes/{name}.yaml", programme, PROGRAMME_KEYS, ("stages",))


def check_identity(path: str, node: NodeMap) -> Iterator[Fault]:
    """The schema of its folder, and the file name as id."""
    folder = path.partition("/")[0]
    if node.get("schema") != SCHEMAS[folder]:
        yield Fault(2, path, "schema", f"is not {SCHEMAS[folder]}")
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if "/" in path and (node.get("id") != name or not SLUG.fullmatch(name)):
        yield Fault(2, path, "id", f"is not the file name {name!r} in lower-case words and hyphens")


def in_order(
    path: str, node: NodeMap, keys: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[Fault]:
    """All keys, no others, in their order."""
    for key in node:
        if key not in keys:
            yield Fault(2, path, key, "is not a known key")
    for key in keys:
        if key not in node and key not in optional:
            yield Fault(2, path, key, "is missing")
    present = [key for key in node if key in keys]
    expected = [key for key in keys if key in node]
    for found, wanted in zip(present, expected, strict=True):
        if found != wanted:
            yield Fault(2, path, found, f"stands where {wanted!r} belongs")
            return


def check_exercise(path: str, exercise: NodeMap, sections: set[str]) -> Iterator[Fault]:
    """The keys of one exercise and what stands under them."""
    yield from in_order(path, exercise, tuple(EXERCISE_KEYS), ("solo",))
    for key, is_right in EXERCISE_KEYS.items():
        if key in exercise and not is_right(exercise[key]):
            yield Fault(2, path, key, f"has an unknown value: {exercise[key]!r:.80}")
    yield from check_run(path, exercise)
    for key in ("section", "also_from"):
        named = exercise.get(key)
        for section in named if isinstance(named, list) else [named]:
            if not isinstance(section, str) or section not in sections:
                yield Fault(2, path, key, f"names no section of the trace: {section!r}")


def check_run(path: str, exercise: NodeMap) -> Iterator[Fault]:
    """How long the work runs, counted the way its cadence counts."""
    unit = known.CADENCES.get(text(exercise.get("cadence")))
    run = as_map(exercise.get("run"))
    length = run.get(unit) if unit else None
    fits = tuple(run) == (unit,) and in_step(1, length)
    if not fits or (unit == "times" and length != 1):
        yield Fault(2, path, "run", "does not match the cadence")
