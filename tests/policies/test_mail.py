"""The tables of mail: whether somebody may be written to, when, and under which name."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from portal.policies.mail import (
    MailFacts,
    SafeHours,
    is_neutral,
    is_safe,
    may_mail,
    next_hour,
    next_moment,
)
from tests.support.tables import cases

# Rows are what is true beside each column; a cell says whether the one neutral message may go.
MAY = """
what there is           | nothing else | no contact
nothing chosen          | no           | no
something new           | yes          | yes
hints at the other      | yes          | no
done meanwhile          | no           | no
no longer takes part    | no           | no
address on two accounts | no           | no
both chose to share it  | yes          | yes
sample practice         | no           | no
put away                | no           | no
coming apart            | no           | no
safety hold             | no           | no
"""
FACTS = {
    "nothing chosen": {"has_chosen": False},
    "something new": {},
    "hints at the other": {"hints_at_other": True},
    "done meanwhile": {"is_done": True},
    "no longer takes part": {"takes_part": False},
    "address on two accounts": {"address_is_shared": True},
    "both chose to share it": {"address_is_shared": True, "all_chose_sharing": True},
    "sample practice": {"is_sample": True},
    "put away": {"is_put_away": True},
    "coming apart": {"is_coming_apart": True},
    "safety hold": {"is_held": True},
}

# The day is in the reader's own zone; rows are hours chosen, columns the hour on their clock.
SAFE = """
chosen   | 0   | 8  | 9   | 17  | 18  | 22  | 23
9 to 18  | no  | no | yes | yes | no  | no  | no
22 to 6  | yes | no | no  | no  | no  | yes | yes
18 to 24 | no  | no | no  | no  | yes | yes | yes
"""

NAMES = """
name                 | Quiet Harbour | Weft
Post                 | yes           | yes
Weft                 | yes           | no
The Quiet   harbour  | no            | yes
Harbour              | yes           | yes
Couples Post         | no            | no
Paarberatung         | no            | no
Relationship news    | no            | no
ＴＨＥＲＡＰＹ        | no            | no
The Rapist           | yes           | yes
"""


@pytest.mark.parametrize(("what", "contact", "cell"), list(cases(MAY)))
def test_whether_somebody_may_be_written_to(what: str, contact: str, cell: str) -> None:
    given = {"has_chosen": True} | FACTS[what] | {"has_no_contact": contact == "no contact"}
    assert may_mail(MailFacts(**given)) is (cell == "yes")


def test_every_fact_stands_in_the_table() -> None:
    named = {name for given in FACTS.values() for name in given} | {"has_no_contact"}
    assert {field.name for field in fields(MailFacts)} == named


def test_a_hold_stands_above_everything() -> None:
    assert not may_mail(MailFacts(True, is_held=True, all_chose_sharing=True))


@pytest.mark.parametrize(("chosen", "hour", "cell"), list(cases(SAFE)))
def test_safe_hours(chosen: str, hour: str, cell: str) -> None:
    first, _to, last = chosen.split()
    hours = SafeHours(int(first), int(last), "Asia/Kolkata")
    at = datetime(2026, 3, 2, int(hour), 30, tzinfo=UTC).timestamp() - 5.5 * 3600
    assert is_safe(hours, datetime.fromtimestamp(at, UTC)) is (cell == "yes")


@pytest.mark.parametrize(("name", "never", "cell"), list(cases(NAMES)))
def test_a_senders_name_tells_nothing(name: str, never: str, cell: str) -> None:
    assert is_neutral(name, never, "") is (cell == "yes")


class TestNextMoment:
    HOURS = SafeHours(9, 18, "Europe/Dublin")

    def test_is_now_where_now_is_safe(self) -> None:
        now = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
        assert next_moment(self.HOURS, now, None) == now
        assert next_moment(self.HOURS, now, date(2026, 3, 1)) == now

    def test_is_the_next_day_where_somebody_was_written_to_today(self) -> None:
        now = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
        assert next_moment(self.HOURS, now, date(2026, 3, 2)) == datetime(2026, 3, 3, 9, tzinfo=UTC)

    def test_follows_the_clock_where_an_hour_is_left_out(self) -> None:
        evening = datetime(2026, 3, 28, 20, 5, tzinfo=UTC)
        assert next_moment(self.HOURS, evening, None) == datetime(2026, 3, 29, 8, tzinfo=UTC)

    def test_is_never_where_the_last_day_lies_far_ahead(self) -> None:
        now = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
        assert next_moment(self.HOURS, now, date(2026, 4, 2)) is None

    def test_the_next_hour_hides_the_minute(self) -> None:
        for minute in (0, 1, 59):
            at = datetime(2026, 3, 2, 9, minute, 7, tzinfo=UTC)
            assert next_hour(at) == datetime(2026, 3, 2, 10, tzinfo=UTC)
