"""What can be chosen on many forms: languages, time zones, currencies."""

from datetime import time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import format_time
from babel.numbers import get_currency_name
from flask import current_app
from flask_babel import get_locale
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older

CURRENCIES = [
    "AED",
    "ARS",
    "AUD",
    "BGN",
    "BRL",
    "CAD",
    "CHF",
    "CLP",
    "CNY",
    "COP",
    "CZK",
    "DKK",
    "EGP",
    "EUR",
    "GBP",
    "HKD",
    "HUF",
    "IDR",
    "ILS",
    "INR",
    "ISK",
    "JPY",
    "KES",
    "KRW",
    "MAD",
    "MXN",
    "MYR",
    "NGN",
    "NOK",
    "NZD",
    "PEN",
    "PHP",
    "PKR",
    "PLN",
    "RON",
    "RSD",
    "SAR",
    "SEK",
    "SGD",
    "THB",
    "TRY",
    "TWD",
    "UAH",
    "USD",
    "VND",
    "ZAR",
]


def choice(value: str, label: str, group: str | None = None) -> Any:
    """One thing to choose, as forms want it; under the heading of its group, where it has one."""
    return SelectChoice(value, label, optgroup=group)


def languages() -> list[Any]:
    """The languages that the portal speaks, each by its own name."""
    known = current_app.extensions["babel"].instance.list_translations()
    codes = {"en", *(str(locale) for locale in known)}
    return [choice(code, _own_name(code)) for code in sorted(codes)]


@cache
def zone_names() -> tuple[str, ...]:
    """The time zones of places, by their names."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and _is_place(name)))


def time_zones() -> list[Any]:
    """The time zones of places, as choices."""
    return [choice(name, name.replace("_", " ")) for name in zone_names()]


def currencies() -> list[Any]:
    """The currencies in which couples write down what they spend."""
    locale = str(get_locale() or "en")
    names = [(get_currency_name(code, locale=locale), code) for code in CURRENCIES]
    return [choice(code, f"{name} ({code})") for name, code in sorted(names)]


def hours(first: int, last: int) -> list[Any]:
    """Full hours of a day as its clock shows them; 24 is the end of the day."""
    locale = str(get_locale() or "en")
    return [
        choice(str(hour), format_time(time(hour % 24), "short", locale=locale))
        for hour in range(first, last + 1)
    ]


def _is_place(name: str) -> bool:
    return not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))


def _own_name(code: str) -> str:
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]
