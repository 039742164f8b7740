"""Faults by which words are lost on a bad line: an answer that never comes, a button on a dead line."""

from tests.tools.planting import Fault

AUTOSAVE, HOLDING = "static/js/autosave.js", "static/js/holding.js"
DRAFTS, MERGING = "portal/reflections/drafts/service.py", "portal/reflections/joint/merging.py"
LOST = "tests/journeys/test_lost_answers.py"
DEAD = "tests/journeys/test_dead_line.py"
UNANSWERED = "tests/reflections/test_unanswered.py -k sqlite"
SENT_ONCE = "tests/journeys/test_words_sent_once.py"
TWO_PLACES = "tests/measures/test_two_places.py tests/measures/test_kept_beside.py -k sqlite"
ODD = "tests/reflections/joint/test_odd_words.py -k sqlite"

LINE_FAULTS = (
    Fault(
        "a page whose answer was lost clashes with itself",
        AUTOSAVE,
        "    this.unanswered.note(words);\n",
        "",
        LOST,
    ),
    Fault(
        "what this page sent before counts as another place's",
        DRAFTS,
        "return any(not self._differs(field, each) for each in sent)",
        "return any(self._differs(field, each) for each in ())",
        UNANSWERED,
    ),
    Fault(
        "whatever a page sent before, it may write over anything",
        DRAFTS,
        "return any(not self._differs(field, each) for each in sent)",
        "return any(each.present for each in sent)",
        UNANSWERED,
    ),
    Fault(
        "on a sheet one's own unanswered words are the other's",
        MERGING,
        '    if there is not None and digest(there) in sent:\n        return "mine"\n',
        "",
        UNANSWERED,
    ),
    Fault(
        "the check page is silent about what lies beside",
        "portal/reflections/sending/drawing.py",
        "    last = {each.key: each for each in draft.kept}\n",
        "    last = {each.key: each for each in draft.kept if each.is_hidden}\n",
        UNANSWERED,
    ),
    Fault(
        "the button goes on from words that did not arrive",
        HOLDING,
        "    if (!this.autosave.isHeard) return this.autosave.stay();\n",
        "",
        DEAD,
    ),
    Fault(
        "a second press on a dead line is not heard",
        AUTOSAVE,
        "    this.line.sayAgain();\n",
        "",
        DEAD,
    ),
    Fault(
        "an answer is waited for without an end",
        AUTOSAVE,
        "      signal: within(),\n",
        "",
        DEAD,
    ),
    Fault(
        "a hidden version is sent on although the saving clashes",
        "portal/reflections/drafts/routes.py",
        ', request.form.get("send_on", ""))) and not saved.conflicts:',
        ', request.form.get("send_on", ""))):',
        "tests/reflections/test_kept_alone.py -k sqlite",
    ),
    Fault(
        "what has no answer yet is not sent when the page is put away",
        AUTOSAVE,
        "this.inFlight && this.goneOut === this.edits;",
        "this.inFlight;",
        DEAD,
    ),
    Fault(
        "odd words stand over the other's number",
        MERGING,
        "            odd.setdefault(_part(item, box), {})[box] = list(said)\n",
        "            odd.setdefault(AS_TYPED, {})[box] = list(said)\n",
        ODD,
    ),
    Fault(
        "the odd words of a row that clashes come into the box",
        MERGING,
        "    ours = {box: t for box, t in mine.typed.items() if taken.get(_part(item, box))}\n",
        "    ours = dict(mine.typed)\n",
        ODD,
    ),
    Fault(
        "what is too much is tried for ever",
        AUTOSAVE,
        " || this.isHeardOut()",
        "",
        DEAD,
    ),
    Fault(
        "what came too late comes again and again",
        AUTOSAVE,
        'return this.hearOut(sent).trouble("late", told.message)',
        'return this.line.trouble("late", told.message)',
        "tests/journeys/test_too_late.py",
    ),
    Fault(
        "what is typed on after a rest is left nowhere",
        AUTOSAVE,
        "if (this.tries > 0 || this.isHeardOut()) return;",
        "if (this.tries > 0 || this.isAway || this.isHeardOut()) return;",
        "tests/journeys/test_typing_after_a_rest.py -k calmly",
    ),
    Fault(
        "what one page leaves after a rest is left many times over",
        "portal/reflections/drafts/keeping.py",
        "is_typed_on or is_own or _stands_in(",
        "is_typed_on or _stands_in(",
        "tests/reflections/test_left_after_a_rest.py -k sqlite",
    ),
    Fault(
        "notes go on a dead line",
        "static/js/line.js",
        "    else stay(form, by);\n",
        "    else send(form, by);\n",
        SENT_ONCE,
    ),
    Fault(
        "on a slow line two presses try twice",
        "static/js/line.js",
        "  if (trying.has(form)) return;\n",
        "",
        SENT_ONCE,
    ),
    Fault(
        "what is typed on a check-in that was sent elsewhere is kept nowhere",
        "portal/measures/routes.py",
        "if card.sent_at is not None or card.asks_otherwise(typed.wording):\n        _keep",
        "if card.asks_otherwise(typed.wording):\n        _keep",
        TWO_PLACES,
    ),
    Fault(
        "a short text counts as the beginning of any other",
        "portal/measures/service.py",
        "goes_on(text.strip(), words.strip())",
        "words.startswith(text)",
        TWO_PLACES,
    ),
    Fault(
        "what no week is left for leads to a sign-in without a word",
        "portal/measures/routes.py",
        "if not back or not queries.is_on(",
        "if not queries.is_on(",
        "tests/measures/test_rests.py -k sqlite",
    ),
    Fault(
        "a page of a week that is not begun writes over what was gone on with before it",
        DRAFTS,
        "self._counts_before.get(row.field_key, 0) if taken_over else 0",
        "base if taken_over else 0",
        "tests/reflections/test_carried_forward.py -k sqlite",
    ),
)
