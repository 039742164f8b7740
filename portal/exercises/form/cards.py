"""The frozen cards from which a template draws questions: plain values and nothing else."""

from dataclasses import dataclass, field
from typing import Literal

from portal.exercises.form.messages import Problem

Kind = Literal["line", "letter", "number", "date", "choices", "ticks", "tick", "scale", "select"]


@dataclass(frozen=True)
class ChoiceCard:
    """One answer that can be chosen."""

    value: str
    label: str
    id: str
    chosen: bool


@dataclass(frozen=True)
class BoxCard:
    """One box to write in, or one group to choose from."""

    kind: Kind
    name: str
    id: str
    label: str
    required: bool
    text: str = ""
    as_text: bool = False
    unit: str = ""
    choices: tuple[ChoiceCard, ...] = ()
    low: str = ""
    high: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def error_id(self) -> str:
        """Where the error stands, for the box to point at."""
        return f"{self.id}-error"


@dataclass(frozen=True)
class RowCard:
    """One row of a table, or one entry of a diary."""

    row_id: str
    id: str
    number: int
    label: str
    cells: tuple[BoxCard, ...]
    own: tuple[BoxCard, ...] = ()
    remove_name: str | None = None
    day: int | None = None
    day_label: str = ""
    day_stood_name: str = ""
    holds: str = ""
    is_today: bool = False
    is_open: bool = True


@dataclass(frozen=True)
class AudienceCard:
    """Who can read an answer, and among whom its writer may choose.

    Where there is no choice for now though the exercise knows one, the page says `for_now`: what is typed
    under that label is for these readers, also where the choice is there again when it is saved.
    """

    name: str
    id: str
    label: str
    choices: tuple[ChoiceCard, ...] = ()
    for_now: str = ""


@dataclass(frozen=True)
class QuestionCard:
    """Everything that a page needs to draw one question."""

    key: str
    type: str
    id: str
    label: str
    help: str
    required: bool
    box: BoxCard | None = None
    rows: tuple[RowCard, ...] = ()
    rows_name: str = ""
    add_name: str | None = None
    add_label: str = ""
    audience: AudienceCard | None = None
    respondent: str | None = None
    counter_name: str = ""
    counter: int | str = 0
    show_if: str = ""
    max_words: int | None = None
    words: int = 0
    write_once: bool = False
    problems: tuple[Problem, ...] = field(default=())

    @property
    def hint_id(self) -> str:
        """Where the hint stands, for the boxes to point at."""
        return f"{self.id}-hint"

    @property
    def error_id(self) -> str:
        """Where the question's own error stands."""
        return f"{self.id}-error"

    @property
    def described_by(self) -> str:
        """The ids of hint and error, as far as they are drawn."""
        ids = ((self.help, self.hint_id), (self.problems, self.error_id))
        return " ".join(name for there, name in ids if there)


@dataclass(frozen=True)
class ProblemLine:
    """One line of the summary at the top of a page, leading to its box."""

    href: str
    label: str
    problem: Problem
