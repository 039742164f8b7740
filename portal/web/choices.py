"""What can be chosen on many forms: languages, time zones, currencies."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import get_currency_name
from flask import current_app
from flask_babel import get_locale
from wtforms.fields.choices import SelectChoice

CURRENCIES = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES "
    "KRW MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN RON RSD SAR SEK SGD THB TRY TWD UAH USD VND ZAR"
).split()


def languages() -> list[SelectChoice]:
    """The languages that the portal speaks, each by its own name."""
    known = current_app.extensions["babel"].instance.list_translations()
    codes = {"en", *(str(locale) for locale in known)}
    return [SelectChoice(code, _own_name(code)) for code in sorted(codes)]


@cache
def zone_names() -> tuple[str, ...]:
    """The time zones of places, by their names."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and _is_place(name)))


def time_zones() -> list[SelectChoice]:
    """The time zones of places, as choices."""
    return [SelectChoice(name, name.replace("_", " ")) for name in zone_names()]


def currencies() -> list[SelectChoice]:
    """The currencies in which couples write down what they spend."""
    locale = str(get_locale() or "en")
    names = [(get_currency_name(code, locale=locale), code) for code in CURRENCIES]
    return [SelectChoice(code, f"{name} ({code})") for name, code in sorted(names)]


def _is_place(name: str) -> bool:
    return not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))


def _own_name(code: str) -> str:
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]
