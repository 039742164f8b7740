"""Faults of what somebody said and is told: a yes and its words, readers of old pages, what stands beside."""

from tests.tools.planting import Fault

CONSENT_FAULTS = (
    Fault(
        "the pages of both tell the second at which ‘clear’ ran out",
        "portal/policies/gates.py",
        "Mode.PAIRED: told",
        "Mode.PAIRED: joint_work",
        "tests/reflections/test_clear_tells_nothing.py -k sqlite",
    ),
    Fault(
        "signing out after a rest signs nobody out",
        "portal/accounts/routes.py",
        "@waives_welcome\n@accepts_rested\n@allow(*EVERYBODY)\ndef sign_out",
        "@waives_welcome\n@allow(*EVERYBODY)\ndef sign_out",
        "tests/accounts/test_sign_in.py -k sqlite",
    ),
    Fault(
        "a yes outlives the words it was said of",
        "portal/reflections/openings/queries.py",
        "_still_counts() & _is_of_what_lies_there()",
        "_still_counts()",
        "tests/reflections/test_thrown_away.py -k sqlite",
    ),
    Fault(
        "a yes to what was thrown away is not written down as ended",
        "portal/reflections/drafts/service.py",
        "    end_every_yes(visit, round_id, visit.viewer.me())\n",
        "",
        "tests/reflections/test_thrown_away.py -k sqlite",
    ),
    Fault(
        "a page that says ‘only my counsellor’ does not bring it back",
        "templates/components/question.html",
        "{% if card.audience.for_now %}",
        "{% if false %}",
        "tests/reflections/test_readers_of_old_pages.py -k sqlite",
    ),
    Fault(
        "what clashes does not tell which readers hold by now",
        "portal/reflections/drafts/autosaving.py",
        "readers = {each.key: each.readers.value for each in saved.conflicts}",
        "readers = None",
        "tests/reflections/test_readers_of_old_pages.py -k sqlite",
    ),
    Fault(
        "keeping one's own text widens what was narrowed elsewhere",
        "static/js/autosave.js",
        "      narrow(this.form, conflict);\n",
        "",
        "tests/journeys/test_writing.py -k widens",
    ),
    Fault(
        "that one could not answer freely goes on by its label",
        "portal/reflections/sending/late.py",
        "if option.label == kept",
        "if option.label is None",
        "tests/reflections/test_late_words.py -k sqlite",
    ),
    Fault(
        "one's own narrowed answer is nowhere on one's own page",
        "portal/reflections/pieces/cards.py",
        "if not any(s.is_below for s in each.sides)",
        "if each.key",
        "tests/reflections/test_narrowed_answers.py -k sqlite",
    ),
    Fault(
        "what was taken back counts as sent",
        "portal/reflections/sending/service.py",
        "        note_anew(visit, task, person_id)\n",
        "        continue\n",
        "tests/homework/test_reached.py -k sqlite",
    ),
    Fault(
        "the page of trouble asks the database that is in trouble",
        "portal/web/refusals.py",
        "rooms.shell_in_trouble() if code >= 500 else rooms.shell(visit())",
        "rooms.shell(visit())",
        "tests/web/test_trouble.py -k sqlite",
    ),
    Fault(
        "what was asked for stands in a trace",
        "portal/foundation/database.py",
        'connect_args={"timeout": 5}, hide_parameters=True',
        'connect_args={"timeout": 5}',
        "tests/web/test_trouble.py -k sqlite",
    ),
    Fault(
        "a check-in that was never sent is on no page in the end",
        "portal/measures/opened.py",
        "or_(CheckIn.sent_at.is_not(None), CheckIn.week_on < until - WEEK)",
        "CheckIn.sent_at.is_not(None)",
        "tests/measures/test_weeks_left_unsent.py -k sqlite",
    ),
)
