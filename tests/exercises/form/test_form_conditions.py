"""Questions that depend on answers: the same on the server and in the browser."""

import functools
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.exercises.form.answers import from_json
from portal.exercises.form.conditions import is_shown, shown_fields
from portal.exercises.form.definition import Field, FieldCondition
from portal.exercises.form.values import Value
from tests.exercises.form.material import ENDS, ROOT, drawn, field_of, standing, vectors

CASES = vectors("conditions")
COLUMNS = [{"key": "c", "label": "C", "type": "short_text", "required": False}]
OPTIONS = [{"value": "x", "label": "X"}]
KEYS: Mapping[str, dict[str, Any]] = {
    "scale": {"scale": ENDS},
    "single_choice": {"options": OPTIONS},
    "multi_choice": {"options": OPTIONS},
    "checklist": {"options": OPTIONS},
    "table": {"columns": COLUMNS, "rows": {"min": 0, "max": 3, "add_label": "Add"}},
    "daily_entry": {"columns": COLUMNS, "per_day": "one"},
}


def definition(told: dict[str, Any]) -> Field:
    keys = {key: value for key, value in told.items() if value is not None}
    return field_of(**keys, **KEYS.get(told["type"], {}))


def given(case: dict[str, Any]) -> dict[str, Value]:
    fields = {field["key"]: definition(field) for field in case["fields"]}
    return {
        key: from_json(fields[key], json.dumps(answer)) if key in fields else answer
        for key, answer in case["answers"].items()
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_shows_what_the_cases_say(case: dict[str, Any]) -> None:
    fields = [definition(field) for field in case["fields"]]
    shown = shown_fields(fields, given(case), case["context"])
    assert [field.key for field in fields if field.key in shown] == case["shown"]


def test_there_are_enough_cases_and_each_says_something_of_its_own() -> None:
    assert len(CASES) >= 40
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_no_condition_is_always_met() -> None:
    assert is_shown(None, {}, {})
    assert not is_shown(FieldCondition(field="a", op="eq", value="x"), {}, {})


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without talking about it, and scripts as scripts."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(page: str) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(ROOT))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{page}"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    yield opened
    opened.close()


@pytest.mark.browser
def test_the_browser_shows_what_the_cases_say(page: Page) -> None:
    run = """async (cases) => {
      const {shownFields} = await import("/static/js/conditions.js");
      return cases.map((one) => shownFields(one.fields, one.answers, one.context));
    }"""
    with served("tests/exercises/form/vectors/conditions.json") as address:
        page.goto(address)
        shown = page.evaluate(run, CASES)
    wrong = [case["name"] for case, keys in zip(CASES, shown, strict=True) if keys != case["shown"]]
    assert wrong == []


@pytest.mark.browser
def test_a_question_comes_and_goes_as_one_answers(page: Page) -> None:
    tried = field_of(key="tried", type="single_choice", options=OPTIONS)
    calm = field_of(
        key="calm", type="scale", scale=ENDS, show_if={"field": "tried", "op": "eq", "value": "x"}
    )
    lost = field_of(
        key="lost", type="short_text", show_if={"field": "elsewhere", "op": "eq", "value": "x"}
    )
    html = str(drawn([tried, calm, lost], standing({})))
    with served("static/js/") as address:
        page.goto(address)
        page.set_content(html)
        page.add_script_tag(type="module", url="/static/js/conditions.js")
        calm_block = page.locator("[data-question=calm]")
        calm_block.wait_for(state="hidden")
        assert page.locator("[data-question=lost]").is_visible()
        page.get_by_label("X").check()
        calm_block.wait_for(state="visible")
        page.get_by_label("7").check()
        page.locator("#f-tried--no-answer").check()
        calm_block.wait_for(state="hidden")
        assert page.evaluate("new FormData(document.forms[0]).get('f.calm')") == "7"
