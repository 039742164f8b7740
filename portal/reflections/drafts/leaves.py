"""A draft cut into leaves: one question on each, with whatever belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.exercises.form.conditions import is_shown, shown_fields
from portal.exercises.form.definition import (
    ContextCondition,
    Field,
    FieldCondition,
    InfoField,
)
from portal.exercises.form.fields import DailyEntryField, Question
from portal.exercises.form.values import Value, rows_in
from portal.reflections.drafts.cards import DraftCard


@dataclass(frozen=True)
class Leaf:
    """One page of a draft; its number is its address and never changes while people write."""

    number: int
    fields: tuple[Field, ...]
    at_end: bool = False

    @property
    def has_diary(self) -> bool:
        """Whether the days of a diary stand here."""
        return any(isinstance(field, DailyEntryField) for field in self.fields)

    @property
    def keys(self) -> frozenset[str]:
        """The questions that stand here."""
        return frozenset(field.key for field in self.fields)

    @property
    def is_private(self) -> bool:
        """Whether this leaf is for the counsellor alone, and written once."""
        return any(isinstance(field, Question) and field.write_once for field in self.fields)


@dataclass(frozen=True)
class Place:
    """Where somebody is among the leaves that are asked of them."""

    leaf: Leaf
    number: int
    of: int
    before: Leaf | None
    after: Leaf | None


def leaves_of(card: DraftCard) -> tuple[Leaf, ...]:
    """Every leaf that this couple's circumstances allow, whether or not it is asked just now."""
    ending = {field.key for field in card.task.edition.content.common.after_every_exercise}
    fitting = [field for field in card.fields if _fits(field, card)]
    own = [field for field in fitting if field.key not in ending]
    last = [field for field in fitting if field.key in ending]
    by_key = {field.key: field for field in own}
    before = [field for field in own if _when(field, by_key) == "start"]
    during = [field for field in own if _when(field, by_key) is None]
    after = [field for field in own if _when(field, by_key) == "end"]
    short = [field for field in last if not _is_private(field)]
    private = [field for field in last if _is_private(field)]
    running = [*_cut(before), *_cut(during)]
    final = [*_cut(after), *(group for group in (short, private) if group)]
    is_diary = any(isinstance(field, DailyEntryField) for field in own)
    return tuple(
        Leaf(number, tuple(group), at_end=is_diary and number > len(running))
        for number, group in enumerate((*running, *final), 1)
    )


def asked_leaves(card: DraftCard) -> tuple[Leaf, ...]:
    """The leaves with at least one question that is asked, given the answers so far."""
    asked = asked_keys(card)
    return tuple(
        leaf
        for leaf in leaves_of(card)
        if any(isinstance(field, Question) and field.key in asked for field in leaf.fields)
    )


def asked_keys(card: DraftCard) -> frozenset[str]:
    """The questions that are asked, given the answers so far."""
    return shown_fields(card.fields, card.reading.values, card.context)


def new_advice(before: DraftCard, now: DraftCard, leaf: Leaf) -> bool:
    """Whether an answer has just called up a piece of advice on this leaf, which should be read."""
    fresh = asked_keys(now) - asked_keys(before)
    return any(isinstance(field, InfoField) and field.key in fresh for field in leaf.fields)


def place_of(card: DraftCard, number: int) -> Place | None:
    """Where a leaf stands among those that are asked; a hidden one leads to the next."""
    asked = asked_leaves(card)
    at = next((at for at, leaf in enumerate(asked) if leaf.number >= number), None)
    if at is None:
        return None
    before = asked[at - 1] if at else None
    after = asked[at + 1] if at + 1 < len(asked) else None
    return Place(asked[at], at + 1, len(asked), before, after)


def leaf_of(card: DraftCard) -> dict[str, int]:
    """On which leaf each question stands."""
    return {key: leaf.number for leaf in leaves_of(card) for key in leaf.keys}


def is_under_way(card: DraftCard, today: int) -> bool:
    """Whether a diary still has days to come; its last questions are asked on the last of them."""
    return today < card.task.days and any(leaf.at_end for leaf in leaves_of(card))


def first_at_end(card: DraftCard) -> Leaf | None:
    """Where the last questions of a diary begin; whoever is done early may answer them at any time."""
    return next((leaf for leaf in asked_leaves(card) if leaf.at_end), None)


def diary_of(card: DraftCard) -> Leaf | None:
    """Where the days of a diary stand."""
    return next((leaf for leaf in asked_leaves(card) if leaf.has_diary), None)


def stopped_at(card: DraftCard, today: int) -> Leaf | None:
    """Where somebody goes on: after the last answer, or at a diary that lacks today.

    As long as a diary runs its last questions wait, and nobody is led to them.
    """
    waits = is_under_way(card, today)
    asked = [leaf for leaf in asked_leaves(card) if not (waits and leaf.at_end)]
    behind = 0
    for at, leaf in enumerate(asked):
        answers = [card.reading.values.get(key) for key in leaf.keys]
        if any(_is_answered(value) for value in answers):
            if _lacks_today(card, leaf, today):
                return leaf
            behind = at + 1
    return asked[behind] if behind < len(asked) else None


def _fits(field: Field, card: DraftCard) -> bool:
    rule = field.show_if
    return not isinstance(rule, ContextCondition) or is_shown(rule, {}, card.context)


def _when(
    field: Field, by_key: Mapping[str, Field], passed: frozenset[str] = frozenset()
) -> str | None:
    """When it is come to; what hangs on an answer and names no time comes with its question."""
    rule = field.show_if
    if field.when or isinstance(field, DailyEntryField) or not isinstance(rule, FieldCondition):
        return field.when
    above, passed = by_key.get(rule.field), passed | {field.key}
    return _when(above, by_key, passed) if above and above.key not in passed else None


def _cut(fields: Sequence[Field]) -> list[list[Field]]:
    groups: list[list[Field]] = []
    waiting: list[Field] = []
    for field in fields:
        if groups and _hangs_on(field, groups[-1]):
            groups[-1] += [*waiting, field]
            waiting = []
        elif isinstance(field, InfoField):
            waiting.append(field)
        else:
            groups.append([*waiting, field])
            waiting = []
    if groups:
        groups[-1] += waiting
    return groups


def _hangs_on(field: Field, group: Sequence[Field]) -> bool:
    rule = field.show_if
    return isinstance(rule, FieldCondition) and rule.field in {each.key for each in group}


def _is_private(field: Field) -> bool:
    return isinstance(field, Question) and field.write_once


def _is_answered(value: Value | None) -> bool:
    rows = rows_in(value)
    if rows:
        return any(not row.is_empty for row in rows)
    return value is not None and value not in ((), "")


def _lacks_today(card: DraftCard, leaf: Leaf, today: int) -> bool:
    days = card.task.days
    return any(
        isinstance(field, DailyEntryField)
        and all(row.day != min(today, days) for row in rows_in(card.reading.values.get(field.key)))
        for field in leaf.fields
    )
