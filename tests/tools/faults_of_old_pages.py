"""Faults of pages that were left open while somebody else decided, to be planted on purpose."""

from tests.tools.planting import Fault

CARE = "portal/care/service.py"
PROGRAMMES = "portal/homework/programmes/service.py"
DECIDING = "tests/care/test_joint_work_pages.py -k sqlite"
HOLDING = "tests/care/test_hold.py -k sqlite"
TALKING = "tests/care/test_talking_alone.py -k sqlite"
WORDINGS = "tests/measures/test_page_of_another_wording.py -k sqlite"
STEPS = "tests/homework/programmes/test_programme_pages.py -k sqlite"
NOTES = "tests/sessions/test_writing_pages.py -k sqlite"
BEFORE_A_MOVE = "tests/care/test_pages_before_a_move.py -k sqlite"
WAITS = "tests/review/test_private_words_wait.py -k sqlite"
ORDERING = "tests/reports/test_ordering.py -k sqlite"

OLD_PAGES_FAULTS = (
    Fault(
        "an old page makes clear again what was stopped",
        CARE,
        "    if seen not in (None, now.joint_work_mark) and not stops:\n"
        "        raise Stale(DECIDED_MEANWHILE)\n",
        "",
        DECIDING,
    ),
    Fault(
        "an old page of joint work does not even stop",
        CARE,
        " and not stops:",
        ":",
        DECIDING,
    ),
    Fault(
        "an old page lifts a later hold",
        CARE,
        "    if not stands and now and seen not in (None, now):\n"
        "        raise Stale(homework.HELD_MEANWHILE)\n",
        "",
        HOLDING,
    ),
    Fault(
        "an old page lifts a later hold of one piece",
        "portal/homework/service.py",
        "    elif assignment.held and seen not in (None, assignment.hold_mark):\n"
        "        raise Stale(HELD_MEANWHILE)\n",
        "",
        "tests/review/test_lifting_a_hold.py -k sqlite",
    ),
    Fault(
        "a number stands under another question than it was chosen for",
        "portal/measures/queries.py",
        "    return known or wording_for(visit, own)",
        "    return wording_for(visit, own)",
        WORDINGS,
    ),
    Fault(
        "a rested page brings its numbers under other questions",
        "portal/measures/service.py",
        "    if typed.wording and typed.wording != row.wording.value:",
        "    if False:",
        WORDINGS,
    ),
    Fault(
        "an old page marks a newer wish to talk as seen",
        CARE,
        "        query = query.where(TalkRequest.id.in_(seen))\n",
        "        pass\n",
        TALKING,
    ),
    Fault(
        "a page that does not say what it has seen has seen what stands now",
        "portal/web/forms.py",
        'self.data = valuelist[0] if valuelist else ""',
        "self.data = valuelist[0] if valuelist else self.data",
        DECIDING,
    ),
    Fault(
        "a step that was changed goes out with the line for another",
        PROGRAMMES,
        "    if giving.seen not in (None, card.mark):\n        raise Stale(CHANGED_MEANWHILE)\n",
        "",
        STEPS,
    ),
    Fault(
        "a step that is moved goes back to whom it was for",
        "portal/homework/programmes/forms.py",
        "class EditPlaceForm(EditForm, PlaceForm):",
        "class EditPlaceForm(EditForm, PlaceForm):\n    validate = PlaceForm.validate\n",
        STEPS,
    ),
    Fault(
        "an old page switches mail on again",
        "portal/accounts/mail/forms.py",
        "class MailForm(EditForm):",
        "class MailForm(EditForm):\n    validate = EditForm.__mro__[1].validate\n",
        "tests/notices/test_pages.py -k switches_nothing",
    ),
    Fault(
        "an old page shows the way out again that was hidden",
        "portal/accounts/settings/routes.py",
        "not form.shows_leave.data",
        'not request.form.get("shows_leave")',
        "tests/web/test_two_editors.py -k way_out",
    ),
    Fault(
        "an older page of notes puts somebody back into the hour",
        "portal/sessions/forms.py",
        "class EditSessionForm(EditForm, SessionForm):\n",
        "class EditSessionForm(EditForm, SessionForm):\n"
        "    def validate(self, extra_validators: Any = None) -> bool:\n"
        "        return bool(super(EditForm, self).validate(extra_validators))\n\n",
        NOTES,
    ),
    Fault(
        "the hour of one is written down as the other's that is still to come",
        "portal/sessions/routes.py",
        "likely = begun[-1] if begun else waiting[0]",
        "likely = waiting[-1]",
        "tests/sessions/test_likely_hour.py -k sqlite",
    ),
    Fault(
        "papers for different readers lie in a folder under one name",
        "portal/reports/routes.py",
        'says = f"-{queries.kind_of(couple, row)}"',
        'says = ""',
        ORDERING,
    ),
    Fault(
        "what is printed stood in no preview",
        "portal/reports/service.py",
        "if mark_of(_as_of_now(visit, session_id, key)) != shown:",
        "if not session_id:",
        ORDERING,
    ),
    Fault(
        "an order that was not taken is said to have been taken once",
        "portal/reports/routes.py",
        "        return _compose_page(session_id, edition)\n",
        '        return redirect(url_for("reports.compose", session_id=session_id), 303)\n',
        ORDERING,
    ),
    Fault(
        "what was typed to one is sent to the other, with whom the work lies by now",
        "portal/review/cards.py",
        'f"{pocket.value} {text}".encode()',
        "text.encode()",
        BEFORE_A_MOVE,
    ),
    Fault(
        "the line of returning goes to whoever has the piece by now",
        "portal/reflections/models.py",
        'return f"{revision_id}.{self.respondent_id}"',
        'return f"{revision_id}"',
        BEFORE_A_MOVE,
    ),
    Fault(
        "a page moves whatever lies in the chair by now",
        "portal/care/chairs/service.py",
        "if seen is not None and seen != card.mark:",
        "if seen is None:",
        BEFORE_A_MOVE,
    ),
    Fault(
        "words for the counsellor alone wait with their piece or not at all",
        "portal/reflections/arrivals.py",
        "return or_(Reflection.state == ReflectionState.SUBMITTED, unread)",
        "return Reflection.state == ReflectionState.SUBMITTED",
        WAITS,
    ),
    Fault(
        "words that came in since are marked as read",
        "portal/reflections/sending/service.py",
        "if shown is not None and any(mark not in shown for mark in waits):",
        "if shown is not None and any(mark not in waits for mark in waits):",
        WAITS,
    ),
    Fault(
        "a supervisor reads along again in what ended with their role",
        "portal/people/staff/service.py",
        "if Role.SUPERVISOR not in changed:",
        "if Role.SUPERVISOR in changed:",
        "tests/people/test_never_alone.py -k sqlite",
    ),
    Fault(
        "a line is dropped where there is nothing to return any more",
        "portal/review/routes.py",
        "if part_id not in [part.id for part, _name in card.returnable]:",
        "if part_id in []:",
        "tests/review/test_two_places.py -k sqlite",
    ),
    Fault(
        "a printing that was given up is waited for",
        "portal/reports/queries.py",
        "PrintState.FAILED if is_stuck else row.state",
        "row.state",
        "tests/reports/test_stuck.py -k sqlite",
    ),
    Fault(
        "a page that looks again by itself keeps its reader signed in",
        "portal/reports/routes.py",
        'if request.args.get("again"):',
        'if request.args.get("anew"):',
        "tests/reports/test_stuck.py -k sqlite",
    ),
    Fault(
        "a look at a sheet is noted only where there is something of one's own on it",
        "portal/review/cards.py",
        "for p in self.parts if p.revision_id or p.private]",
        "for p in self.parts if p.answers or p.private]",
        "tests/review/test_reading_a_sheet.py -k sqlite",
    ),
    Fault(
        "what lies beside a piece goes to the other without having been looked at",
        "portal/reflections/chairs/queries.py",
        "((KeptVersion, KeptVersion.kept_at), (PrivateWord, PrivateWord.sent_at))",
        "((PrivateWord, PrivateWord.sent_at),)",
        "tests/care/test_pages_before_a_move.py -k sqlite",
    ),
    Fault(
        "a piece that was left out meanwhile goes to the other as left out",
        "portal/reflections/chairs/queries.py",
        "(each.id, each.respondent_id, each.state, each.revision, each.changes)",
        "(each.id, each.respondent_id, each.revision, each.changes)",
        "tests/care/test_pages_before_a_move.py -k sqlite",
    ),
    Fault(
        "words about one's text are sent to the other after it went there",
        "portal/review/service.py",
        "if not openings.are_as_shown(",
        "if openings.are_as_shown(",
        "tests/care/test_pages_before_a_move.py -k sqlite",
    ),
    Fault(
        "words for the counsellor alone do not wait on the couple's page",
        "portal/desk/today/queries.py",
        "waits=task.round_id in waiting",
        "waits=False",
        WAITS,
    ),
)
