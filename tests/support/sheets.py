"""What the tests of joint sheets share: writing on one as its page would, and confirming it."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from portal.exercises.form.fields import Question, TableField
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import CellValue, Money, Row, Value, starter_ids
from portal.exercises.queries import newest_edition
from portal.homework import service as homework
from portal.homework.queries import assignment_rounds, verdict_on
from portal.homework.queries import task as task_of
from portal.people.queries import couple_card
from portal.reflections.cards import ReflectionCard, SharedCard
from portal.reflections.joint import agreeing, service
from portal.reflections.joint.cards import Saved, SheetCard
from portal.reflections.joint.queries import sheet
from portal.reflections.models import Reflection
from portal.reflections.queries import reflections_on
from portal.reflections.sending.cards import Said
from portal.reflections.sheets import shared_on
from portal.vocabulary import Role, Seat
from tests.support.world import CoupleHere, World

SHARED: Mapping[str, Value] = {
    "signal": "A raised hand",
    "length": "hour",
    "comes_back": "both",
    "rules": ("no_following", "no_driving"),
}
OWN: Mapping[str, Value] = {"signs_each": ("loud",), "happy_each": "happy"}


def a_sheet(world: World, couple: CoupleHere, exercise: str = "pause-plan") -> UUID:
    """Give the two a joint exercise, with every statement ticked that is asked for."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        edition = newest_edition(visit.db, exercise)
        card = couple_card(visit, couple.id)
        ticked = verdict_on(visit, edition, card, card.members).to_tick
        order = homework.Order(edition.id, (Seat.A, Seat.B), None, "", ticked)
        (given,) = homework.assign(visit, couple.id, order)
        visit.db.flush()
        return assignment_rounds(visit, given.id)[0].round_id


def see(world: World, person_id: UUID, round_id: UUID) -> SheetCard:
    with world.as_(person_id, Role.PARTNER) as visit:
        return sheet(visit, round_id)


def put(
    world: World,
    person_id: UUID,
    round_id: UUID,
    values: Mapping[str, Value | None],
    seen: SheetCard | None = None,
    audiences: Mapping[str, str] | None = None,
) -> Saved:
    """Save these answers from a page that was drawn now, or from one that was drawn before."""
    page = seen or see(world, person_id, round_id)
    with world.as_(person_id, Role.PARTNER) as visit:
        reading = Reading(
            values={key: value for key, value in values.items() if value is not None},
            present=frozenset(values),
            audiences=audiences or {},
        )
        return service.save(visit, round_id, reading, dict(page.bases))


def say_yes(
    world: World, person_id: UUID, round_id: UUID, *, opens: bool = True, seen: str = ""
) -> bool:
    seen = seen or see(world, person_id, round_id).seen
    with world.as_(person_id, Role.PARTNER) as visit:
        return agreeing.confirm(visit, round_id, seen, Said(opens, {}))


def fill(world: World, couple: CoupleHere, round_id: UUID, words: str = "") -> None:
    """Everything that the pause plan asks for, from both."""
    put(world, couple.a, round_id, {**SHARED, "signal": f"A raised hand {words}"})
    for person_id, letter in ((couple.a, "a"), (second(couple), "b")):
        put(world, person_id, round_id, {**OWN, "where_each": f"outside {letter} {words}"})


def second(couple: CoupleHere) -> UUID:
    assert couple.b is not None
    return couple.b


def value(card: SheetCard, key: str) -> Value | None:
    return card.draft.reading.values.get(key)


def the_row(world: World, round_id: UUID) -> Reflection:
    with world.visit() as visit:
        query = sa.select(Reflection).where(Reflection.round_id == round_id)
        return visit.db.scalars(query).one()


def read(
    world: World, person_id: UUID, round_id: UUID, role: Role = Role.PARTNER
) -> tuple[SharedCard | None, tuple[ReflectionCard, ...]]:
    with world.as_(person_id, role) as visit:
        task = task_of(visit, round_id)
        shared = shared_on(visit, [task]).get(round_id)
        return shared, reflections_on(visit, [task])[round_id]


def anything(field: Any, today: date) -> Value | None:
    """An answer that fits a question, whatever it asks."""
    kind = field.type
    if kind in ("multi_choice", "checklist"):
        return tuple(option.value for option in field.options)[: getattr(field, "max_choices", 9)]
    if kind == "single_choice":
        return str(field.options[0].value)
    if isinstance(field, TableField):
        names = [row.key for row in field.rows.fixed] or list(starter_ids(field))
        cells = {column.key: _cell(column, today) for column in field.columns}
        return tuple(Row(name, None, cells) for name in names[: max(field.rows.min, 1)])
    return _cell(field, today)


def _cell(asked: Any, today: date) -> CellValue:
    kind = asked.type
    if kind in ("single_choice", "multi_choice"):
        value = asked.options[0].value
        return value if kind == "single_choice" else (value,)
    given: Mapping[str, CellValue] = {
        "scale": 5,
        "number": Decimal(3),
        "date": today + timedelta(days=20),
        "money": Money(1200, "EUR"),
        "person": "a",
        "checkbox": True,
    }
    return given.get(kind, "Some words")


def fill_anything(world: World, couple: CoupleHere, round_id: UUID) -> None:
    """Answer every question of a sheet, the shared ones by the first, their own by each."""
    for person_id in (couple.a, second(couple)):
        card = see(world, person_id, round_id)
        fields = [f for f in card.draft.fields if isinstance(f, Question) and not f.write_once]
        put(world, person_id, round_id, {f.key: anything(f, world.now.date()) for f in fields})
