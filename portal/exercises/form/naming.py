"""The names that a form's boxes carry, so that what is drawn and what is read agree."""

import re
from dataclasses import dataclass

ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")  # as long as the column that keeps it


@dataclass(frozen=True)
class Place:
    """Where in a form a box stands; the columns 'label' and 'day' are the row's own."""

    field_key: str
    row_id: str | None = None
    column: str | None = None

    @property
    def box(self) -> str:
        """The name of the box."""
        parts = (self.field_key, self.row_id, self.column)
        return ".".join(("f", *(part for part in parts if part is not None)))


def rows_box(key: str) -> str:
    """The hidden boxes that list a table's rows in their order."""
    return f"f.{key}.rows"


def day_stood_box(key: str, row_id: str) -> str:
    """The hidden box that says on which day an entry stood when its page was drawn."""
    return f"stood.{key}.{row_id}"


def audience_box(key: str) -> str:
    """The choice of who can read an answer."""
    return f"audience.{key}"


def counter_box(key: str) -> str:
    """The hidden count of an answer's savings, which also says that the question was drawn."""
    return f"counter.{key}"


def add_button(key: str) -> str:
    """The button for one more row."""
    return f"add.{key}"


def remove_button(key: str, row_id: str) -> str:
    """The button that takes one row away."""
    return f"remove.{key}.{row_id}"


def element_id(name: str, value: str | None = None) -> str:
    """The id of a box on the page, or of one of its answers."""
    plain = name.replace(".", "-")
    return plain if value is None else f"{plain}--{value}"
