"""Drawing a joint sheet: all its questions on one page, each with its mark and its count."""

from dataclasses import dataclass, replace

from portal.exercises.form.questions import QuestionCard
from portal.reflections.drafts.drawing import cards_on
from portal.reflections.drafts.leaves import Leaf, leaves_of
from portal.reflections.joint.cards import HandCard, SheetCard
from portal.reflections.sheets import is_own_question
from portal.visit import Visit


@dataclass(frozen=True)
class Line:
    """One question of the sheet: shared with whose hand it was in, or one's own."""

    question: QuestionCard
    is_own: bool
    hands: tuple[HandCard, ...]
    stamp: int


def lines_of(
    visit: Visit, card: SheetCard, locale: str, *, before_sending: bool = False
) -> tuple[Line, ...]:
    """Every question in order; one's own at the end as everywhere."""
    leaf = whole_leaf(card)
    fields = {field.key: field for field in card.draft.fields}
    found = cards_on(visit, card.draft, leaf, locale, before_sending=before_sending)
    return tuple(
        Line(
            question=replace(each, counter=card.bases.get(each.key, "")),
            is_own=is_own_question(card.draft.task, fields[each.key]),
            hands=card.hands.get(each.key, ()),
            stamp=card.stamps.get(each.key, 0),
        )
        for each in found
    )


def whole_leaf(card: SheetCard) -> Leaf:
    """The whole sheet as one page."""
    return Leaf(1, tuple(field for leaf in leaves_of(card.draft) for field in leaf.fields))
