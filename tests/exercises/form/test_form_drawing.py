"""Every exercise of the catalogue is drawn, whatever stands in it."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import html5lib
import pytest
from bs4 import BeautifulSoup

from portal.exercises.form.definition import Field, RowsField
from portal.exercises.form.fields import DailyEntryField, TableField
from portal.exercises.form.questions import Readers, question_card, question_cards
from portal.exercises.form.reading import read_form
from portal.exercises.form.reading_cells import Asked
from portal.exercises.form.values import (
    CellValue,
    Money,
    Row,
    Value,
    day_of_row,
    has_own_label,
    most_added,
)
from portal.exercises.form.wording import asked
from tests.exercises.form.material import (
    ENDS,
    EXERCISES,
    context_of,
    drawn,
    edition,
    field_of,
    page_of,
    page_template,
    posted,
    setting_of,
    standing,
)
from tests.exercises.form.strategies import HOSTILE, own_ids

FREE = Readers("after_both", ("counsellor", "after_both"))
NAMELESS = {"hidden", "submit"}


def problems_of(page: BeautifulSoup) -> list[str]:
    ids = Counter(str(tag["id"]) for tag in page.select("[id]"))
    wrong = [f"id twice: {name}" for name, times in ids.items() if times > 1]
    for tag in page.select("[aria-describedby]"):
        wrong += [
            f"points nowhere: {name}"
            for name in str(tag["aria-describedby"]).split()
            if name not in ids
        ]
    wrong += [
        f"label of nothing: {tag['for']}"
        for tag in page.select("label[for]")
        if tag["for"] not in ids
    ]
    wrong += unlabelled(page)
    wrong += [
        f"no legend: {tag}"
        for tag in page.select("fieldset")
        if not tag.find("legend", recursive=False)
    ]
    wrong += [
        f"not allowed: {tag}" for tag in page.select("[style], [onclick], form form, [maxlength]")
    ]
    wrong += [f"a script: {tag}" for tag in page.select("script, img, iframe")]
    typed = page.select("input[type=text], input[type=date], textarea, select")
    return wrong + [
        f"remembered: {box['name']}" for box in typed if box.get("autocomplete") != "off"
    ]


def unlabelled(page: BeautifulSoup) -> list[str]:
    labelled = {tag["for"] for tag in page.select("label[for]") if tag.get_text(strip=True)}
    boxes = [
        box
        for box in page.select("input, select, textarea")
        if box.get("type") not in NAMELESS and not box.find_parent("label")
    ]
    return [f"no label: {box['name']}" for box in boxes if box.get("id") not in labelled]


def sample(kind: Asked, text: str, number: int, ticks: int) -> CellValue:
    """An answer of this kind and size."""
    options = [option.value for option in getattr(kind, "options", ())]
    simple: dict[str, CellValue] = {
        "short_text": " ".join(text.split()),
        "long_text": text,
        "scale": min(number, 10),
        "number": Decimal(number),
        "money": Money(number, "GBP"),
        "date": date(2026, 1, 1),
        "person": "both",
        "checkbox": True,
    }
    if kind.type in simple:
        return simple[kind.type]
    return options[-1] if kind.type == "single_choice" else tuple(options[:ticks])


def rows_with(field: RowsField, cell: Callable[[Asked], CellValue], most: int) -> tuple[Row, ...]:
    """The form's own rows and then as many as may be added, up to so many."""
    added = [f"x{number}" for number in range(most_added(field))]
    named = has_own_label(field, "x0")
    return tuple(
        Row(
            row_id,
            "Named" if named and row_id.startswith("x") and row_id in added else None,
            {column.key: cell(column) for column in field.columns},
            day_of_row(row_id) or (1 if isinstance(field, DailyEntryField) else None),
        )
        for row_id in [*own_ids(field), *added][:most]
    )


def values_with(fields: Sequence[Field], text: str, number: int, most: int) -> dict[str, Value]:
    """An answer to every question."""
    values: dict[str, Value] = {}
    for field in fields:
        if isinstance(field, TableField | DailyEntryField):
            values[field.key] = rows_with(
                field, lambda kind: sample(kind, text, number, most), most
            )
        elif field.type != "info":
            values[field.key] = sample(field, text, number, most)
    return values


FILLINGS = {
    "empty": None,
    "smallest": ("a", 0, 1),
    "largest": ("A long line. " * 14, 10**9, 30),
    "hostile": ("".join(HOSTILE[:3]), 7, 2),
}


WORDINGS = [(name, False) for name in EXERCISES] + [
    (name, True) for name in EXERCISES if edition(name).exercise.solo
]


@pytest.mark.parametrize(("name", "solo"), WORDINGS)
def test_every_exercise_is_drawn_well_whatever_stands_in_it(name: str, solo: bool) -> None:  # noqa: FBT001 - a parameter of the table
    fields = asked(edition(name), solo=solo, promise="Kept.")
    for size in ("empty", "hostile") if solo else FILLINGS:
        filling = FILLINGS[size]
        values = values_with(fields, *filling) if filling else {}
        page = drawn(fields, standing(values), readers=FREE)
        assert problems_of(page) == []
        reading = read_form(fields, posted(page), context_of())
        assert reading.values == values
        assert reading.typed == {}


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_is_valid_html(name: str) -> None:
    fields = asked(edition(name), solo=False, promise="Kept.")
    every = {field.key: FREE for field in fields}
    values = values_with(fields, *FILLINGS["hostile"])  # type: ignore[misc]
    cards = question_cards(fields, standing(values), setting_of(), every, {})
    html5lib.HTMLParser(strict=True).parse(page_template().render(cards=cards).lstrip())


def test_a_scale_has_eleven_numbers_none_chosen_and_a_way_to_give_none() -> None:
    page = drawn([field_of(type="scale", scale=ENDS)], standing({}))
    boxes = page.select("input[type=radio]")
    assert [box["value"] for box in boxes] == [*map(str, range(11)), ""]
    assert not page.select("[checked]")
    required = drawn([field_of(type="scale", scale=ENDS, required=True)], standing({}))
    assert len(required.select("input[type=radio]")) == 11


def test_an_answer_can_be_taken_back_where_none_is_needed() -> None:
    options = [{"value": "one", "label": "One"}]
    for keys in ({"type": "single_choice", "options": options}, {"type": "person"}):
        page = drawn([field_of(**keys)], standing({}))
        assert page.select_one("#f-it--no-answer") is not None
        required = drawn([field_of(**keys, required=True)], standing({}))
        assert required.select_one("#f-it--no-answer") is None


def test_who_can_read_is_chosen_only_where_there_is_a_choice() -> None:
    line = field_of(type="short_text")
    free = drawn([line], standing({}), readers=FREE)
    assert [option["value"] for option in free.select("select[name='audience.it'] option")] == [
        "counsellor",
        "after_both",
    ]
    alone = drawn([line], standing({}), readers=Readers("counsellor", ("counsellor",)))
    assert not alone.select("select")
    assert "Only my counsellor" in alone.get_text()


def test_the_first_button_saves_so_that_enter_removes_nothing() -> None:
    columns = [{"key": "c", "label": "C", "type": "short_text", "required": False}]
    table = field_of(type="table", columns=columns, rows={"min": 0, "max": 3, "add_label": "Add"})
    page = drawn([table], standing({"it": (Row("x1", None, {"c": "x"}),)}))
    assert [button["name"] for button in page.select("button")] == [
        "save",
        "remove.it.x1",
        "add.it",
    ]


def test_circumstances_are_decided_before_anything_is_drawn() -> None:
    alone = field_of(type="info", show_if={"context": "solo", "op": "eq", "value": True})
    role = field_of(
        key="other", type="info", show_if={"context": "role", "op": "eq", "value": "hurt_partner"}
    )
    page = drawn([alone, role], standing({}), setting_of(context={"solo": True, "role": "any"}))
    assert [block["data-question"] for block in page.select("[data-question]")] == ["it"]
    assert "hurt_partner" not in str(page)
    assert not page.select("[data-show-if]")


def test_the_browser_is_told_what_a_question_waits_for() -> None:
    waits = field_of(type="info", show_if={"field": "how", "op": "in", "value": ["a", "b"]})
    block = drawn([waits], standing({})).select_one("[data-question=it]")
    assert block is not None
    assert json.loads(str(block["data-show-if"])) == {
        "field": "how",
        "op": "in",
        "value": ["a", "b"],
    }


def test_a_count_of_savings_goes_along() -> None:
    card = question_card(field_of(type="short_text"), standing({}), setting_of(), FREE, 7)
    assert posted(page_of([card]))["counter.it"] == ["7"]


def test_in_a_row_a_choice_is_a_short_list_and_on_its_own_a_set_of_cards() -> None:
    columns = [{"key": "c", "label": "C", "type": "person", "required": False}]
    table = field_of(type="table", columns=columns, rows={"min": 1, "max": 3, "add_label": "Add"})
    assert len(drawn([table], standing({})).select("select[name='f.it.start-1.c'] option")) == 6
    assert len(drawn([field_of(type="person")], standing({})).select(".choice")) == 6
