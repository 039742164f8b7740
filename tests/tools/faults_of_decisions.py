"""Faults of deciding: a yes, a release, an opening or a sending of words that nobody had before them."""

from tests.tools.planting import Fault

OPENINGS = "portal/reflections/openings/service.py"
LEFT_OPEN = "tests/reflections/test_pages_left_open.py -k sqlite"
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
)
