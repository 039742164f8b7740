"""What was answered stands on paper letter by letter: on the counsellor's copy and on the writer's own."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from portal.exercises.form.rules import Rule
from portal.exercises.form.typed_text import on_one_line, tidy
from portal.exercises.form.values import Row, Values
from portal.exercises.queries import newest_editions
from portal.people.queries import couple_card
from portal.reports import service
from portal.reports.drawing import draw
from portal.reports.paper import passages
from portal.reports.printer import Printer
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Mode, Role
from tests.journeys.test_catalogue_at_work import walk
from tests.support.filled import Filler
from tests.support.moments import START
from tests.support.suited import Suited, SuitedCouples
from tests.support.world import World

SOME = ("our-loop", "gratitude-journal", "small-steps")
STEP = timedelta(minutes=15)


class Recorded(Filler):
    """A filler that remembers every text it gave, as it is kept."""

    def __init__(self, today: date, rules: tuple[Rule, ...] = ()) -> None:
        super().__init__(today, rules)
        self.gave: set[str] = set()

    def _texts(self) -> Iterator[str]:
        for text in super()._texts():
            self.gave |= {tidy(text), on_one_line(tidy(text))}
            yield text


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as found:
        yield found


def test_some_exercises_stand_on_paper_as_they_were_answered(
    world: World, printer: Printer
) -> None:
    assert print_all(world, printer, SOME, "full") == len(SOME)


@pytest.mark.long
@pytest.mark.parametrize("how", ["full", "least"])
def test_every_exercise_stands_on_paper_as_it_was_answered(
    world: World, printer: Printer, how: str
) -> None:
    assert print_all(world, printer, (), how) >= 44


def print_all(world: World, printer: Printer, only: tuple[str, ...], how: str) -> int:
    """Answer, send, read and print these exercises, or all; how many were."""
    couples = SuitedCouples(world)
    with world.visit() as visit:
        editions = newest_editions(visit.db)
    count = 0
    for edition in editions:
        exercise = edition.content.exercise
        if only and edition.key not in only:
            continue
        is_joint = edition.mode is Mode.JOINT
        suited = couples.for_one(exercise) if is_joint else couples.for_two(exercise)
        if suited is None:
            continue
        filler = Recorded(START.date(), tuple(exercise.safety.rules))
        written: dict[UUID, Values] = {}
        for row in couples.assign(suited, edition.key):
            answers = walk(world, suited, row.id, filler, how)
            for person, values in answers.items():
                written[person] = values
        on_paper(world, printer, suited, written if edition.is_printable else {}, filler.gave)
        count += 1
    return count


def on_paper(
    world: World, printer: Printer, suited: Suited, written: dict[UUID, Values], gave: set[str]
) -> None:
    """Print the hour for the counsellor and for each writer; the press reads every paper back."""
    couple = suited.couple
    world.now += STEP / 3
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        seats = tuple(m.seat for m in couple_card(visit, couple.id).taking_part)
        session_id = write_session(visit, couple.id, Hour(world.now, 5, seats)).id
    world.now += STEP
    typed = {
        who: {text for text in leaves(values) if text in gave} for who, values in written.items()
    }
    every = set().union(*typed.values())
    for key, wanted in {
        "clinical": every,
        **{str(who): words for who, words in typed.items()},
    }.items():
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            document_id = service.order(visit, session_id, key).id
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            ready = service.proof(visit, document_id)
            service.finish(visit, document_id, service.press(ready, draw, printer.print))
        said = "\n".join(passages(ready.summary))
        assert [text for text in wanted if text not in said] == []


def leaves(values: Values) -> Iterator[str]:
    """Every text in these answers, in boxes and in rows."""
    for value in values.values():
        if isinstance(value, str):
            yield value
        for row in value if isinstance(value, tuple) else ():
            if isinstance(row, Row):
                yield from (row.label or "", *(c for c in row.cells.values() if isinstance(c, str)))
