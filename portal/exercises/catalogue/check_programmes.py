"""Check 17: each step of a programme can be given to whom it names, when it says."""

from collections.abc import Iterator

from portal.exercises.catalogue import known
from portal.exercises.catalogue.exercise import fit, is_shared, rules_named, safety_of
from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import (
    NodeMap,
    as_list,
    in_step,
    is_whole,
    maps,
    one_or_more,
    text,
)

PERSONS = ("each", "client", "hurt_partner", "involved_partner")
STEP_KEYS = {"week", "exercise", "to", "optional", "note"}


def check_programmes(source: Source) -> Iterator[Fault]:
    """Every programme and every step."""
    exercises, programmes = source.folder("exercises"), source.folder("programmes")
    for name, programme in programmes.items():
        path = f"programmes/{name}.yaml"
        yield from check_programme(path, programme, set(programmes) - {name})
        before: list[NodeMap] = []
        for at, step in enumerate(maps(programme.get("steps"))):
            exercise = exercises.get(text(step.get("exercise")))
            if exercise is None:
                reasons = [f"names no exercise: {step.get('exercise')!r}"]
            else:
                reasons = list(wrong_step(programme, step, exercise, before))
            for reason in reasons:
                yield Fault(17, path, f"steps[{at}]", reason)
            before.append(step)


def check_programme(path: str, programme: NodeMap, others: set[str]) -> Iterator[Fault]:
    """For whom it is, how long it runs and what may come next."""
    levels = as_list(programme.get("contact_levels"))
    if not levels or any(level not in known.CONTACT_LEVELS for level in levels):
        yield Fault(17, path, "contact_levels", "names an unknown contact level")
    if not isinstance(programme.get("for_one_partner"), bool):
        yield Fault(17, path, "for_one_partner", "is neither true nor false")
    if not is_whole(programme.get("weeks")) or not maps(programme.get("steps")):
        yield Fault(17, path, "weeks", "needs a number of weeks, and steps")
    for name in as_list(programme.get("next")):
        if not isinstance(name, str) or name not in others:
            yield Fault(17, path, "next", f"names no other programme: {name!r}")
    for stage in maps(programme.get("stages")):
        weeks = as_list(stage.get("weeks"))
        sound = len(weeks) == 2 and in_step(*weeks)
        if not sound or not is_week(programme, weeks[0]) or not is_week(programme, weeks[1]):
            yield Fault(17, path, f"stages.{stage.get('name')}", "lies outside the weeks")


def is_week(programme: NodeMap, week: object) -> bool:
    """Whether a week lies inside the programme."""
    return in_step(0, week) and in_step(week, programme.get("weeks"))


def wrong_step(
    programme: NodeMap, step: NodeMap, exercise: NodeMap, before: list[NodeMap]
) -> Iterator[str]:
    """Why this step cannot be taken."""
    if set(step) - {"hold"} != STEP_KEYS or not isinstance(step.get("optional"), bool):
        yield "does not have the keys of a step"
        return
    if not is_whole(step["week"]) or not is_week(programme, step["week"]):
        yield f"lies outside the weeks: {step['week']!r}"
    elif before and in_step(step["week"] + 1, before[-1].get("week")):
        yield "comes after a later week"
    yield from wrong_person(programme, step, exercise)
    yield from wrong_level(programme, exercise)
    yield from wrong_hold(programme, step, exercise)
    for rule in rules_named(exercise, "needs_before"):
        if not is_earlier(rule, step, before):
            yield f"comes before {rule.get('exercise')!r} was given"


def wrong_person(programme: NodeMap, step: NodeMap, exercise: NodeMap) -> Iterator[str]:
    """Why this exercise is not for whom the step names."""
    to, alone = step["to"], programme.get("for_one_partner") is True
    if to not in ("couple", *PERSONS) or (to == "client") != alone:
        yield f"goes to nobody in this programme: {to!r}"
    elif not alone and (to == "couple") != is_shared(exercise):
        yield f"gives {exercise.get('mode')} work to {to!r}"
    role = exercise.get("for_role")
    if role not in ("any", to):
        yield f"is written for the {role}"
    for rule in rules_named(exercise, "never_with"):
        if to in one_or_more(rule.get("role", [])):
            yield f"is never given to the {to}"


def wrong_level(programme: NodeMap, exercise: NodeMap) -> Iterator[str]:
    """Why this exercise does not suit the couples of the programme."""
    rows = list(as_list(programme.get("contact_levels")))
    if programme.get("for_one_partner") is True:
        rows.append("one_partner")
    for row in rows:
        if fit(exercise, str(row)) == "never":
            yield f"never suits {row}"


def wrong_hold(programme: NodeMap, step: NodeMap, exercise: NodeMap) -> Iterator[str]:
    """Why this step would go out before the counsellor has looked."""
    hold = step.get("hold")
    if "hold" in step and hold not in ("clear", "confirm"):
        yield f"is held for something unknown: {hold!r}"
    solo = programme.get("for_one_partner") is True and is_shared(exercise)
    if solo:
        return
    safety = safety_of(exercise)
    if as_list(safety.get("confirm")):
        wanted = ["confirm"]
    elif safety.get("requires_clear") is True or is_shared(exercise):
        wanted = ["clear", "confirm"]
    else:
        return
    if hold not in wanted:
        yield f"is not held for {' or '.join(wanted)}"


def is_earlier(rule: NodeMap, step: NodeMap, before: list[NodeMap]) -> bool:
    """Whether what a rule asks for comes in an earlier week, to the right person."""
    return any(
        earlier.get("exercise") == rule.get("exercise")
        and is_whole(earlier.get("week"))
        and is_whole(step["week"])
        and earlier["week"] < step["week"]
        and earlier.get("to") in (rule.get("by"), "each")
        for earlier in before
    )
