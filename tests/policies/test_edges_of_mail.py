"""The edges of mail: hours that meet, several names, and what is so unless it is said otherwise."""

from datetime import UTC, datetime

from portal.policies.mail import MailFacts, SafeHours, is_neutral, is_safe, may_mail


def _at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, 30, tzinfo=UTC)


def test_hours_that_end_where_they_begin_are_none() -> None:
    assert not any(is_safe(SafeHours(9, 9, "UTC"), _at(hour)) for hour in range(24))


def test_hours_over_midnight_end_with_their_last() -> None:
    night = SafeHours(22, 6, "UTC")
    assert [hour for hour in range(24) if is_safe(night, _at(hour))] == [0, 1, 2, 3, 4, 5, 22, 23]


def test_one_name_among_several_is_enough_to_tell() -> None:
    assert not is_neutral("Ann writes", "Ann", "Ben")
    assert is_neutral("A friend writes", "Ann", "Ben")


def test_what_is_so_unless_it_is_said_otherwise() -> None:
    assert may_mail(MailFacts(has_chosen=True))
    assert may_mail(MailFacts(has_chosen=True, has_no_contact=True))
    assert may_mail(MailFacts(has_chosen=True, hints_at_other=True))
    assert not may_mail(MailFacts(has_chosen=True, address_is_shared=True))
