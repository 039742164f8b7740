"""Faults of deciding, and of the door, the weeks and the words beside: what nobody had before them counts."""

from tests.tools.planting import Fault

OPENINGS = "portal/reflections/openings/service.py"
LEFT_OPEN = "tests/reflections/test_pages_left_open.py -k sqlite"
TURN_OF_THE_WEEK = "tests/measures/test_turn_of_the_week.py -k sqlite"
READERS = "tests/reflections/joint/test_readers.py -k sqlite"

DECISION_FAULTS = (
    Fault(
        "a decision is taken for any text that stands there by now",
        OPENINGS,
        "if not texts or any(str(text) not in seen for text in texts):",
        "if not seen:",
        LEFT_OPEN,
    ),
    Fault(
        "a yes to one letter counts for the next",
        "portal/reflections/pieces/service.py",
        "Reflection.id == reflection.id, seen)",
        "Reflection.id == reflection.id, None)",
        LEFT_OPEN,
    ),
    Fault(
        "a yes from the wrong chair counts",
        OPENINGS,
        "require_seen(visit, round_id, Reflection.respondent_id.in_(mine), seen)",
        "require_seen(visit, round_id, Reflection.respondent_id.in_(mine), None)",
        LEFT_OPEN,
    ),
    Fault(
        "the counsellor releases what they had not before them",
        OPENINGS,
        "    require_seen(visit, task.round_id, Reflection.id.in_(ids), seen)\n",
        "",
        LEFT_OPEN,
    ),
    Fault(
        "the counsellor opens what they had not before them",
        OPENINGS,
        "    require_seen(visit, round_id, Reflection.state.in_(SENT), seen)\n",
        "",
        LEFT_OPEN,
    ),
    Fault(
        "the check page sends what came after it",
        "portal/reflections/sending/routes.py",
        "counted = sum(card.draft.counters.values())",
        "counted = 0",
        LEFT_OPEN,
    ),
    Fault(
        "an older page of a sheet widens what was narrowed",
        "portal/reflections/joint/service.py",
        "reader_after(item, given, base, now)",
        "Audience.of(given) if given else now",
        READERS,
    ),
    Fault(
        "a yes to a sheet outlives a change of who reads one's own",
        "portal/reflections/joint/queries.py",
        "f.key + bases[f.key] for f in own",
        "f.key + base_of(parts_of(f, seen.text(f))) for f in own",
        READERS,
    ),
    Fault(
        "a wait at the door is told by less work",
        "portal/accounts/arrival.py",
        "    with reading(house().engine)() as db:\n",
        "    if wait.seconds:\n        return None\n    with reading(house().engine)() as db:\n",
        "tests/accounts/test_sign_in.py -k sqlite",
    ),
    Fault(
        "a wait at the door hinders nobody",
        "portal/accounts/arrival.py",
        "    if wait.seconds:\n        return None\n",
        "",
        "tests/accounts/test_sign_in.py -k sqlite",
    ),
    Fault(
        "a check-in counts for the week in which it is sent",
        "portal/measures/queries.py",
        "may_begin = is_of_last and",
        "may_begin = False and",
        TURN_OF_THE_WEEK,
    ),
    Fault(
        "a check-in is begun in a week before one was asked",
        "portal/measures/queries.py",
        "return all(at is not None and monday",
        "return any(at is not None and monday",
        TURN_OF_THE_WEEK,
    ),
    Fault(
        "an amount is in whichever currency the couple has now",
        "portal/exercises/form/drawing_cells.py",
        'return amount if value.currency == currency else f"{value.currency} {amount}"',
        "return amount",
        "tests/reflections/test_change_of_currency.py -k sqlite",
    ),
    Fault(
        "advice comes before the question that calls it up",
        "portal/reflections/drafts/leaves.py",
        "return _when(above, by_key, passed) if above and above.key not in passed else None",
        "return None",
        "tests/reflections/test_writing_pages.py -k sqlite",
    ),
    Fault(
        "a week that nobody sent is no gap",
        "portal/review/figures.py",
        "if numbers and min(numbers) <= task.number <= max(numbers)",
        "if numbers and task.round_id in answered",
        "tests/review/test_numbers.py -k sqlite",
    ),
    Fault(
        "a choice lies beside a clash as it is stored",
        "portal/reflections/drafts/keeping.py",
        '    card = shown(field, value, people_of(own), "en")\n',
        "    if isinstance(value, str):\n        return value\n"
        '    card = shown(field, value, people_of(own), "en")\n',
        "tests/reflections/joint/test_pages.py tests/reflections/test_kept_beside.py -k sqlite",
    ),
)
