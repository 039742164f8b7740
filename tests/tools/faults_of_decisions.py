"""Faults of deciding, and of the door, the weeks and the words beside: what nobody had before them counts."""

from tests.tools.planting import Fault

OPENINGS = "portal/reflections/openings/service.py"
LEFT_OPEN = "tests/reflections/test_pages_left_open.py -k sqlite"
TURN_OF_THE_WEEK = "tests/measures/test_turn_of_the_week.py -k sqlite"
UNSEEN = "tests/reflections/test_decided_unseen.py -k sqlite"
PROMISED = "tests/reflections/test_words_under_their_promise.py -k sqlite"
ON_PAPER = "tests/reports/test_check_ins_on_paper.py -k sqlite"
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
        "portal/reflections/drafts/cards.py",
        'counted = f"{self.changes}.{sum(self.counters.values())}"',
        'counted = ""',
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
        "who was not in the hour after all takes its paper out",
        "portal/policies/deeds.py",
        "    if viewer.person_id not in attended:\n        return False\n",
        "",
        "tests/reports/test_given_out.py -k sqlite",
    ),
    Fault(
        "a paper that was ordered before the words stays in the wrong chair",
        "portal/reports/service.py",
        "is_printed & (SummaryDocument.finished_at >= since)",
        "is_printed & (SummaryDocument.ordered_at >= since)",
        "tests/care/test_chairs_on_paper.py -k sqlite",
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
    Fault(
        "a draft is thrown away from a page that did not show it",
        "portal/reflections/drafts/routes.py",
        'if request.form.get("seen") != held_draft(here, round_id).seen:',
        "if not held_draft(here, round_id):",
        UNSEEN,
    ),
    Fault(
        "a piece is left out from a page that did not show it",
        "portal/reflections/sending/routes.py",
        'if request.form.get("seen") != card.seen:',
        "if not card.seen:",
        UNSEEN,
    ),
    Fault(
        "what was confirmed on a sheet goes under a later promise",
        "portal/reflections/joint/agreeing.py",
        "write_private(visit, row, field, text, person_id, side.promise)",
        "write_private(visit, row, field, text, person_id)",
        PROMISED,
    ),
    Fault(
        "what came late goes under a later promise",
        "portal/reflections/sending/late.py",
        "promise_for(visit, reflection.couple_id, me, kept.kept_at)",
        "promise_for(visit, reflection.couple_id, me)",
        PROMISED,
    ),
    Fault(
        "a page that shows another promise is taken",
        "portal/reflections/drafts/cards.py",
        "counted, self.own.promise_mark, *beside)",
        "counted, *beside)",
        PROMISED,
    ),
    Fault(
        "a check-in is taken from a page that shows another promise",
        "portal/measures/routes.py",
        'if request.form.get("promise", "") != card.own.promise_mark:',
        'if not request.form.get("promise", "-"):',
        PROMISED,
    ),
    Fault(
        "a week that goes on from another does not say so",
        "templates/reflections/write.html",
        "{{ draft.words_of or '' }}",
        "{{ draft.piece_id or '' }}",
        "tests/care/test_page_left_open.py -k sqlite",
    ),
    Fault(
        "what was typed after a rest on a page of a moved piece is lost",
        "portal/reflections/drafts/routes.py",
        "        return give_back_words()  # kept",
        "        return redirect(url_for(SIGN_IN), 303)  # kept",
        "tests/care/test_page_left_open.py -k sqlite",
    ),
    Fault(
        "safety is printed",
        "portal/measures/questions.py",
        'never_print=bool(item.get("never_print", False))',
        "never_print=False",
        ON_PAPER,
    ),
    Fault(
        "the second readers do not know the questions",
        "portal/reports/protected.py",
        "if not holds_line(edition, never_print=item.never_print):",
        "if False:",
        ON_PAPER,
    ),
    Fault(
        "a yes to totals is a yes to their parts",
        "portal/policies/editions.py",
        "return agreed >= PARTS_TEXT",
        "return agreed >= TOTALS_TEXT",
        ON_PAPER,
    ),
    Fault(
        "the yes of one is enough for both",
        "portal/measures/queries.py",
        "return min(says.get",
        "return max(says.get",
        ON_PAPER,
    ),
    Fault(
        "what is no longer asked was left out",
        "portal/measures/scoring.py",
        "if SAFETY in now.asked and safety",
        "if safety",
        "tests/measures/test_scoring.py",
    ),
    Fault(
        "a line is compared with another question",
        "portal/measures/scoring.py",
        "self.asked[key] == other.asked.get(key) for",
        "key in other.asked for",
        "tests/measures/test_scoring.py",
    ),
)
