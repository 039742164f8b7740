"""Faults of paper: where things stand on it, which weeks, and what it is read for once it is finished."""

from tests.tools.planting import Fault

PIECES = "portal/reports/pieces.py"
PROTECTED = "portal/reports/protected.py"
ON_PAPER = "tests/reports/test_check_ins_on_paper.py -k sqlite"
OTHERS = "tests/reports/test_others_own_work.py -k sqlite"
NET = "tests/reports/test_second_net.py -k sqlite"

PAPER_FAULTS = (
    Fault(
        "a week that one of them left out stands on the paper for both",
        "portal/reports/totals.py",
        "    if holds_only_shared_weeks(choice.edition):\n        found",
        "    if False:\n        found",
        ON_PAPER,
    ),
    Fault(
        "the parts of a week of one alone stand on the paper for both",
        "portal/reports/totals.py",
        "scores = _of_shared_weeks(couple, scores)",
        "scores = list(scores)",
        ON_PAPER,
    ),
    Fault(
        "what was shown of one's own work stands where it was given",
        PIECES,
        "tasks_seen(table, eyes_of(table)) if _was_given(table, task)]",
        "tasks_seen(table, table.visit)]",
        OTHERS,
    ),
    Fault(
        "paper tells how often the other was given something",
        PIECES,
        "task.number if _was_given(table, task) else 0",
        "task.number",
        OTHERS,
    ),
    Fault(
        "the second readers do not know what was sent before",
        "portal/reflections/earlier.py",
        "if found.id not in newest and",
        "if found.id in newest and",
        NET,
    ),
    Fault(
        "the second readers do not know the line of giving back",
        "portal/reflections/earlier.py",
        "if not row.is_joint and row.respondent_id in task.recipients:",
        "if row.is_joint:",
        NET,
    ),
    Fault(
        "the second readers do not know the hours of one alone",
        PROTECTED,
        "            yield from (session.shared_summary, *session.agreed)\n",
        "            yield session.process_note\n",
        NET,
    ),
    Fault(
        "the second readers know the newest reason alone",
        PROTECTED,
        "yield from decided_words(visit, couple.id)",
        "yield from (couple.hold_reason, couple.agreement)",
        NET,
    ),
    Fault(
        "two without contact are taken to have been there together",
        "portal/sessions/routes.py",
        "couple.sits_together and all(",
        "all(",
        "tests/sessions/test_likely_hour.py -k sqlite",
    ),
    Fault(
        "a no to totals does not wait for the paper that is just being finished",
        "portal/measures/service.py",
        "    visit.db.scalars(held(select(Couple).where(Couple.id == own.id), read=True)).one()\n",
        "",
        "tests/reports/test_totals_withdrawn.py -k postgresql",
    ),
    Fault(
        "totals for both are asked for where nothing is printed for both",
        "portal/policies/editions.py",
        "not is_alone and not have_parted and contact is not ContactLevel.NO_CONTACT",
        "not is_alone",
        "tests/measures/test_yes_is_asked.py -k sqlite",
    ),
    Fault(
        "the place of one's own work in the file tells when it was given",
        "portal/records/release/queries.py",
        "return [*given, *sorted(rest",
        "return [*tasks] or [*sorted(rest",
        "tests/records/test_released_in_file.py -k sqlite",
    ),
    Fault(
        "the file names somebody who takes no part",
        "portal/records/release/queries.py",
        "member.person.name for member in couple.taking_part",
        "member.person.name for member in couple.members",
        "tests/records/test_released_in_file.py -k sqlite",
    ),
)
