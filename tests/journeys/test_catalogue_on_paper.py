"""What was answered stands on paper cell by cell: on each edition what its reader may see, and no more."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

import pytest

from portal.exercises.cards import EditionCard
from portal.exercises.form.fields import Question
from portal.exercises.form.rules import Rule
from portal.exercises.form.typed_text import on_one_line, tidy
from portal.exercises.queries import newest_editions
from portal.foundation.errors import Refused, TooLate
from portal.homework.queries import task as task_of
from portal.people.queries import couple_card
from portal.reflections.openings.queries import open_state
from portal.reflections.openings.service import before_opening, open_round, release
from portal.reflections.queries import reflections_on
from portal.reflections.sending.cards import Said
from portal.reports import service
from portal.reports.drawing import draw
from portal.reports.paper import Summary, passages
from portal.reports.printer import Printer
from portal.reports.queries import choices
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Mode, Role
from tests.journeys.expecting import (
    Cells,
    Reader,
    Scene,
    figures_on,
    stands_on,
    wanted_figures,
    wanted_on,
)
from tests.journeys.walking import Walked, Wish, walk
from tests.support.filled import Filler
from tests.support.moments import START
from tests.support.postgres import ENGINES
from tests.support.suited import Suited, SuitedCouples
from tests.support.world import World

# A sheet for two, a round that opens to both, a diary, and tables whose numbers are charted.
SOME = ("weekly-meeting", "name-the-issues", "gratitude-journal")
EXERCISES = 45
# How many of the 25 rounds of two the rules let open; an exercise may be closed by its own answers.
OPENED = {"full": 21, "least": 1}
STEP = timedelta(minutes=15)


class Recorded(Filler):
    """A filler that remembers every text it gave, as it is kept."""

    def __init__(self, today: date, rules: tuple[Rule, ...] = ()) -> None:
        super().__init__(today, rules)
        self.gave: set[str] = set()

    def _texts(self) -> Iterator[str]:
        for text in super()._texts():
            self.gave.add(on_one_line(tidy(text)))
            yield text


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as found:
        yield found


def test_some_exercises_stand_on_paper_as_they_were_answered(
    world: World, printer: Printer
) -> None:
    walk = Walk(world, printer, "full", pressed=("clinical", "couple"))
    assert walk.through(SOME)["exercises"] == len(SOME)
    assert (walk.done["papers"], walk.done["pressed"]) == (12, 6)
    assert (walk.done["opened"], walk.done["released"], walk.done["figures"]) == (2, 1, 5)


@pytest.mark.long
@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
@pytest.mark.parametrize("how", ["full", "least"])
def test_every_exercise_stands_on_paper_as_it_was_answered(
    world: World, printer: Printer, how: str
) -> None:
    walk = Walk(world, printer, how)
    assert walk.through(())["exercises"] == EXERCISES
    assert walk.done["papers"] == walk.done["pressed"]
    assert walk.done["opened"] >= OPENED[how]


class Walk:
    """Answers, sends, reads, opens and prints exercises; counts what it came by."""

    def __init__(
        self, world: World, printer: Printer, how: str, pressed: tuple[str, ...] = ()
    ) -> None:
        self.world, self.printer, self.how = world, printer, how
        self.pressed = pressed  # which papers are really printed; all of them where none is named
        self.couples = SuitedCouples(world)
        self.done: Counter[str] = Counter()

    def through(self, only: tuple[str, ...]) -> Counter[str]:
        """These exercises, or all; a sheet for two is also given to one where it may be."""
        with self.world.visit() as visit:
            editions = newest_editions(visit.db)
        for edition in editions:
            if only and edition.key not in only:
                continue
            exercise = edition.content.exercise
            suited = [self.couples.for_two(exercise)]
            if edition.mode is Mode.JOINT and not only:
                suited += [one for one in (self.couples.for_one(exercise),) if one]
            for one in suited:
                self.one(edition, one)
            self.done["exercises"] += 1
        return self.done

    def one(self, edition: EditionCard, suited: Suited) -> None:
        """One exercise by one couple, from being given to every paper of the hour after it."""
        filler = Recorded(START.date(), tuple(edition.content.exercise.safety.rules))
        narrowed = _first_that_opens(edition)
        releases = {each.key: True for each in _questions(edition, "on_release")}
        wish = Wish(Said(open_round=True, releases=releases))
        wishes = {suited.couple.a: wish}
        if suited.couple.b is not None:
            audiences = dict.fromkeys(narrowed, "counsellor")
            wishes[suited.couple.b] = Wish(wish.said, audiences)
        for row in self.couples.assign(suited, edition.key):
            walked = walk(self.world, suited, row.id, filler, self.how, wishes)
            self.world.now += STEP / 3
            self._open(suited, walked, edition)
            scene = self._scene(suited, walked, narrowed)
            self._print(suited, scene, filler.gave)

    def _open(self, suited: Suited, walked: Walked, edition: EditionCard) -> None:
        """The counsellor opens and releases whatever the rules let them."""
        counsellor, task = suited.couple.counsellor_id, walked.task
        with self.world.as_(counsellor, Role.COUNSELLOR) as visit:
            asks = before_opening(visit, task_of(visit, task.round_id)).asks
            parts = [card.id for card in reflections_on(visit, [task])[task.round_id]]
        with suppress(Refused, TooLate), self.world.as_(counsellor, Role.COUNSELLOR) as visit:
            open_round(visit, task.round_id, asks)
        rules = edition.content.exercise.safety.rules
        said = [getattr(rule, name, "") for rule in rules for name in ("ask", "or_tick")]
        for question in _questions(edition, "on_release"):
            for part in parts:
                with suppress(Refused, TooLate), self.world.as_(counsellor, Role.COUNSELLOR) as at:
                    release(at, part, question.key, tuple(said))

    def _scene(self, suited: Suited, walked: Walked, narrowed: tuple[str, ...]) -> Scene:
        couple, task = suited.couple, walked.task
        with self.world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            state = open_state(visit, [task.round_id])
            parts = {card.id: card for card in reflections_on(visit, [task])[task.round_id]}
        released = {
            (parts[part].respondent_id, key) for part, _, key in state.released if part in parts
        }
        seats = {couple.a: "a", couple.id: ""} | ({couple.b: "b"} if couple.b else {})
        hidden = {(couple.b, key) for key in narrowed if couple.b}
        self.done["opened"] += task.round_id in state.opened
        self.done["released"] += len(released)
        opened = task.round_id in state.opened
        return Scene(walked, seats, opened, frozenset(released), frozenset(hidden))

    def _print(self, suited: Suited, scene: Scene, gave: set[str]) -> None:
        """Every paper of the hour; the press itself reads each finished document back."""
        couple, world = suited.couple, self.world
        world.now += STEP / 3
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            card = couple_card(visit, couple.id)
            seats = tuple(member.seat for member in card.taking_part)
            session_id = write_session(visit, couple.id, Hour(world.now, 5, seats)).id
            visit.db.flush()
            found = [each for each in choices(visit, session_id) if not each.refused]
        world.now += STEP
        assert ("couple" in {each.key for each in found}) is (len(seats) == 2)
        names = {m.person.id: m.person.first_name for m in card.members} | {couple.id: card.title}
        for choice in found:
            summary = self._paper(couple.counsellor_id, session_id, choice.key)
            wanted = wanted_on(scene, Reader(choice.key, choice.reader_id))
            assert stands_on(summary) == wanted, (scene.walked.task.title, choice.key)
            clinical = choice.key == "clinical"
            figures = wanted_figures(scene.walked, names) if clinical else {}
            assert figures_on(summary) == figures, (scene.walked.task.title, choice.key)
            said = on_one_line("\n".join(passages(summary)))
            assert {text for text in gave if text in said} == _texts_in(wanted.values(), gave)
            self.done["figures"] += len(figures)

    def _paper(self, counsellor: UUID, session_id: UUID, key: str) -> Summary:
        """What goes to the press, and from there to its reader."""
        self.done["papers"] += 1
        if self.pressed and key not in self.pressed:
            with self.world.as_(counsellor, Role.COUNSELLOR) as visit:
                return service.preview(visit, session_id, key)
        with self.world.as_(counsellor, Role.COUNSELLOR) as visit:
            document_id = service.order(visit, session_id, key).id
        with self.world.as_(counsellor, Role.COUNSELLOR) as visit:
            ready = service.proof(visit, document_id)
            paper = service.press(ready, draw, self.printer.print)
            service.finish(visit, document_id, paper)
        self.done["pressed"] += 1
        return ready.summary


def _questions(edition: EditionCard, audience: str) -> list[Question]:
    asked = edition.content.exercise.fields
    return [each for each in asked if isinstance(each, Question) and each.visibility == audience]


def _first_that_opens(edition: EditionCard) -> tuple[str, ...]:
    """The answer that the second of the two keeps for the counsellor alone."""
    return tuple(each.key for each in _questions(edition, "after_both")[:1])


def _texts_in(found: Iterable[Cells], gave: set[str]) -> set[str]:
    """Which of the typed texts stand in these cells."""
    return {on_one_line(cell) for cells in found for row in cells for cell in row} & gave
