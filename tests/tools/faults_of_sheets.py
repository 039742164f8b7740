"""Faults of the sheet that two write: the machine of one sheet has to meet each of them."""

from tests.tools.planting import Fault

QUERIES = "portal/reflections/joint/queries.py"
SERVICE = "portal/reflections/joint/service.py"
AGREEING = "portal/reflections/joint/agreeing.py"
MERGING = "portal/reflections/joint/merging.py"
MACHINE = "tests/promises/test_p25_sheets.py"

SHEET_FAULTS = (
    Fault(
        "a sheet that the other began for themselves alone is found",
        QUERIES,
        "    return _found(visit, task, lock, is_known_to(visit.viewer.me()))",
        "    return _found(visit, task, lock)",
        MACHINE,
    ),
    Fault(
        "a yes outlives a change of one's own words",
        SERVICE,
        "side.saved_at, side.confirmed = self.visit.now, None",
        "side.saved_at = self.visit.now",
        MACHINE,
    ),
    Fault(
        "a yes to words that were not on the page is taken",
        AGREEING,
        "    if seen != card.seen:\n        raise Stale(CHANGED)\n",
        "",
        MACHINE,
    ),
    Fault(
        "of two texts the later one wins",
        MERGING,
        'return "theirs" if here is None else "clash"',
        'return "theirs" if here is None else "mine"',
        MACHINE,
    ),
    Fault(
        "the text that lost is thrown away",
        SERVICE,
        "            keep_beside(self.visit, self.row, item, readable(item, mine.value, own, mine.typed), me)\n",
        "",
        MACHINE,
    ),
    Fault(
        "whose text gives way in a clash has it no more",
        SERVICE,
        "        elif DECIDED in marks:\n            self._decide(item, merged, theirs)\n",
        "",
        "tests/reflections/joint/test_sheets.py -k sqlite",
    ),
    Fault(
        "what another answer has put aside is thrown away when the sheet is sent",
        AGREEING,
        "    aside = left_out(here.fields, {**here.shared.values, **here.mine.values}, context)\n",
        "    aside = {}\n",
        "tests/reflections/joint/test_agreeing.py -k sqlite",
    ),
    Fault(
        "what is typed too late is thrown away",
        SERVICE,
        "        if (value is not None and value != known) or (odd and odd != here.text(item).typed):\n",
        "        if value is None:\n",
        MACHINE,
    ),
    Fault(
        "one yes sends the sheet",
        AGREEING,
        "    return len(mine) == 2 and all(",
        "    return len(mine) == 2 and any(",
        MACHINE,
    ),
    Fault(
        "a sheet is taken back from the other once nothing joint is possible",
        "portal/reflections/sending/queries.py",
        "    if row.state in SENT and is_shut:\n        return ENDED_ALREADY\n",
        "",
        "tests/reflections/joint/test_taken_back_late.py -k sqlite",
    ),
    Fault(
        "a sheet that takes no more words is returned, and gone from both pages",
        "portal/reflections/sending/queries.py",
        "    is_shut = is_joint and not may_still_share(couple, task)\n",
        "    is_shut = False\n",
        "tests/review/test_returning_late.py -k sqlite",
    ),
    Fault(
        "words that came in anew are returned unread",
        "portal/reflections/sending/service.py",
        "        raise Stale(CAME_IN_ANEW)\n",
        "        pass\n",
        "tests/review/test_two_places.py -k sqlite",
    ),
    Fault(
        "what a refused form shows counts as unread",
        "portal/web/visits.py",
        "        _note_what_was_shown(here, response)\n",
        "",
        "tests/review/test_two_places.py -k sqlite",
    ),
    Fault(
        "the words of the other stand among what one had begun on a sheet",
        "portal/reflections/pieces/unsent.py",
        "        return value if is_last else None\n",
        "        return value\n",
        "tests/reflections/test_begun.py -k sqlite",
    ),
    Fault(
        "a sheet that was sent under a hold stays closed where the counsellor opens rounds",
        "portal/reflections/openings/service.py",
        "    opens = {Mode.JOINT: consider_sheet}\n",
        "    opens = {}\n",
        "tests/reflections/joint/test_held.py -k sqlite",
    ),
    Fault(
        "who left it out takes nothing along for the counsellor",
        AGREEING,
        "    _send_private(visit, row, here, here.mine.values, side)\n    audit",
        "    audit",
        MACHINE,
    ),
)
