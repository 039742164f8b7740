"""The signs that people write for a currency, as its own countries write them."""

import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_currency_symbol, get_territory_currencies

SIGN = "Sc"


@lru_cache(maxsize=64)
def signs_of(currency: str) -> frozenset[str]:
    """Each sign that may stand for this currency; empty where it is written in letters alone.

    Source: the symbols of the CLDR, in English first and else in the languages of the countries that pay
    with it, so that a couple with Australian dollars may write $ as they do at home.
    """
    for name in ("en", *_at_home(currency)):
        try:
            symbol = get_currency_symbol(currency, Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue  # spoken there, but nobody has written down how
        found = frozenset(plain(each) for each in symbol if is_sign(each))
        if found:
            return found
    return frozenset()


def is_sign(letter: str) -> bool:
    """Whether this one letter is the sign of some currency."""
    return unicodedata.category(letter) == SIGN


def plain(sign: str) -> str:
    """The sign in its ordinary width."""
    return unicodedata.normalize("NFKC", sign)


def _at_home(currency: str) -> list[str]:
    places = [
        place
        for place in sorted(get_global("territory_currencies"))
        if currency in get_territory_currencies(place)
    ]
    return [
        f"{language}_{place}"
        for place in places
        for language in get_official_languages(place, regional=True, de_facto=True)
    ]
