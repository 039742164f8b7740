"""The tables of editions: which summaries there may be, and for whom an hour exists."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from portal.policies.editions import (
    FILE_IS_HELD,
    FILE_NEEDS_ALL,
    NO_COUPLE_EDITION_ALONE,
    NO_COUPLE_EDITION_APART,
    NO_COUPLE_EDITION_HELD,
    NO_COUPLE_EDITION_PARTED,
    exists_for_all,
    holds_figures,
    holds_line,
    holds_only_shared_weeks,
    holds_own_comments,
    holds_parts,
    holds_totals,
    holds_whole_check_ins,
    looks_back,
    may_ask_for_totals,
    reaches_back_to,
    was_there,
    why_file_stays,
    why_no_couple_edition,
)
from portal.policies.gates import CoupleFacts, SeatFacts
from portal.vocabulary import ContactLevel, JointWork, PartnerRole, Stance, SummaryEdition
from tests.support.moments import START, after
from tests.support.tables import cases

FOR_BOTH = """
couple            | together | separated_contact | no_contact
two take part     | may be   | may be            | apart
one takes part    | alone    | alone             | alone
nobody takes part | alone    | alone             | alone
"""

LEAVES = """
said          | free      | held
yes, yes      | leaves    | held
yes, no       | needs all | needs all
no, no        | needs all | needs all
yes           | leaves    | held
no            | needs all | needs all
nobody to ask | needs all | needs all
"""

HOURS = """
partner            | in the room | not in the room
joined long before | yes         | no
joined that minute | yes         | no
joined afterwards  | no          | no
never joined       | no          | no
"""

SENTENCES = {"may be": "", "apart": NO_COUPLE_EDITION_APART, "alone": NO_COUPLE_EDITION_ALONE}
TAKING_PART = {"two take part": 2, "one takes part": 1, "nobody takes part": 0}
JOINED = {
    "joined long before": after(days=-90),
    "joined that minute": START,
    "joined afterwards": after(minutes=1),
    "never joined": None,
}
PARTNER, OTHER = uuid4(), uuid4()

FOR_ALL = """
hour                     | the counsellor's own | for one | for both
both in the room         | yes                  | yes     | yes
this one in the room     | yes                  | yes     | no
the other in the room    | yes                  | no      | no
before the other joined  | yes                  | yes     | no
"""

BEGINNING = """
readers        | the counsellor's own | for one | for both
both long ago  | never                | START   | START
one later      | never                | START   | later
never joined   | never                | START   | START
"""


HELD_NUMBERS = """
edition  | wellbeing and what both added | what its reader added | figures of homework | earlier numbers | weeks with a total of one of the two
clinical | yes                           | no                    | yes                 | yes             | yes
couple   | no                            | no                    | no                  | no              | no
partner  | no                            | yes                   | no                  | no              | yes
"""

HELD_SCORES = """
edition  | neither said yes  | each said yes to totals | each said yes to totals and their parts
clinical | totals, parts     | totals, parts           | totals, parts
couple   | nothing           | totals                  | totals, parts
partner  | totals, parts     | totals, parts           | totals, parts
"""
SAID = {"neither said yes": 0, "each said yes to totals": 1}

HELD_LINES = """
edition  | any line | the line that is never printed
clinical | yes      | no
couple   | no       | no
partner  | no       | no
"""


def _couple(taking_part: int, contact: str, status: JointWork = JointWork.CLEAR) -> CoupleFacts:
    seats = [SeatFacts(n < taking_part, PartnerRole.ANY, Stance.NOT_SET) for n in range(2)]
    return CoupleFacts(ContactLevel(contact), status, tuple(seats))


@pytest.mark.parametrize(("who", "contact", "cell"), list(cases(FOR_BOTH)))
def test_an_edition_for_both(who: str, contact: str, cell: str) -> None:
    for status in JointWork:
        couple = _couple(TAKING_PART[who], contact, status)
        assert why_no_couple_edition(couple) == SENTENCES[cell]


@pytest.mark.parametrize(("who", "contact", "cell"), list(cases(FOR_BOTH)))
def test_a_yes_to_totals_is_asked_for_where_there_can_be_paper_for_both(
    who: str, contact: str, cell: str
) -> None:
    is_alone, level = TAKING_PART[who] < 2, ContactLevel(contact)
    asked = may_ask_for_totals(level, is_alone=is_alone, have_parted=False)
    assert asked is (cell == "may be")
    assert not may_ask_for_totals(level, is_alone=is_alone, have_parted=True)


@pytest.mark.parametrize(("said", "held", "cell"), list(cases(LEAVES)))
def test_the_file_of_both_leaves(said: str, held: str, cell: str) -> None:
    says = {uuid4(): each == "yes" for each in said.split(", ") if each != "nobody to ask"}
    wanted = {"leaves": "", "needs all": FILE_NEEDS_ALL, "held": FILE_IS_HELD}[cell]
    assert why_file_stays(says, is_held=held == "held") == wanted


@pytest.mark.parametrize(("who", "where", "cell"), list(cases(HOURS)))
def test_an_hour_exists_for_those_who_were_in_it(who: str, where: str, cell: str) -> None:
    attended = {OTHER, PARTNER} if where == "in the room" else {OTHER}
    assert was_there(PARTNER, JOINED[who], attended, START) is (cell == "yes")


def _readers(edition: str, other: datetime | None) -> dict[UUID, datetime | None]:
    both: dict[UUID, datetime | None] = {PARTNER: START, OTHER: other}
    if edition == "for both":
        return both
    return {PARTNER: START} if edition == "for one" else {}


@pytest.mark.parametrize(("hour", "edition", "cell"), list(cases(FOR_ALL)))
def test_an_edition_knows_of_an_hour_that_each_of_its_readers_knows(
    hour: str, edition: str, cell: str
) -> None:
    there = {"this one in the room": {PARTNER}, "the other in the room": {OTHER}}
    later = after(days=9) if hour.startswith("before") else START
    attended = there.get(hour, {PARTNER, OTHER})
    readers = _readers(edition, later)
    assert exists_for_all(readers, attended, after(days=8)) is (cell == "yes")


@pytest.mark.parametrize(("who", "edition", "cell"), list(cases(BEGINNING)))
def test_an_edition_reaches_back_to_the_last_joining(who: str, edition: str, cell: str) -> None:
    later = {"one later": after(days=9), "never joined": None}.get(who, START)
    dates = {"never": None, "START": START, "later": after(days=9)}
    assert reaches_back_to(_readers(edition, later)) == dates[cell]


@pytest.mark.parametrize(
    ("held", "parted", "sentence"),
    [
        (True, False, NO_COUPLE_EDITION_HELD),
        (False, True, NO_COUPLE_EDITION_PARTED),
        (True, True, NO_COUPLE_EDITION_PARTED),
    ],
)
def test_a_hold_and_a_parting_stop_it(held: bool, parted: bool, sentence: str) -> None:  # noqa: FBT001 - columns of a table
    couple = replace(_couple(2, "together"), is_held=held, have_parted=parted)
    assert why_no_couple_edition(couple) == sentence


def test_no_contact_level_is_missing_from_the_table() -> None:
    assert {column for _, column, _ in cases(FOR_BOTH)} == {level.value for level in ContactLevel}


@pytest.mark.parametrize(("edition", "what", "cell"), list(cases(HELD_NUMBERS)))
def test_numbers_given_to_the_counsellor_stand_on_their_own_paper_only(
    edition: str, what: str, cell: str
) -> None:
    made_for = SummaryEdition(edition)
    held = {
        "wellbeing": holds_whole_check_ins(made_for),
        "what": holds_own_comments(made_for),
        "figures": holds_figures(made_for),
        "earlier": looks_back(made_for),
        "weeks": not holds_only_shared_weeks(made_for),
    }
    assert held[what.split()[0].strip(",")] is (cell == "yes")


@pytest.mark.parametrize(("edition", "said", "cell"), list(cases(HELD_SCORES)))
def test_totals_and_their_parts_stand_for_both_where_each_said_yes_to_them(
    edition: str, said: str, cell: str
) -> None:
    made_for, agreed = SummaryEdition(edition), SAID.get(said, 2)
    held = {"totals": holds_totals(made_for, agreed), "parts": holds_parts(made_for, agreed)}
    assert ", ".join(what for what, stands in held.items() if stands) == cell.replace("nothing", "")


@pytest.mark.parametrize(("edition", "line", "cell"), list(cases(HELD_LINES)))
def test_single_answers_stand_on_the_counsellors_paper_but_never_safety(
    edition: str, line: str, cell: str
) -> None:
    never_print = line.endswith("never printed")
    assert holds_line(SummaryEdition(edition), never_print=never_print) is (cell == "yes")


@pytest.mark.parametrize("table", [HELD_NUMBERS, HELD_SCORES, HELD_LINES])
def test_no_edition_is_missing_from_the_tables_of_numbers(table: str) -> None:
    assert {row for row, _, _ in cases(table)} == {each.value for each in SummaryEdition}
