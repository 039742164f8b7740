"""Faults of the sight family: each lets one partner see, notice or lose what they should not."""

from tests.tools.planting import Fault

QUERIES = "portal/reflections/queries.py"
LAYING = "portal/reflections/laying.py"
OPENINGS = "portal/reflections/openings/service.py"
FACTS = "portal/reflections/openings/queries.py"
SENDING = "portal/reflections/sending/service.py"
HOMEWORK = "portal/homework/queries.py"
REPORTS = "portal/reports/queries.py"
REVIEW = "portal/review/queries.py"
MATRIX = "tests/promises/test_p1_matrix.py"
WORLDS = "tests/promises/test_p2_worlds.py"
LATER = "tests/promises/test_p2_later.py"
MACHINE = "tests/promises/test_p25_machine.py"
NOBODY_THERE = "tests/reflections/test_nobody_to_open_to.py -k sqlite"
SAID_ANEW = "tests/reflections/test_a_yes_said_anew.py -k sqlite"
ONE_BY_ONE = "tests/reflections/test_openings_one_by_one.py -k sqlite"
SPANS = "tests/reports/test_spans.py"
UNDISTURBED = "tests/homework/test_undisturbed.py -k postgresql"
DEEDS = "tests/promises/test_p1_deeds.py -k sqlite"
SHEETS = "tests/reflections/joint/test_sheets.py -k sqlite"
AGREEING = "tests/reflections/joint/test_agreeing.py -k sqlite"
RIGHTS = "tests/promises/test_p3_rights.py"
CHAIRS = "portal/reflections/chairs/service.py"
MOVES = "portal/care/chairs/service.py"
MOVED = "tests/care/test_chairs.py -k sqlite"
APART = "tests/care/test_chairs_apart.py -k sqlite"

SIGHT_FAULTS = (
    Fault(
        "what was given before the other joined is released",
        FACTS,
        "is_there_for_both=len(couple.taking_part) < 2 or _is_there(task, couple.members),",
        "is_there_for_both=True,",
        NOBODY_THERE,
    ),
    Fault(
        "who sent something can read off that ‘clear’ was left",
        FACTS,
        "said = _said(visit, [round_id], _is_of_what_lies_there())",
        "said = _said(visit, [round_id], _is_of_what_lies_there() & _still_counts())",
        SAID_ANEW,
    ),
    Fault(
        "the fence is dropped where a couple is looked for",
        "portal/people/queries.py",
        "visit.db.get(Couple, couple_id) if may_enter(visit.viewer, couple_id) else None",
        "visit.db.get(Couple, couple_id)",
        MATRIX,
    ),
    Fault(
        "a paper is given to whoever knows its id",
        REPORTS,
        "if not _is_for(visit, row, _Hour(held_at, there), _contact_of(visit, row.couple_id)):",
        "if row.state is not PrintState.FINISHED:",
        MATRIX,
    ),
    Fault(
        "feedback of a foreign couple can be changed",
        "portal/review/service.py",
        "if found is None or not deeds.may_care_for(visit.viewer, found.couple_id):\n"
        "        raise NotFound\n    undisturbed(visit, found.round_id)\n",
        "if found is None:\n        raise NotFound\n",
        DEEDS,
    ),
    Fault(
        "somebody else's homework is listed",
        HOMEWORK,
        "if visit.viewer.role is not Role.PARTNER or visit.viewer.person_id not in to:",
        "if visit.viewer.role is not Role.PARTNER:",
        DEEDS,
    ),
    Fault(
        "cards do not ask the rule of sight",
        QUERIES,
        "if sight_of(visit.viewer, facts) is Sight.WORDS:",
        "if sight_of(visit.viewer, facts) is not None:",
        ONE_BY_ONE,
    ),
    Fault(
        "a partner's visit opens what is closed to them",
        LAYING,
        "if visit.viewer.role is Role.PARTNER:",
        "if visit.viewer.role is Role.OWNER:",
        MACHINE,
    ),
    Fault(
        "the state of the other's work is told",
        QUERIES,
        "        sight=Sight.WORDS,\n        answers=answers,\n        open_since",
        "        sight=Sight.WORDS,\n        state=row.state,\n        answers=answers,\n        open_since",
        MACHINE,
    ),
    Fault(
        "a hold is ignored when a round opens",
        FACTS,
        "held=task.held or couple.held_since is not None,",
        "held=False,",
        ONE_BY_ONE,
    ),
    Fault(
        "a yes counts although it was withdrawn",
        FACTS,
        "row.says_yes\n        for row in rows",
        "True\n        for row in rows",
        ONE_BY_ONE,
    ),
    Fault(
        "a round opens although its work was taken back",
        FACTS,
        "sent=half.state in SENT,",
        "sent=half.revision > 0 or half.sent_at is not None or True,",
        ONE_BY_ONE,
    ),
    Fault(
        "work can be taken back once it is open",
        "portal/reflections/sending/queries.py",
        "    if open_state(visit, [task.round_id]).is_open_of(row):\n        return OPEN_ALREADY\n",
        "",
        "tests/reflections/test_taken_back_late.py -k sqlite",
    ),
    Fault(
        "open work can be returned",
        SENDING,
        "        raise TooLate(OPEN_ALREADY)\n    revision = revision_of(visit, reflection,",
        "        pass\n    revision = revision_of(visit, reflection,",
        MACHINE,
    ),
    Fault(
        "taking back throws the words away",
        SENDING,
        "        thaw(visit, row, task, revision)\n        visit.db.execute(delete(Answer)",
        "        visit.db.execute(delete(Answer)",
        MACHINE,
    ),
    Fault(
        "a yes counts for words that have changed",
        "portal/reflections/joint/agreeing.py",
        "    if seen != card.seen:",
        "    if not seen:",
        AGREEING,
    ),
    Fault(
        "a sheet stays open to both when joint work stops",
        "portal/reflections/joint/queries.py",
        "    if sight_of(visit.viewer, facts) is Sight.WORDS:",
        "    if sight_of(visit.viewer, facts) is not None:",
        SHEETS,
    ),
    Fault(
        "nobody waits for an opening",
        HOMEWORK,
        "held(select(Round).where(Round.id == found.round_id)),",
        "select(Round).where(Round.id == found.round_id),",
        UNDISTURBED,
    ),
    Fault(
        "an opening looks at an old hold",
        HOMEWORK,
        "held(select(Assignment).where(Assignment.id == found.assignment_id), read=True),",
        "",
        UNDISTURBED,
    ),
    Fault(
        "sending twice sends two revisions",
        "portal/reflections/models.py",
        "if self.state not in WRITABLE:",
        "if self.state is ReflectionState.DECLINED:",
        MACHINE,
    ),
    Fault(
        "a print that was ordered does not ask again",
        "portal/reports/service.py",
        "    require(deeds.may_care_for(visit.viewer, couple.id))\n    if not still_allowed(visit, couple, row):\n        raise NotFound\n",
        "",
        RIGHTS,
    ),
    Fault(
        "care that has ended still counts",
        "portal/people/queries.py",
        "            (Care.until_at.is_(None)) | (Care.until_at > now),\n",
        "",
        RIGHTS,
    ),
    Fault(
        "a sign-in that was ended goes on",
        "portal/accounts/service.py",
        "if row.ended_at is not None or account.suspended_at",
        "if account.suspended_at",
        RIGHTS,
    ),
    Fault(
        "a suspended account goes on",
        "portal/accounts/service.py",
        "if row.ended_at is not None or account.suspended_at is not None or",
        "if row.ended_at is not None or",
        RIGHTS,
    ),
    Fault(
        "a number on the first page counts the other's work",
        "portal/desk/queries.py",
        "    meets_at = next_appointments(visit, [own.id]).get(own.id)\n",
        "    meets_at = next_appointments(visit, [own.id]).get(own.id)\n"
        "    rows = visit.db.connection().exec_driver_sql('SELECT count(*) FROM reflection').scalar()\n"
        "    meets_at = meets_at and meets_at.replace(minute=int(rows or 0) % 60)\n",
        WORLDS,
    ),
    Fault(
        "feedback to the other is shown as one's own",
        "portal/policies/sight.py",
        "return Sight.WORDS if piece.pocket in (own, Pocket.JOINT) else Sight.NOTHING",
        "return Sight.WORDS if own else Sight.NOTHING",
        "tests/policies",
    ),
    Fault(
        "an edition is built for the wrong reader's eyes",
        "portal/policies/deeds.py",
        "return reader_id == viewer.person_id",
        "return True",
        "tests/policies",
    ),
    Fault(
        "a paper for both says that there was an hour before",
        REPORTS,
        "and exists_for_all(joined, card.attended, card.starts_at)",
        "",
        LATER,
    ),
    Fault(
        "a paper for both holds totals from before",
        "portal/reports/cards.py",
        "known = self.since is None or at >= self.since",
        "known = self.until is not None",
        SPANS,
    ),
    Fault(
        "a yes that was given in the wrong chair goes on counting",
        "portal/reflections/openings/consents.py",
        "if says_yes and who == person_id:",
        "if says_yes and who is None:",
        MOVED,
    ),
    Fault(
        "words change chairs whatever stands against it",
        MOVES,
        "    if card.reasons:\n        raise Refused(*card.reasons)\n",
        "",
        MOVED,
    ),
    Fault(
        "a private word stays under the wrong name",
        CHAIRS,
        "for row in (*kept, *alone):",
        "for row in kept:",
        MOVED,
    ),
    Fault(
        "papers of the wrong reader stay theirs",
        MOVES,
        "        _take_papers(visit, here, found)\n",
        "        pass\n",
        APART,
    ),
    Fault(
        "a drafted answer goes back to the wrong one",
        MOVES,
        "    for rows, (_here, there, member) in zip(drafted, change, strict=True):",
        "    for rows, (there, _here, member) in zip(drafted, change, strict=True):",
        APART,
    ),
    Fault(
        "the choice beside a box of one's own work tells whether clear was left",
        "portal/policies/gates.py",
        "Mode.INDIVIDUAL: JointWork.CLEAR",
        "Mode.INDIVIDUAL: joint_work",
        "tests/reflections/test_clear_tells_nothing.py -k sqlite",
    ),
)
