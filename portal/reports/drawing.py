"""Turning a summary into the document that the press prints, without a web page around it."""

from functools import cache, partial
from gettext import NullTranslations
from pathlib import Path

from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal.exercises.form.shown import spoken
from portal.reports.paper import Summary

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@cache
def environment(lang: str = "en") -> Environment:
    """The paper's own templates, escaping everything, missing nothing in silence."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations = NullTranslations()
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters["number"] = partial(format_decimal, locale=spoken(lang))
    made.filters["money"] = partial(format_currency, locale=spoken(lang))
    return made


def draw(summary: Summary) -> str:
    """The whole document, ready for the press."""
    return (
        environment(summary.lang)
        .get_template("reports/pdf/summary.html")
        .render(summary=summary, preview=False)
    )
