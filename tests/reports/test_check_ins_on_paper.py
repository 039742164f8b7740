"""Check-ins line by line: whole on the counsellor's paper but for safety, and on no other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.measures import service as measures
from portal.measures.cards import Typed
from portal.measures.models import TotalsConsent
from portal.measures.queries import text_of
from portal.reports import service
from portal.reports.drawing import draw
from portal.reports.paper import CheckInPerson, CheckInRow, LinesTable, Summary, passages
from portal.reports.printer import Printer
from portal.reports.reading_back import EditionRefused
from portal.reports.service import Proof
from portal.sessions.service import Hour, write_session
from portal.vocabulary import CheckInWording, ContactLevel, Role, Seat
from tests.measures.test_wordings import now_live, without_contact
from tests.support.check_ins import EVERY, a_check_in, switch_on, typed
from tests.support.world import CoupleHere, World

WEEK = timedelta(days=7)
SAFETY = "safe to disagree, to say no and to make my own choices"


@dataclass
class House:
    """A couple that is asked every week, and the hour that comes after it."""

    world: World
    couple: CoupleHere

    def hour(self) -> UUID:
        """An hour with both, written down."""
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            hour = Hour(starts_at=self.world.now, minutes=60, attended=(Seat.A, Seat.B))
            session_id = write_session(visit, self.couple.id, hour).id
        self.world.now += timedelta(hours=2)
        return session_id

    def proof(self, session_id: UUID, key: str) -> Proof:
        """This edition as the press would be given it."""
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            document_id = service.order(visit, session_id, key).id
        with self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR) as visit:
            return service.proof(visit, document_id)

    def summary(self, session_id: UUID, key: str) -> Summary:
        """This edition as it would print."""
        return self.proof(session_id, key).summary

    def both_say_yes(self, text: int = measures.CONSENT_TEXT) -> None:
        """Each says yes to the sentence of this number."""
        assert self.couple.b is not None
        for person in (self.couple.a, self.couple.b):
            with self.world.as_(person, Role.PARTNER) as visit:
                measures.say(visit, yes=True)
        with self.world.visit() as visit:
            visit.db.execute(sa.update(TotalsConsent).values(text_version=text))
        self.world.now += timedelta(minutes=1)


@pytest.fixture
def house(world: World) -> House:
    couple = world.a_couple()
    switch_on(world, couple)
    return House(world, couple)


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as found:
        yield found


def asked(wording: CheckInWording) -> dict[str, str]:
    return {item.key: item.text for item in text_of(wording).items}


def weeks_of(house: House, *numbers: Typed, person: UUID | None = None) -> None:
    for each in numbers:
        a_check_in(house.world, person or house.couple.a, each)
        house.world.now += WEEK


def test_the_counsellors_paper_holds_every_answer_but_safety(
    house: House, printer: Printer
) -> None:
    weeks_of(house, typed(6, heard="1", safety="2"), typed(7, time="none", fun="", wellbeing="4"))
    ready = house.proof(house.hour(), "clinical")
    (one,) = ready.summary.check_in_whole
    (table,) = one.lines
    texts = asked(CheckInWording.TOGETHER)
    assert [row.label for row in table.rows] == [t for key, t in texts.items() if key != "safety"]
    cells = {row.label: row.cells for row in table.rows}
    assert cells[texts["heard"]] == ("1", "7")
    assert cells[texts["wellbeing"]] == ("6", "4")
    assert cells[texts["time"]] == ("6", "Does not fit this week")
    assert cells[texts["fun"]] == ("6", "")
    assert [row.cells for row in one.wellbeing] == [("60",), ("40",)]
    assert {texts["heard"], *table.weeks} <= {*passages(ready.summary)}
    assert SAFETY not in draw(ready.summary)
    assert service.press(ready, draw, printer.print).pages


@pytest.mark.parametrize(
    ("count", "beside"), [(1, [1]), (6, [6]), (7, [4, 3]), (13, [5, 5, 3]), (20, [5, 5, 5, 5])]
)
def test_many_weeks_are_laid_in_tables_of_a_few(
    house: House, count: int, beside: list[int]
) -> None:
    weeks_of(house, *(typed(n % 11) for n in range(count)))
    (one,) = house.summary(house.hour(), "clinical").check_in_whole
    assert [len(table.weeks) for table in one.lines] == beside
    assert [table.goes_on for table in one.lines] == [False] + [True] * (len(beside) - 1)
    assert [cell for table in one.lines for cell in table.rows[0].cells] == [
        str(n % 11) for n in range(count)
    ]
    assert all(len(row.cells) == len(table.weeks) for table in one.lines for row in table.rows)


def test_each_wording_has_a_table_of_its_own(house: House, printer: Printer) -> None:
    weeks_of(house, typed(6))
    now_live(house.world, house.couple, ContactLevel.SEPARATED_CONTACT)
    weeks_of(house, typed(7))
    now_live(house.world, house.couple, ContactLevel.NO_CONTACT)
    weeks_of(house, without_contact(8))
    ready = house.proof(house.hour(), "clinical")
    (one,) = ready.summary.check_in_whole
    wordings = (CheckInWording.TOGETHER, CheckInWording.APART, CheckInWording.NO_CONTACT)
    assert [[row.label for row in table.rows] for table in one.lines] == [
        [text for key, text in asked(wording).items() if key != "safety"] for wording in wordings
    ]
    assert [len(one.rows), len(one.wellbeing)] == [2, 3]
    assert service.press(ready, draw, printer.print).pages


def test_ones_own_paper_holds_the_parts_also_of_a_week_without_a_total(house: House) -> None:
    assert house.couple.b is not None
    a_check_in(house.world, house.couple.b, typed(9))
    few = Typed({"heard": "4", "repair": "7", "trust": "9", "wellbeing": "1", "safety": "1"}, {})
    weeks_of(house, few, typed(5))
    held = house.summary(house.hour(), str(house.couple.a))
    assert [row.cells for row in held.check_in] == [("50",)]
    (one,) = held.check_in_whole
    assert one.name == "Ann"
    assert [row.cells for row in one.rows] == [("55", "90", "", "", ""), ("50",) * 5]
    assert (one.wellbeing, one.comments, one.lines) == ((), (), ())


@pytest.mark.parametrize(("text", "names"), [(1, []), (2, ["Ann", "Ben"])])
def test_parts_stand_for_both_only_where_each_said_yes_to_them(
    house: House, text: int, names: list[str]
) -> None:
    assert house.couple.b is not None
    a_check_in(house.world, house.couple.b, typed(9, comment="of mine"))
    weeks_of(house, typed(5, comment="of mine"))
    house.both_say_yes(text)
    held = house.summary(house.hour(), "couple")
    assert [row.cells for row in held.check_in] == [("50", "90")]
    assert [one.name for one in held.check_in_whole] == names
    for one in held.check_in_whole:
        assert (one.wellbeing, one.comments, one.lines) == ((), (), ())


def test_for_both_stand_only_weeks_in_which_each_has_a_total(house: House) -> None:
    ben = house.couple.b
    assert ben is not None
    a_check_in(house.world, ben, typed(9))
    weeks_of(house, typed(5))
    weeks_of(house, typed(6))  # the other left this week out
    a_check_in(house.world, ben, typed(4, **dict.fromkeys(EVERY[:5], "")))
    weeks_of(house, typed(7))  # and had too few numbers in this
    a_check_in(house.world, ben, typed(3))
    weeks_of(house, typed(8))
    house.both_say_yes(3)
    held = house.summary(house.hour(), "couple")
    assert [row.cells for row in held.check_in] == [("50", "90"), ("80", "30")]
    assert held.chart is not None
    assert [one.values for one in held.chart.series] == [(50, None, None, 80), (90, None, None, 30)]
    assert [len(one.rows) for one in held.check_in_whole] == [2, 2]
    assert "60" not in "".join(passages(held))


def test_without_the_yes_of_both_nothing_stands_for_both(house: House) -> None:
    assert house.couple.b is not None
    a_check_in(house.world, house.couple.b, typed(9))
    weeks_of(house, typed(5))
    with house.world.as_(house.couple.a, Role.PARTNER) as visit:
        measures.say(visit, yes=True)
    held = house.summary(house.hour(), "couple")
    assert (held.check_in, held.check_in_whole) == ((), ())


@pytest.mark.parametrize("key", ["clinical", "couple", "a"])
@pytest.mark.parametrize("wording", list(CheckInWording))
def test_the_second_net_holds_back_questions_that_are_not_for_this_paper(
    house: House, printer: Printer, key: str, wording: CheckInWording
) -> None:
    """Whatever slips into the summary unseen: both readers find it, and no paper is made."""
    weeks_of(house, typed(5))
    ready = house.proof(house.hour(), str(house.couple.a) if key == "a" else key)
    questions = asked(wording)
    safety = questions.pop("safety", "")
    held_back = [
        text for text in (safety, *(questions.values() if key != "clinical" else ())) if text
    ]
    without = replace(ready.summary, check_in_whole=())
    bare = replace(ready, summary=without, allowed=passages(without))
    assert service.press(bare, draw, printer.print).pages
    for text in held_back[:2]:
        slipped = replace(ready.summary, check_in_whole=(a_slip(text),))
        with pytest.raises(EditionRefused, match="protected"):
            service.press(replace(bare, summary=slipped), draw, printer.print)
    assert not held_back or set(held_back) <= set(ready.protected)
    if key == "clinical":
        assert not set(questions.values()) & set(ready.protected)


def a_slip(text: str) -> CheckInPerson:
    """A line that should not stand on this paper."""
    table = LinesTable(("2 Mar",), (CheckInRow(text, ("5",)),))
    return CheckInPerson("Ann", "a", (), (), (), (), (table,))
