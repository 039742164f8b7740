"""A posted form while it is being read, box by box."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.exercises.form.messages import Problem, UnreadableError, problem_at
from portal.exercises.form.naming import Place
from portal.exercises.form.reading_cells import Asked, limits, parse
from portal.exercises.form.typed_text import is_readable, tidy
from portal.exercises.form.values import CellValue

RawForm = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class ReadingContext:
    """What must be known of the couple and the day to understand a form."""

    currency: str
    new_id: Callable[[], str]
    days: int = 1
    today: int = 1


class Sheet:
    """A form while it is being read: each box is looked at once, and trouble is written down."""

    def __init__(self, raw: RawForm, ctx: ReadingContext) -> None:
        self.raw = raw
        self.ctx = ctx
        self.typed: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []
        self.focus: str | None = None
        self.pressed: str | None = None

    def box(self, asked: Asked, place: Place) -> CellValue | None:
        """The answer in one box; what cannot be understood stays in the box as it was typed."""
        given = self.raw.get(place.box, ())
        texts = tuple(tidy(text) for text in given)
        if not all(is_readable(text) for text in given):
            self.note(place, UnreadableError("text_unreadable"))
        try:
            value = parse(asked, texts, self.ctx.currency)
        except UnreadableError as trouble:
            self.typed[place.box] = texts
            self.note(place, trouble)
            return None
        beyond = None if value is None else limits(asked, value)
        if beyond:
            self.note(place, beyond)
        return value

    def note(self, place: Place, trouble: UnreadableError) -> None:
        """Remember what a person should look at, and where."""
        self.problems.append(problem_at(place, trouble))
