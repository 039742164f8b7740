"""Faults by which a page left open, an old yes or a date carries what it should not to the other."""

from tests.tools.planting import Fault

AT_ONE_COMPUTER = "tests/journeys/test_two_at_one_computer.py"
NARROWED = "tests/reflections/test_narrowed_releases.py -k sqlite"
ALONE = "tests/reflections/test_kept_alone.py -k sqlite"
RESTS = "tests/measures/test_rests.py -k sqlite"
CHECK_INS = "tests/measures/test_pages.py -k sqlite"
ON_ONE_SHEET = "tests/journeys/test_joint_sheet.py -k comes_in_beside"

PAGE_FAULTS = (
    Fault(
        "a page takes words for whoever is signed in",
        "portal/web/door.py",
        "    if is_page_of_another():\n        return _send_to_sign_in(Standing.RESTED)\n",
        "",
        AT_ONE_COMPUTER,
    ),
    Fault(
        "an old token does not say whose page it was",
        "static/js/autosave.js",
        ', "X-CSRFToken": this.form.elements.namedItem("csrf_token").value };\n    const answer',
        " };\n    const answer",
        AT_ONE_COMPUTER,
    ),
    Fault(
        "a sheet brings news to whoever's page it is",
        "static/js/joint.js",
        '{ "X-Weft-Autosave": "1", "X-CSRFToken"',
        '{ "X-Weft-Autosave": "1", "X-Nothing"',
        AT_ONE_COMPUTER,
    ),
    Fault(
        "leaving a box on a sheet counts as a word that waits",
        "static/js/joint.js",
        "    if (isNoNewWord(event)) return;\n",
        "",
        ON_ONE_SHEET,
    ),
    Fault(
        "a second press answers what has only just come",
        "static/js/kept.js",
        "  made.disabled = true;\n",
        "",
        "tests/journeys/test_joint_sheet.py -k second_press",
    ),
    Fault(
        "what is typed on in a clash stays behind on the way out",
        "static/js/autosave.js",
        "    if (isOnTheWayOut) {\n",
        "    if (false) {\n",
        "tests/journeys/test_joint_clash.py -k way_out",
    ),
    Fault(
        "what is sent on the way out writes over the other device",
        "portal/web/saving.py",
        "for key, mark in marks.items() if key not in clashing}",
        "for key, mark in marks.items()}",
        "tests/journeys/test_joint_clash.py -k other_device",
    ),
    Fault(
        "what gave way to the other's choice comes in nowhere",
        "static/js/joint.js",
        "        bringKept(page, line.dataset.sheetLine);\n",
        "",
        ON_ONE_SHEET,
    ),
    Fault(
        "the line says saved while a word waits",
        "static/js/autosave.js",
        "this.isUnsaved() ? this.line.saving() : this.line.saved(told.saved_at)",
        "this.line.saved(told.saved_at)",
        "tests/journeys/test_writing.py -k waits",
    ),
    Fault(
        "what two had begun together is shown as one's own",
        "portal/reflections/pieces/unsent.py",
        "author_id=None if is_shared else visit.viewer.me(),",
        "author_id=visit.viewer.me(),",
        "tests/reflections/test_begun.py -k sqlite",
    ),
    Fault(
        "what was begun for the counsellor alone is shown after the writing",
        "portal/reflections/pieces/unsent.py",
        "write_once=is_private(field),",
        "write_once=False,",
        "tests/reflections/test_begun.py -k sqlite",
    ),
    Fault(
        "a yes to a release outlives the narrowing",
        "portal/policies/openings.py",
        "    if audience is not Audience.ON_RELEASE:\n        reasons.append(NOT_ON_RELEASE)\n    elif not yes:",
        "    if not yes:",
        "tests/policies/test_openings.py",
    ),
    Fault(
        "a yes that is not asked for any more counts on",
        "portal/reflections/sending/consents.py",
        "if says_yes and (kind, key) not in asked:",
        "if not says_yes and (kind, key) not in asked:",
        NARROWED,
    ),
    Fault(
        "one list alone says what matches",
        "portal/reflections/queries.py",
        "if facts.audience is Audience.ON_RELEASE and facts.is_open:",
        "if facts.audience is not None:",
        NARROWED,
    ),
    Fault(
        "the yes to one's own letter is not on its page",
        "portal/reflections/pieces/page.py",
        "    if piece.task.solo:\n        return ()\n",
        "    if piece.task.solo or len(piece.task.recipients) < 2:\n        return ()\n",
        NARROWED,
    ),
    Fault(
        "a no to totals comes too late",
        "portal/measures/queries.py",
        "(TotalsConsent.given_at <= until) | TotalsConsent.says_yes.is_(False),",
        "TotalsConsent.given_at <= until,",
        CHECK_INS,
    ),
    Fault(
        "a page that has rested tells whether the week was sent",
        "portal/measures/routes.py",
        "    if is_rested():\n        return _left()\n",
        "    if is_rested() and _card(visit()).sent_at is None:\n        return _left()\n",
        RESTS,
    ),
    Fault(
        "what was for the counsellor alone is shown again",
        "portal/reflections/drafts/queries.py",
        "        sent=is_over or (last is not None and row.kept_at <= last),\n",
        "        sent=False,\n",
        ALONE,
    ),
    Fault(
        "what was sent alone is kept a second time",
        "portal/reflections/drafts/keeping.py",
        "if is_late or text in _sent_alone(visit, reflection, who, field):",
        "if is_late:",
        ALONE,
    ),
    Fault(
        "shared words of a sheet are taken along as one's own",
        "portal/reflections/written/queries.py",
        "and (not row.is_joint or is_own_question(task, field))",
        "and row.id is not None",
        "tests/records/test_own_words.py -k sqlite",
    ),
    Fault(
        "a page of the wrong chair brings its words back",
        "portal/reflections/drafts/keeping.py",
        "row is not None and row.respondent_id != visit.viewer.me()",
        "row is not None and row.respondent_id is None",
        "tests/care/test_page_left_open.py -k sqlite",
    ),
    Fault(
        "the first day tells where the other is",
        "portal/homework/service.py",
        "        return today_in(visit, couple.time_zone)\n    return today_in(visit, to[0].time_zone)",
        "        return min(today_in(visit, each.time_zone) for each in to)\n    return today_in(visit, to[0].time_zone)",
        "tests/homework/test_windows.py -k sqlite",
    ),
    Fault(
        "an hour with one alone stands on the other's page",
        "portal/policies/sight.py",
        "    own = with_seat is None or viewer.couples[couple_id].seat is with_seat\n",
        "    own = True\n",
        "tests/policies/test_sight.py",
    ),
    Fault(
        "where one was is where the other lands",
        "portal/accounts/arrival.py",
        "    if session.get(WAS, me) != me:\n",
        "    if session.get(WAS) is me:\n",
        "tests/accounts/test_sign_in.py",
    ),
    Fault(
        "a letter about a release goes out under no contact",
        "portal/desk/letters/queries.py",
        "    return Thing(task.couple_id, _has_been_here(visit, owed), hints_at_other=True)\n\n\ndef _file_asked",
        "    return Thing(task.couple_id, _has_been_here(visit, owed), hints_at_other=False)\n\n\ndef _file_asked",
        "tests/notices/test_released_letters.py -k sqlite",
    ),
)
