"""Faults of what leaves the portal, of releases and of ties: each hands out what should have stayed."""

from tests.tools.planting import Fault

RELEASE = "portal/records/release/service.py"
FILE = "portal/records/release/queries.py"
WRITTEN = "portal/reflections/written/queries.py"
FACTS = "portal/reflections/openings/queries.py"
FILES = "tests/records/test_releases.py -k sqlite"
OWN = "tests/records/test_own_words.py -k sqlite"
RELEASES = "tests/promises/test_p26_releases.py -k sqlite"
RULES = "tests/exercises/rules"
SEEN = "portal/measures/seen/queries.py"
MARKS = "tests/measures/test_seen.py -k sqlite"

LATE = "tests/reflections/test_late_words.py -k sqlite"

TWO_PLACES = "tests/measures/test_two_places.py"
STAFFING = "portal/people/staff/service.py"
ALONE = "tests/people/test_never_alone.py"


RECORDS_FAULTS = (
    Fault(
        "two places read one check-in and each writes over the other",
        "portal/measures/service.py",
        "queries.own_row(visit, card.week_on, lock=True)",
        "queries.own_row(visit, card.week_on)",
        TWO_PLACES,
    ),
    Fault(
        "an older page of a check-in puts its choices back",
        "portal/measures/service.py",
        "    values.update(moved)\n",
        "",
        TWO_PLACES,
    ),
    Fault(
        "words that were not sent go with a single key",
        "static/js/guard.js",
        "isAtStake(box) && box.form !== sent)) event.preventDefault();",
        "isAtStake(box) && box.form !== sent)) undefined;",
        "tests/journeys/test_unsent_words.py",
    ),
    Fault(
        "what changed in the press is overlooked",
        "portal/reports/jobs.py",
        "if not service.is_still_so(here, document_id, ready):",
        "if False:",
        "tests/reports/test_overtaken.py -k sqlite",
    ),
    Fault(
        "a fresh draft counts from nought",
        "portal/reflections/drafts/counting.py",
        "int((begun_at - BEFORE_EVERYTHING).total_seconds())",
        "0",
        "tests/reflections/test_autosave.py -k sqlite",
    ),
    Fault(
        "the file of both leaves without their yes",
        RELEASE,
        "    if line.stays:\n        raise Refused(line.stays)\n",
        "",
        FILES,
    ),
    Fault(
        "a hold does not keep the file",
        FILE,
        "is_held=couple.held_since is not None",
        "is_held=False",
        FILES,
    ),
    Fault(
        "the file holds what one alone may see",
        FILE,
        "if part.respondent_id == eyes.viewer.person_id:",
        "if part.respondent_id is None:",
        FILES,
    ),
    Fault(
        "the second net of the file is cut",
        RELEASE,
        "if _leaks(text, tuple(_allowed(file)), kept_out):",
        "if not kept_out and _leaks(text, (), ()):",
        FILES,
    ),
    Fault(
        "the private box is carried along with one's own words",
        WRITTEN,
        "        and may_take_along(visit.viewer, _facts(visit, task, row, field))\n",
        "",
        OWN,
    ),
    Fault(
        "a release stands over words that were sent later",
        FACTS,
        "return released or reflection.round_id in self.opened",
        "return reflection.round_id in self.opened",
        RELEASES,
    ),
    Fault(
        "what matches is released while one has not sent",
        "portal/policies/openings.py",
        "    if not facts.all_sent:\n        reasons.append(NOT_SENT)\n",
        "",
        RELEASES,
    ),
    Fault(
        "a statement that was never ticked opens a round",
        "portal/reflections/openings/service.py",
        "reasons = may_open(scene.facts, by_itself=False, ticked=ticked)",
        "reasons = may_open(\n        scene.facts, by_itself=False, ticked=asked_before_opening(scene.facts)\n    )",
        f"{RULES} -k boundaries",
    ),
    Fault(
        "a silent hold stops no letters",
        "portal/desk/letters/queries.py",
        "is_held=thing.is_held or standing.hold(couple.id) is not None",
        "is_held=thing.is_held",
        "tests/promises/test_p20_mail.py -k sqlite",
    ),
    Fault(
        "a check-in that was seen goes on waiting",
        SEEN,
        "            CheckInSeen.id.is_(None),\n",
        "",
        MARKS,
    ),
    Fault(
        "a check-in of another couple can be marked as seen",
        "portal/measures/seen/service.py",
        "CheckIn.id.in_(wanted), CheckIn.couple_id == couple_id, CheckIn.sent_at.is_not(None)",
        "CheckIn.id.in_(wanted), CheckIn.sent_at.is_not(None)",
        MARKS,
    ),
    Fault(
        "a supervisor marks a check-in as seen in the counsellor's place",
        "portal/policies/deeds.py",
        'in their place."""\n    return may_care_for(viewer, couple_id)',
        'in their place."""\n    return may_read_file(viewer, couple_id)',
    ),
    Fault(
        "words of a check-in that came after a rest are dropped",
        "portal/measures/service.py",
        "            left.append((key, text))\n",
        "            pass\n",
        "tests/measures/test_rests.py -k sqlite",
    ),
    Fault(
        "a partner is told how many check-ins wait",
        "portal/policies/sight.py",
        'for no partner, ever."""\n    return viewer.is_staff and may_enter(viewer, couple_id)',
        'for no partner, ever."""\n    return may_enter(viewer, couple_id)',
    ),
    Fault(
        "what is saved by itself too late is not kept",
        "portal/reflections/drafts/autosaving.py",
        "        service.leave_words(here, round_id, reading)\n        here.db.commit()  # the answer says that it was kept\n",
        "",
        LATE,
    ),
    Fault(
        "what could not be understood is thrown away in a clash",
        "portal/reflections/drafts/keeping.py",
        "    odd = [text for texts in odd_in(field, typed or {}).values() for text in texts if text]\n",
        "    odd: list[str] = []\n",
        LATE,
    ),
    Fault(
        "what is not asked any more is lost by sending",
        "portal/reflections/sending/service.py",
        "    for field in (each for each in card.fields if each.key in aside):\n",
        "    for field in (each for each in card.fields if each.key not in card.audiences):\n",
        LATE,
    ),
    Fault(
        "an older page writes over a newer draft",
        "portal/review/service.py",
        "        raise Stale(CHANGED)\n",
        "        pass\n",
        "tests/review/test_two_places.py -k sqlite",
    ),
    Fault(
        "words are not given back after trouble of ours",
        "portal/web/refusals.py",
        '    return _page("trouble", 500, words=_words())\n',
        '    return _page("trouble", 500)\n',
        "tests/web/test_given_back.py -k sqlite",
    ),
    Fault(
        "a file that was put away swallows what comes in",
        "portal/review/waiting.py",
        "    return [*couples, *cards_of(visit, waiting - {couple.id for couple in couples})]\n",
        "    return couples\n",
        "tests/desk/test_put_away.py -k sqlite",
    ),
    Fault(
        "a code of somebody who has lost the couple opens an account",
        "portal/accounts/queries.py",
        "    if not _is_still_theirs(visit, found):\n        raise NotFound\n",
        "",
        "tests/accounts/test_codes_of_others.py -k sqlite",
    ),
    Fault(
        "the role of a counsellor is taken while couples are in their care",
        STAFFING,
        "        raise Refused(HAS_COUPLES)\n",
        "        pass\n",
        f"{ALONE} -k sqlite",
    ),
    Fault(
        "a couple is left to somebody whose role is gone",
        "portal/people/staff/queries.py",
        "    return caring & {card.person.id for card in staff_in(visit, Role.COUNSELLOR)}\n",
        "    return caring\n",
        f"{ALONE} -k sqlite",
    ),
    Fault(
        "two leave a couple in one instant and nobody stays",
        STAFFING,
        'that they are alone.\n    """\n    keep_others_out(visit, couple_id)\n',
        'that they are alone.\n    """\n    require(deeds.may_care_for(visit.viewer, couple_id))\n',
        f"{ALONE} -k two_in_one_instant",
    ),
)
