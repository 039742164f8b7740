"""Which questions are shown, given what was answered; the browser runs the same rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from portal.exercises.form.definition import Condition, ContextCondition, Field
from portal.exercises.form.values import Row, Value, Values

Context = Mapping[str, str | bool | None]
Wanted = str | int | bool | tuple[str | int | bool, ...] | None


def is_shown(condition: Condition | None, answers: Values, context: Context) -> bool:
    """Whether a question with this condition is asked; whatever is unanswered meets no test."""
    if condition is None:
        return True
    if isinstance(condition, ContextCondition):
        given: Value | None = context.get(condition.context)
    else:
        given = answers.get(condition.field)
    answered = _is_answered(given)
    if condition.op == "filled":
        return answered == (condition.value is not False)
    return answered and given is not None and TESTS[condition.op](given, condition.value)


def shown_fields(fields: Sequence[Field], answers: Values, context: Context) -> frozenset[str]:
    """The keys of all questions that are asked; a hidden question counts as unanswered."""
    walk = _Walk({item.key: item for item in fields}, answers, context)
    return frozenset(item.key for item in fields if walk.shows(item.key))


@dataclass
class _Walk:
    """Follows conditions from question to question, each of them once."""

    fields: Mapping[str, Field]
    answers: Values
    context: Context
    known: dict[str, bool] = field(default_factory=dict)

    def shows(self, key: str) -> bool:
        if key not in self.known:
            # Two questions that wait for each other are both hidden.
            self.known[key] = False
            self.known[key] = self._decide(self.fields[key].show_if)
        return self.known[key]

    def _decide(self, condition: Condition | None) -> bool:
        if condition is None or isinstance(condition, ContextCondition):
            return is_shown(condition, self.answers, self.context)
        visible = condition.field in self.fields and self.shows(condition.field)
        return is_shown(condition, self.answers if visible else {}, self.context)


def _is_answered(given: Value | None) -> bool:
    if isinstance(given, tuple):
        return any(not isinstance(part, Row) or not part.is_empty for part in given)
    return given is not None and given != ""


def _same(given: object, wanted: object) -> bool:
    if isinstance(given, bool) or isinstance(wanted, bool):
        return given is wanted
    left, right = _number(given), _number(wanted)
    if left is not None and right is not None:
        return left == right
    written = given.isoformat() if isinstance(given, date) else given
    return isinstance(written, str) and written == wanted


def _number(given: object) -> Decimal | None:
    if isinstance(given, Decimal):
        return given
    return Decimal(given) if isinstance(given, int) and not isinstance(given, bool) else None


def _equal(given: Value, wanted: Wanted) -> bool:
    return _same(given, wanted)


def _unequal(given: Value, wanted: Wanted) -> bool:
    return not _same(given, wanted)


def _among(given: Value, wanted: Wanted) -> bool:
    return isinstance(wanted, tuple) and any(_same(given, one) for one in wanted)


def _includes(given: Value, wanted: Wanted) -> bool:
    return isinstance(given, tuple) and any(_same(part, wanted) for part in given)


def _at_least(given: Value, wanted: Wanted) -> bool:
    left, right = _number(given), _number(wanted)
    return left is not None and right is not None and left >= right


def _at_most(given: Value, wanted: Wanted) -> bool:
    left, right = _number(given), _number(wanted)
    return left is not None and right is not None and left <= right


TESTS: Mapping[str, Callable[[Value, Wanted], bool]] = {
    "eq": _equal,
    "ne": _unequal,
    "in": _among,
    "includes": _includes,
    "gte": _at_least,
    "lte": _at_most,
}
