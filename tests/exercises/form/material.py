"""What the tests of the form engine share: the catalogue, a page, and what a browser would send."""

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import yaml
from bs4 import BeautifulSoup, Tag
from pydantic import TypeAdapter

from portal.exercises.form.cards import QuestionCard
from portal.exercises.form.definition import EditionContent, Field, edition_content, read_edition
from portal.exercises.form.questions import Readers, Setting, question_cards
from portal.exercises.form.reading import Reading, ReadingContext
from portal.exercises.form.values import People, Values
from portal.exercises.form.wording import audience_labels, person_options

ROOT = Path(__file__).parents[3]
DATA = ROOT / "portal" / "exercises" / "catalogue" / "data"
PEOPLE = People("Ann <b>", "Bo & co")
EXERCISES = sorted(path.stem for path in (DATA / "exercises").glob("*.yaml"))
PLAIN: Mapping[str, Any] = {"label": "Words", "help": ""}
ENDS = {"min": 0, "max": 10, "low": "Low", "high": "High"}


@lru_cache
def entry(place: str) -> dict[str, Any]:
    """One file of the catalogue."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / place).read_text(encoding="utf-8"))
    return loaded


@lru_cache
def edition(name: str) -> EditionContent:
    """An exercise, frozen and read again."""
    return read_edition(edition_content(entry(f"exercises/{name}.yaml"), entry("common.yaml")))


def field_of(**keys: Any) -> Field:
    """A question of one's own making."""
    asked = {} if keys.get("type") == "info" else {"required": False, "visibility": "counsellor"}
    field: Field = TypeAdapter(Field).validate_python({**PLAIN, **asked, "key": "it", **keys})
    return field


def counting() -> Callable[[], str]:
    """Ids for new rows, one after the other."""
    numbers = itertools.count(1)
    return lambda: f"new{next(numbers)}"


def context_of(**changes: Any) -> ReadingContext:
    """A fortnight, looked at on its twelfth day."""
    known: dict[str, Any] = {"currency": "GBP", "new_id": counting(), "days": 14, "today": 12}
    return ReadingContext(**{**known, **changes})


def setting_of(**changes: Any) -> Setting:
    """The same fortnight, to be drawn."""
    content = edition(EXERCISES[0])
    known: dict[str, Any] = {
        "currency": "GBP",
        "locale": "en_GB",
        "persons": person_options(content, PEOPLE),
        "audience_labels": audience_labels(content),
        "days": 14,
        "today": 12,
        "first_day": date(2026, 3, 2),
    }
    return Setting(**{**known, **changes})


@lru_cache
def environment() -> jinja2.Environment:
    """The templates alone, with words that are not translated."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=jinja2.StrictUndefined,
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return made


@lru_cache
def page_template() -> jinja2.Template:
    """A bare page with one form."""
    return environment().from_string(PAGE)


PAGE = """{% from "components/question.html" import default_button, question %}
<!doctype html><html lang="en"><title>Page</title><form method="post">{{ default_button() }}
{% for card in cards %}{{ question(card) }}{% endfor %}</form></html>"""


def page_of(cards: Sequence[QuestionCard]) -> BeautifulSoup:
    """The cards as a browser understands them."""
    return BeautifulSoup(page_template().render(cards=cards).lstrip(), "html5lib")


def drawn(
    fields: Sequence[Field],
    reading: Reading,
    setting: Setting | None = None,
    readers: Readers = Readers("counsellor"),  # noqa: B008 - frozen, so shared without harm
) -> BeautifulSoup:
    """A page with these questions and what stands in them."""
    every = {field.key: readers for field in fields}
    return page_of(question_cards(fields, reading, setting or setting_of(), every, {}))


def standing(values: Values) -> Reading:
    """Answers that were kept, without trouble."""
    return Reading(values=values)


def posted(page: BeautifulSoup, press: str = "save") -> dict[str, list[str]]:
    """What a browser sends when this button is pressed."""
    sent: dict[str, list[str]] = {}
    for box in page.select("form [name]"):
        value = _sent_by(box, press)
        if value is not None:
            sent.setdefault(str(box["name"]), []).append(value)
    return sent


def _sent_by(box: Tag, press: str) -> str | None:
    if box.name == "button":
        return str(box["value"]) if box["name"] == press else None
    if box.name == "textarea":
        return box.get_text().replace("\n", "\r\n")
    if box.name == "select":
        chosen = box.select_one("option[selected]") or box.select_one("option")
        return str(chosen["value"]) if chosen else None
    if box.get("type") in ("radio", "checkbox") and not box.has_attr("checked"):
        return None
    return str(box.get("value", "")).replace("\n", "").replace("\r", "")


def vectors(name: str) -> list[dict[str, Any]]:
    """Cases that the server and the browser both keep."""
    text = (Path(__file__).parent / "vectors" / f"{name}.json").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = json.loads(text)
    return cases
