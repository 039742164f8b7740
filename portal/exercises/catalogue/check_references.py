"""Check 16: every name of an exercise leads to one, and the trace agrees both ways."""

from collections.abc import Iterator

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import Node, as_list, doubles, is_text, maps, text, texts

TRACE = "trace.yaml"


def check_references(source: Source) -> Iterator[Fault]:
    """Follow-ups, core shelf and trace."""
    exercises = source.folder("exercises")
    traced = sections_by_exercise(source)
    yield from check_trace(source, set(exercises))
    shelf = source.file("common.yaml").get("core_shelf")
    yield from check_list("common.yaml", "core_shelf", shelf, set(exercises))
    for name, exercise in exercises.items():
        path = f"exercises/{name}.yaml"
        follow_ups = exercise.get("follow_ups")
        yield from check_list(path, "follow_ups", follow_ups, set(exercises) - {name})
        sections = traced.get(name, set())
        if not sections:
            yield Fault(16, path, "", "is nowhere in the trace")
        elif text(exercise.get("section")) not in sections:
            yield Fault(16, path, "section", "is not where the trace has it")
        named = {*texts(exercise.get("also_from")), text(exercise.get("section"))}
        for section in sorted(sections ^ named):
            yield Fault(16, path, "also_from", f"does not agree with the trace about {section!r}")
        if exercise.get("section") in texts(exercise.get("also_from")):
            yield Fault(16, path, "also_from", "names the main section again")


def check_list(path: str, key: str, names: Node, exercises: set[str]) -> Iterator[Fault]:
    """A list of exercises, each real and each once."""
    for name in as_list(names):
        if not isinstance(name, str) or name not in exercises:
            yield Fault(16, path, key, f"names no other exercise: {name!r}")
    for twice in doubles(as_list(names)):
        yield Fault(16, path, key, f"names {twice!r} twice")


def check_trace(source: Source, exercises: set[str]) -> Iterator[Fault]:
    """Every practice of the article leads to real exercises."""
    sections = maps(source.file(TRACE).get("sections"))
    for twice in doubles([section.get("key") for section in sections]):
        yield Fault(16, TRACE, f"sections.{twice}", "stands twice")
    for section in sections:
        place = f"sections.{section.get('key')}"
        if not maps(section.get("practices")) or not is_text(section.get("title")):
            yield Fault(16, TRACE, place, "needs a title and practices")
        for practice in maps(section.get("practices")):
            names = practice.get("exercises")
            if not as_list(names) or not is_text(practice.get("practice")):
                yield Fault(16, TRACE, place, f"has a practice without exercises: {practice!r:.60}")
            yield from check_list(TRACE, place, names, exercises)


def sections_by_exercise(source: Source) -> dict[str, set[str]]:
    """The parts of the article that lead to each exercise."""
    found: dict[str, set[str]] = {}
    for section in maps(source.file(TRACE).get("sections")):
        for practice in maps(section.get("practices")):
            for name in texts(practice.get("exercises")):
                found.setdefault(name, set()).add(text(section.get("key")))
    return found
