"""The sentences in which a person is told what to look at; the web side translates them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.exercises.form.naming import Place


def msgid(sentence: str) -> str:
    """Marks a sentence for translation and leaves it as it is."""
    return sentence


@dataclass(frozen=True)
class Problem:
    """Something in a form that a person should look at, and where it stands."""

    field_key: str
    message_id: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    row_id: str | None = None
    column: str | None = None

    @property
    def place(self) -> Place:
        """The box that it is about."""
        return Place(self.field_key, self.row_id, self.column)

    @property
    def message(self) -> str:
        """The English sentence, with places for the parameters."""
        return MESSAGES[self.message_id]


class UnreadableError(ValueError):
    """What was typed cannot be understood as an answer to this question."""

    def __init__(self, message_id: str, **params: str | int) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.params = params


def problem_at(place: Place, trouble: UnreadableError) -> Problem:
    """What a person should look at, tied to its box."""
    return Problem(place.field_key, trouble.message_id, trouble.params, place.row_id, place.column)


def each_once(problems: Iterable[Problem]) -> list[Problem]:
    """The same list with each problem of a box named once."""
    seen: dict[tuple[Place, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.place, problem.message_id), problem)
    return list(seen.values())


MESSAGES: Mapping[str, str] = {
    "required": msgid("This question needs an answer before you send."),
    "choose": msgid("Choose one of the answers before you send."),
    "tick": msgid("Tick at least one before you send."),
    "rows_required": msgid("Fill in at least one row before you send."),
    "rows_too_few": msgid("Fill in at least %(min)s rows before you send."),
    "rows_too_many": msgid("Only %(max)s of your own can stand here. Remove some before you send."),
    "rows_full": msgid("There is no room for another row here."),
    "row_needs_name": msgid("Give this row a name, or remove it."),
    "cell_required": msgid("Fill this in, or leave the whole row empty."),
    "fixed_cell_required": msgid("This row needs an answer before you send."),
    "too_many_chosen": msgid("Choose up to %(max)s."),
    "text_unreadable": msgid("Some signs could not be read and were left out. The rest is here."),
    "line_too_long": msgid(
        "There is room for %(max)s characters here, and this has %(length)s. Shorten it before you"
        " send. Nothing has been cut."
    ),
    "text_too_long": msgid(
        "There is room for %(max)s characters here, and this has %(length)s. Shorten it before you"
        " send. Nothing has been cut."
    ),
    "scale_unknown": msgid("Choose a number from 0 to 10."),
    "choice_unknown": msgid("Choose one of the answers given."),
    "number_unknown": msgid("Write a number, like 3 or 2.5."),
    "number_two_ways": msgid(
        "This could mean %(large)s or %(small)s. Please write it in the way that you mean."
    ),
    "number_too_low": msgid("Write a number that is %(min)s or more."),
    "number_too_high": msgid("Write a number that is %(max)s or less."),
    "date_unknown": msgid("Write a date as day, month and year, like 27/03/2026."),
    "day_unknown": msgid("Choose one of the days."),
    "day_taken": msgid("There is already an entry for this day."),
    "day_to_come": msgid("This day is still to come. Choose a day up to today."),
    "money_unknown": msgid("Write an amount, like 12 or 12.50."),
    "money_other": msgid(
        "This sign belongs to another currency. Write which one in three letters, like 12.50 USD, or the amount alone."
    ),
    "money_negative": msgid("Write an amount that is nought or more."),
    "money_too_large": msgid("Write a smaller amount."),
    "money_too_fine": msgid(
        "Write an amount with up to %(digits)s digits after the point, and thousands without a sign"
        " between them, like 1200 or 1200.50."
    ),
    "money_whole": msgid("Write a whole amount, like 1200. This currency has no smaller parts."),
    "end_date": msgid("Choose a day after today and within the next %(days)s days."),
    "must_tick": msgid("This needs “%(label)s” to be ticked before you send."),
    "refused_word": msgid(
        "Please leave “%(word)s” out. It cannot be part of this page, so that each of you keeps"
        " some privacy. Your words are still here."
    ),
}
