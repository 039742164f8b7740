"""Drawing a leaf: its questions as cards, with what was typed and what to look at."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from portal.exercises.form.checking import check_for_sending
from portal.exercises.form.definition import Field, FieldCondition
from portal.exercises.form.drawing_cells import Setting
from portal.exercises.form.messages import Problem
from portal.exercises.form.questions import QuestionCard, Readers, question_cards
from portal.exercises.form.reading import Reading, ReadingContext, read_form
from portal.exercises.form.wording import audience_labels, person_options
from portal.homework.windows import day_number
from portal.reflections.drafts.cards import DraftCard, KeptCard
from portal.reflections.drafts.keeping import people_of
from portal.reflections.drafts.leaves import Leaf, asked_keys
from portal.reflections.drafts.service import today_for
from portal.visit import Visit

# What is said while somebody still writes: that something does not fit, never that it is missing.
WHILE_WRITING = frozenset(
    {
        "line_too_long",
        "text_too_long",
        "number_too_low",
        "number_too_high",
        "money_negative",
        "money_too_large",
        "too_many_chosen",
        "rows_full",
        "rows_too_many",
        "refused_word",
    }
)


def today_number(visit: Visit, card: DraftCard) -> int:
    """Which day of the run it is, counted from one."""
    return day_number(card.task.first_on, today_for(visit, card.own, card.task))


def reading_context(visit: Visit, card: DraftCard) -> ReadingContext:
    """What must be known to understand a posted leaf."""
    return ReadingContext(
        currency=card.own.currency,
        new_id=lambda: uuid4().hex[:12],
        days=card.task.days,
        today=today_number(visit, card),
    )


def setting_for(visit: Visit, card: DraftCard, locale: str) -> Setting:
    """What must be known to draw a leaf."""
    content = card.task.edition.content
    return Setting(
        currency=card.own.currency,
        locale=locale,
        persons=person_options(content, people_of(card.own)),
        audience_labels=audience_labels(content),
        days=card.task.days,
        today=today_number(visit, card),
        first_day=card.task.first_on,
        context=card.context,
    )


def cards_on(
    visit: Visit, card: DraftCard, leaf: Leaf, locale: str, *, before_sending: bool = False
) -> tuple[QuestionCard, ...]:
    """The questions of a leaf; before sending it also says what is still missing."""
    asked = asked_keys(card)
    fields = [field for field in leaf.fields if field.key in asked or _is_decided_here(field, leaf)]
    reading = _with_problems(visit, card, leaf, before_sending=before_sending)
    cards = question_cards(
        fields, reading, setting_for(visit, card, locale), _readers(card), card.counters
    )
    rules = {field.key: _is_decided_here(field, leaf) for field in fields}
    return tuple(each if rules[each.key] else replace(each, show_if="") for each in cards)


def kept_for(kept: Iterable[KeptCard], keys: Iterable[str]) -> tuple[KeptCard, ...]:
    """The other versions of these answers, each text once, the newest."""
    wanted = set(keys)
    found = {(each.key, each.text): each for each in kept if each.key in wanted}
    return tuple(found.values())


def alike(kept: Sequence[KeptCard], one: KeptCard) -> tuple[KeptCard, ...]:
    """Every other version that says the same as this one; what is not shown says nothing of another."""
    if one.is_hidden:
        return tuple(each for each in kept if each.id == one.id)
    return tuple(each for each in kept if (each.key, each.text) == (one.key, one.text))


def pressed_away(
    before: Iterable[KeptCard], now: Sequence[KeptCard], pressed: str
) -> tuple[KeptCard, ...]:
    """The other versions whose button was pressed on a page; of them those that lie there still."""
    one = next((each for each in before if str(each.id) == pressed), None)
    return alike(now, one) if one else ()


def pressed_on(before: Iterable[KeptCard], pressed: str) -> UUID | None:
    """The hidden version whose button says that it goes to the counsellor."""
    return next((each.id for each in before if each.is_hidden and str(each.id) == pressed), None)


def _is_decided_here(field: Field, leaf: Leaf) -> bool:
    """Whether the browser can show and hide it, because what it hangs on stands beside it."""
    return isinstance(field.show_if, FieldCondition) and field.show_if.field in leaf.keys


def _readers(card: DraftCard) -> dict[str, Readers]:
    return {
        key: Readers(now.value, tuple(each.value for each in card.choices[key]))
        for key, now in card.audiences.items()
    }


def _with_problems(visit: Visit, card: DraftCard, leaf: Leaf, *, before_sending: bool) -> Reading:
    typed = {
        box: texts for box, texts in card.reading.typed.items() if box.split(".")[1] in leaf.keys
    }
    odd = read_form(leaf.fields, typed, reading_context(visit, card)).problems
    places = {problem.place for problem in odd}
    found = [
        p for p in _unfit(visit, card, leaf) if before_sending or p.message_id in WHILE_WRITING
    ]
    more = (problem for problem in found if problem.place not in places)
    return replace(card.reading, problems=()).with_problems((*odd, *more))


def _unfit(visit: Visit, card: DraftCard, leaf: Leaf) -> list[Problem]:
    rules = card.task.edition.content.exercise.safety.rules
    today = today_for(visit, card.own, card.task)
    found = check_for_sending(card.fields, card.reading.values, card.context, rules, today)
    return [problem for problem in found if problem.field_key in leaf.keys]
