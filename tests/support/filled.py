"""An answer to every kind of question: as full as it can be, with text that wants to be trouble, or just enough."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle

from portal.exercises.form.definition import AnyColumn, Field
from portal.exercises.form.fields import DailyEntryField, InfoField, Question, TableField
from portal.exercises.form.rules import EndDateRequired, MustTick, Rule
from portal.exercises.form.typed_text import on_one_line, tidy
from portal.exercises.form.values import CellValue, Money, Row, Value, has_own_label, most_added

TROUBLE = (
    "<script>alert(1)</script> and more",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} %(max)s %s",
    "دلم برای آن روزها تنگ شده است",
    "😅 👩‍👩‍👦 Pączek, Inis Oírr, Nguyễn Thị Hạnh",
    "</textarea></form> and a line\nand another line",
    "averylongword" * 12,
)
MOST_ROWS = 3


class Filler:
    """Fills in the questions of one exercise; every text it gives is another one."""

    def __init__(self, today: date, rules: tuple[Rule, ...] = ()) -> None:
        self.today, self.rules = today, rules
        self.texts = self._texts()

    def full(self, fields: tuple[Field, ...]) -> dict[str, Value]:
        """Everything filled in: all rows, all columns, as many choices as there may be."""
        asked = [field for field in fields if not isinstance(field, InfoField)]
        return {field.key: self._answer(field, every=True) for field in asked}

    def least(self, fields: tuple[Field, ...]) -> dict[str, Value]:
        """Only what must be there before it can be sent."""
        must = {r.field for r in self.rules if isinstance(r, EndDateRequired | MustTick)}
        return {
            field.key: self._answer(field, every=False)
            for field in fields
            if isinstance(field, Question) and (field.required or field.key in must)
        }

    def _texts(self) -> Iterator[str]:
        # No text is the beginning of another, so that each is found on paper by itself.
        for number, text in enumerate(cycle(TROUBLE)):
            yield f"{text} {number:04}"

    def _answer(self, field: Field, *, every: bool) -> Value:
        if isinstance(field, TableField):
            return self._table(field, every=every)
        if isinstance(field, DailyEntryField):
            many = field.per_day == "many"
            return (Row("zfirst" if many else "day-1", None, self._cells(field, every=every), 1),)
        return self._cell(field)

    def _table(self, field: TableField, *, every: bool) -> tuple[Row, ...]:
        rows = [Row(row.key, None, self._cells(field, every=every)) for row in field.rows.fixed]
        must = any(column.required for column in field.columns)
        rows = rows if every or must else rows[:1]
        least = max(field.rows.min - len(rows), int(not rows))
        count = max(least, min(most_added(field), MOST_ROWS)) if every else least
        for n in range(count):
            key = f"zrow{n}"
            label = on_one_line(tidy(next(self.texts))) if has_own_label(field, key) else None
            rows.append(Row(key, label, self._cells(field, every=every)))
        return tuple(rows)

    def _cells(self, field: TableField | DailyEntryField, *, every: bool) -> dict[str, CellValue]:
        wanted = [column for column in field.columns if every or column.required]
        return {column.key: self._cell(column) for column in wanted or field.columns[:1]}

    def _cell(self, asked: Field | AnyColumn) -> CellValue:
        values = tuple(option.value for option in getattr(asked, "options", ()))
        most = getattr(asked, "max_choices", None) or len(values)
        simple: dict[str, CellValue] = {
            "scale": 10,
            "money": Money(123456, "EUR"),
            "date": self.today + timedelta(days=5),
            "person": "a",
            "checkbox": True,
            "single_choice": values[-1] if values else "",
            "multi_choice": values[:most],
            "checklist": values,
        }
        if asked.type == "number":
            low = getattr(asked, "min", None)
            return Decimal(str(low)) if low is not None else Decimal(7)
        if asked.type == "short_text":
            return on_one_line(tidy(next(self.texts)))
        return tidy(next(self.texts)) if asked.type == "long_text" else simple[asked.type]
