"""Dates, times, money and names, written the way people say them."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from flask import Flask
from flask_babel import get_locale, get_timezone
from flask_babel import gettext as _

from portal.web.visits import visit

Say = Callable[[str], str]
NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
YEAR_AT_THE_END = re.compile(r"(?:\s*'[^']*'|[\s,.])*\by+\b.*$")


def day(on: date, locale: str, today: date) -> str:
    """A day in words, with the year only where it is another one: "Thursday 14 May"."""
    spoken = _spoken(locale)
    pattern = str(spoken.date_formats["full"])
    if spoken.language == "en":
        pattern = pattern.replace("EEEE,", "EEEE")
    if on.year == today.year:
        pattern = YEAR_AT_THE_END.sub("", pattern) or pattern
    return format_date(on, pattern, locale=spoken)


def clock(at: datetime, zone: str, locale: str) -> str:
    """The time of day as a clock in this zone shows it: "18:30"."""
    return format_time(at.astimezone(ZoneInfo(zone)), "short", locale=_spoken(locale))


def day_of(at: datetime, zone: str) -> date:
    """The day that a moment falls on for somebody in this zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def moment(at: datetime, zone: str, locale: str, now: datetime, say: Say = str) -> str:
    """A moment in words: "yesterday, 22:14", or "Thursday 14 May, 18:30"."""
    on, today = day_of(at, zone), day_of(now, zone)
    near = NEAR_DAYS.get((on - today).days)
    words = say(near) if near else day(on, locale, today)
    return f"{words}, {clock(at, zone, locale)}"


def near_day(on: date, locale: str, today: date, say: Say = str) -> str:
    """How far off a day is: "today", "tomorrow", "in 3 days"."""
    away = on - today
    near = NEAR_DAYS.get(away.days)
    if near:
        return say(near)
    return format_timedelta(away, "day", add_direction=True, locale=_spoken(locale))


def money(amount: Decimal | int, currency: str, locale: str) -> str:
    """A sum as it stands on a bill: "€1,250.00"."""
    return format_currency(amount, currency, locale=_spoken(locale))


def number(value: int | float | Decimal, locale: str) -> str:
    """A number as it is written in this language: "6.5"."""
    return format_decimal(value, locale=_spoken(locale))


def names(people: Sequence[str], locale: str) -> str:
    """Several names as one would say them: "Robin and Sasha"."""
    return format_list(list(people), locale=_spoken(locale))


def install(app: Flask) -> None:
    """Let templates write days, moments, sums and names for whoever is reading."""
    app.add_template_filter(_day_here, "day")
    app.add_template_filter(_clock_here, "clock")
    app.add_template_filter(_moment_here, "moment")
    app.add_template_filter(_moment_day_here, "moment_day")
    app.add_template_filter(_near_here, "near_day")
    app.add_template_filter(_whole_day_here, "whole_day")
    app.add_template_filter(_whole_moment_here, "whole_moment")
    app.add_template_filter(_money_here, "money")
    app.add_template_filter(_names_here, "names")
    app.add_template_filter(_number_here, "number")


def _spoken(locale: str) -> Locale:
    # Our English is British: the day before the month, and a clock of 24 hours.
    parsed = Locale.parse(locale.replace("-", "_"))
    return Locale("en", "GB") if parsed.language == "en" and not parsed.territory else parsed


def _reader() -> str:
    return str(get_locale() or "en")


def _zone_of_reader() -> str:
    return str(get_timezone() or "UTC")


def _day_here(on: date, zone: str = "") -> str:
    return day(on, _reader(), day_of(visit().now, zone or _zone_of_reader()))


def _clock_here(at: datetime, zone: str = "") -> str:
    return clock(at, zone or _zone_of_reader(), _reader())


def _moment_here(at: datetime, zone: str = "") -> str:
    return moment(at, zone or _zone_of_reader(), _reader(), visit().now, _)


def _moment_day_here(at: datetime, zone: str = "") -> str:
    where = zone or _zone_of_reader()
    return _day_here(day_of(at, where), where)


def _near_here(on: date, zone: str = "") -> str:
    return near_day(on, _reader(), day_of(visit().now, zone or _zone_of_reader()), _)


def _whole_day_here(on: date) -> str:
    return format_date(on, "long", locale=_spoken(_reader()))


def _whole_moment_here(at: datetime, zone: str) -> str:
    return f"{_whole_day_here(day_of(at, zone))}, {clock(at, zone, _reader())}"


def _money_here(amount: Decimal | int, currency: str) -> str:
    return money(amount, currency, _reader())


def _names_here(people: Sequence[str]) -> str:
    return names(people, _reader())


def _number_here(value: int | float | Decimal) -> str:
    return number(value, _reader())
