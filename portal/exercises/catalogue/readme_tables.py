"""The tables of the catalogue's own description, drawn from the files that they describe."""

from collections.abc import Iterator

from portal.exercises.catalogue.exercise import fields_of, fit, safety_of
from portal.exercises.catalogue.known import SUITS
from portal.exercises.catalogue.nodes import NodeMap, as_list, as_map, maps, text, texts
from portal.exercises.catalogue.shelf import Catalogue

FIT_WORDS = {"full": "yes", "adapted": "adapted", "never": "no"}
SEPARATE = "separate, counsellor only"


def row(*cells: object) -> str:
    """One line of a table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def index_rows(catalogue: Catalogue) -> Iterator[str]:
    """One line for each exercise."""
    titles = {s.get("key"): s.get("title") for s in maps(catalogue.trace.get("sections"))}
    shelf = texts(catalogue.common.get("core_shelf"))
    for name, exercise in catalogue.exercises.items():
        role = text(exercise.get("for_role"))
        title = text(exercise.get("title"))
        yield row(
            f"`{name}`{'*' if name in shelf else ''}",
            title if role == "any" else f"{title} ({role.replace('_', ' ')})",
            titles.get(exercise.get("section")),
            exercise.get("mode"),
            rhythm(exercise),
            exercise.get("minutes"),
            exercise.get("difficulty"),
            " / ".join(FIT_WORDS.get(text(fit(exercise, level)), "?") for level in SUITS),
            gate(exercise),
        )


def rhythm(exercise: NodeMap) -> str:
    """How often, and for how long."""
    cadence, run = text(exercise.get("cadence")), as_map(exercise.get("run"))
    unit = {"daily": "days", "weekly": "weeks"}.get(cadence)
    return f"{cadence}, {run.get(unit)} {unit}" if unit else cadence


def gate(exercise: NodeMap) -> str:
    """What stands before assigning."""
    safety = safety_of(exercise)
    names = ["clear"] if safety.get("requires_clear") is True else []
    names += ["confirm"] if as_list(safety.get("confirm")) else []
    return " + ".join(names) or "open"


def programme_rows(catalogue: Catalogue) -> Iterator[str]:
    """One line for each programme."""
    for name, programme in catalogue.programmes.items():
        steps = [
            f"w{step.get('week')} {step.get('exercise')}"
            f"{' (optional)' if step.get('optional') else ''}"
            for step in maps(programme.get("steps"))
        ]
        weeks, title = programme.get("weeks"), programme.get("title")
        yield row(f"`{name}`", title, weeks, "; ".join(steps))


def trace_rows(catalogue: Catalogue) -> Iterator[str]:
    """One line for each practice; a section is named in its first line."""
    for section in maps(catalogue.trace.get("sections")):
        title = text(section.get("title"))
        for practice in maps(section.get("practices")):
            names = ", ".join(f"`{name}`" for name in texts(practice.get("exercises")))
            yield row(title, practice.get("practice"), names)
            title = ""


def check_in_rows(catalogue: Catalogue) -> Iterator[str]:
    """One line for each item of the check-in."""
    scales = maps(as_map(catalogue.check_in.get("scoring")).get("subscales"))
    for item in maps(catalogue.check_in.get("items")):
        key = item.get("key")
        scored = [text(scale.get("label")) for scale in scales if key in as_list(scale["items"])]
        yield row(
            f"`{key}`",
            item.get("area"),
            item.get("text"),
            f"{item.get('low')} ... {item.get('high')}",
            ", ".join(scored) or SEPARATE,
        )


def measure_rows(catalogue: Catalogue) -> Iterator[str]:
    """One line for each published measure."""
    for measure in maps(catalogue.instruments.get("instruments")):
        change, ends = as_map(measure.get("change")), as_list(measure.get("range"))
        yield row(
            f"{measure.get('name')} (`{measure.get('id')}`)",
            measure.get("items"),
            " to ".join(map(str, ends)),
            as_map(measure.get("cut_off")).get("rule"),
            f"{change.get('figure')} ({change.get('status')})",
            measure.get("licence"),
        )


def counting(catalogue: Catalogue) -> str:
    """The sentence that counts the catalogue."""
    exercises = list(catalogue.exercises.values())

    def number(key: str, value: str) -> int:
        return sum(exercise.get(key) == value for exercise in exercises)

    sections = maps(catalogue.trace.get("sections"))
    practices = sum(len(maps(section.get("practices"))) for section in sections)
    questions = sum(len(fields_of(exercise)) for exercise in exercises)
    return (
        f"{len(exercises)} exercises ({number('mode', 'individual')} individual, "
        f"{number('mode', 'paired')} paired, {number('mode', 'joint')} joint; "
        f"{number('cadence', 'once')} one-off, {number('cadence', 'daily')} daily, "
        f"{number('cadence', 'weekly')} weekly), {questions} questions, "
        f"{practices} practices traced from {len(sections)} parts of the article, and "
        f"{len(catalogue.programmes)} programmes. "
        f"{len(as_list(catalogue.common.get('core_shelf')))} exercises form a core shelf"
    )
