"""P2, P25, P26: two write one sheet in whatever order, and everybody sees what a small model says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal.vocabulary import Seat
from tests.promises.machines import run_machine
from tests.promises.sheet_deeds import RealSheet
from tests.promises.sheet_model import SheetModel
from tests.promises.sheet_roads import ROADS, Step
from tests.promises.sheet_sides import ALONE, BOX, KEYS
from tests.promises.sheet_views import reads, shape, texts_in, writes
from tests.support.promises import keep
from tests.support.world import World

SEATS, YES, ASKED = st.sampled_from(Seat), st.booleans(), st.sampled_from(KEYS)
SHORT, LONG = (2, 8), (500, 30)

MET = ("sent", "opened", "kept beside", "refused a yes")


@dataclass
class Stage:
    """The world the machine runs in, how much it did, and what each look at a sheet had cost."""

    world: World
    counsellor_id: object = None
    steps: int = 0
    met: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MET, 0))
    costs: dict[object, tuple[str, ...]] = field(default_factory=dict)


class OneSheet(RuleBasedStateMachine):
    """Both partners and their counsellor at one joint sheet."""

    stage: ClassVar[Stage]

    @initialize(filled=YES)
    def begin(self, *, filled: bool) -> None:
        couple = self.stage.world.a_couple(self.stage.counsellor_id)  # type: ignore[arg-type]
        self.real, self.model = RealSheet.of(self.stage.world, couple), SheetModel()
        self.typed: dict[str, str] = {}
        self.decided: set[str] = set()
        if filled:
            for seat in Seat:
                self.ready(seat)

    @rule(seat=SEATS)
    def look(self, seat: Seat) -> None:
        self.real.look(seat)
        self.model.look(seat)

    @rule(seat=SEATS, key=ASKED, clears=YES)
    def write_on_what_one_has(self, seat: Seat, key: str, *, clears: bool = False) -> None:
        """From a page that was drawn lately or long ago; the page stays, as another tab does."""
        self._type(seat, key, None if clears else f"words {len(self.typed)} of {seat.value}")

    @rule(seat=SEATS, key=ASKED)
    def write(self, seat: Seat, key: str) -> None:
        self.look(seat)
        self.write_on_what_one_has(seat, key)
        self.look(seat)

    @rule(first=SEATS, key=ASKED)
    def both_change_the_same(self, first: Seat, key: str) -> None:
        for seat in Seat:
            self.look(seat)
        for seat in (first, _other(first)):
            self.write_on_what_one_has(seat, key)

    @rule(seat=SEATS)
    def ready(self, seat: Seat) -> None:
        """Everything that is asked for, from this one of the two."""
        assert self._tried(lambda: self.real.fill(seat)) == self.model.fill(seat)
        self.look(seat)
        self.write_on_what_one_has(seat, "signal")
        self.write_on_what_one_has(seat, ALONE)

    @rule(seat=SEATS, narrow=YES)
    def choose_reader(self, seat: Seat, *, narrow: bool) -> None:
        real = self._tried(lambda: self.real.narrow(seat, narrow=narrow))
        assert real == self.model.narrow(seat, narrow=narrow)

    @rule(seat=SEATS)
    def take_one_of_the_kept(self, seat: Seat) -> None:
        """The text that lay beside goes into the sheet, by its own deed, and is put away then."""
        if kept := self._kept(seat):
            self.look(seat)
            self._type(seat, *kept)
            self.put_away(seat)

    @rule(seat=SEATS)
    def put_away(self, seat: Seat) -> None:
        if kept := self._kept(seat):
            assert self._tried(lambda: self.real.put_away(seat, kept))
            self.model.put_away(seat, kept)
            self.decided.add(kept[1])

    @rule(seat=SEATS, says_yes=YES)
    def confirm_on_what_one_has(self, seat: Seat, *, says_yes: bool) -> None:
        revisions = len(self.model.sent)
        real = self._tried(lambda: self.real.confirm(seat, says_yes=says_yes))
        assert real == self.model.confirm(seat, says_yes=says_yes)
        self.stage.met["sent"] += len(self.model.sent) - revisions
        self.stage.met["refused a yes"] += not real

    @rule(seat=SEATS, says_yes=YES)
    def confirm(self, seat: Seat, *, says_yes: bool) -> None:
        self.look(seat)
        self.confirm_on_what_one_has(seat, says_yes=says_yes)

    @rule(says_yes=YES)
    def both_confirm(self, *, says_yes: bool) -> None:
        for seat in Seat:
            self.ready(seat)
        for seat in Seat:
            self.confirm(seat, says_yes=says_yes)

    @rule(seat=SEATS, key=ASKED, says_yes=YES)
    def a_change_between_the_two_yeses(self, seat: Seat, key: str, *, says_yes: bool) -> None:
        self.both_look()
        self.confirm_on_what_one_has(seat, says_yes=says_yes)
        self.write(_other(seat), key)
        self.confirm_on_what_one_has(_other(seat), says_yes=says_yes)
        self.confirm_on_what_one_has(seat, says_yes=says_yes)

    def both_look(self) -> None:
        for seat in Seat:
            self.look(seat)

    @rule(seat=SEATS)
    def take_back(self, seat: Seat) -> None:
        assert self._tried(lambda: self.real.take_back(seat)) == self.model.take_back(seat)

    @rule(seat=SEATS)
    def decline(self, seat: Seat) -> None:
        assert self._tried(lambda: self.real.decline(seat)) == self.model.decline(seat)

    @rule(seat=SEATS, says_yes=YES)
    def change_mind(self, seat: Seat, *, says_yes: bool) -> None:
        real = self._tried(lambda: self.real.change_mind(seat, says_yes=says_yes))
        assert real == self.model.change_mind(seat, says_yes=says_yes)

    @rule()
    def mark_read(self) -> None:
        assert self._tried(lambda: self.real.mark_read(Seat.A)) == self.model.mark_read()

    @rule()
    def give_back(self) -> None:
        assert self._tried(lambda: self.real.give_back(Seat.A)) == self.model.give_back()

    @rule(held=YES, all_of_it=YES)
    def hold(self, *, held: bool, all_of_it: bool) -> None:
        assert self._tried(lambda: self.real.holds(held=held, all_of_it=all_of_it))
        self.model.hold(held=held, all_of_it=all_of_it)

    @rule()
    def open(self) -> None:
        assert self._tried(self.real.open) == self.model.open()

    @rule(seat=SEATS, how=st.sampled_from(("it ends", "not clear", "no contact")))
    def it_stops(self, seat: Seat, how: str) -> None:
        """The round ends, by itself or with joint work; what is typed afterwards is kept beside it."""
        if how == "it ends":
            assert self._tried(self.real.end) == self.model.end()
            self.write_on_what_one_has(seat, "signal")
            return
        apart = how == "no contact"
        assert self._tried(lambda: self.real.stop(apart=apart)) == self.model.stop()
        self.everybody_sees_what_the_model_says_and_no_word_is_lost()
        self.write_on_what_one_has(seat, "signal")
        self.confirm_on_what_one_has(seat, says_yes=True)
        self.open()
        self.give_back()
        assert self._tried(lambda: self.real.go_on(apart=apart)) == self.model.go_on()

    @invariant()
    def everybody_sees_what_the_model_says_and_no_word_is_lost(self) -> None:
        if not hasattr(self, "typed"):
            return
        self.stage.steps += 1
        found = self.real.read_by_counsellor()
        assert found == reads(self.model, None)
        lies = texts_in(found)
        for seat in Seat:
            written, read, cost = self.real.looked_at_by(seat)
            assert written == writes(self.model, seat), seat
            assert read == reads(self.model, seat), seat
            known = shape(written, read)
            assert self.stage.costs.setdefault(known, cost) == cost, "the look-ups tell"
            lies |= texts_in(written) | self._out_of_sight(seat)
        # Each text is on the sheet, was sent, lies beside it, or its reader decided otherwise.
        assert not self.model.clear or set(self.typed) - self.decided <= lies

    def teardown(self) -> None:
        if hasattr(self, "typed"):
            self.stage.met["opened"] += self.model.opened

    def _type(self, seat: Seat, key: str, text: str | None) -> None:
        before = self.model.sides[seat].page.texts[key]
        beside = len(self.model.sides[seat].kept)
        self.real.world.now += timedelta(minutes=1)
        taken = self.real.save(seat, {key: text})
        assert taken == self.model.write(seat, key, text)
        self.stage.met["kept beside"] += taken and len(self.model.sides[seat].kept) > beside
        if text:
            self.typed[text] = key
        if taken and before:
            self.decided.add(before)  # they had it before their eyes, and wrote something else

    def _kept(self, seat: Seat) -> tuple[str, str] | None:
        shown = {*self.model.sides[seat].kept} - {(BOX, text) for text in self._out_of_sight(seat)}
        return next(iter(sorted(shown)), None)

    def _out_of_sight(self, seat: Seat) -> set[str]:
        kept = self.model.sides[seat].kept
        return {each[1] for each in kept if self.model.is_out_of_sight(seat, each)}

    def _tried(self, deed: object) -> bool:
        return self.real.tried(deed)  # type: ignore[arg-type]


def _other(seat: Seat) -> Seat:
    return Seat.B if seat is Seat.A else Seat.A


def run(world: World, runs: int, steps: int) -> Stage:
    """The machine on this world; each run has a couple of its own."""
    stage = Stage(world, world.a_counsellor(world.a_practice()))
    run_machine(type("Machine", (OneSheet,), {"stage": stage}), runs, steps)
    return stage


def go(stage: Stage, filled: bool, steps: Sequence[Step]) -> None:  # noqa: FBT001 - how it begins
    """One road, looked at by everybody after each step."""
    one = type("Machine", (OneSheet,), {"stage": stage})()
    one.begin(filled=filled)
    for step in steps:
        step(one)
        one.everybody_sees_what_the_model_says_and_no_word_is_lost()
    one.teardown()


def said_of(stage: Stage, bounds: tuple[int, int]) -> str:
    """The figure of one run."""
    met = ", ".join(f"{count} times {what}" for what, count in stage.met.items())
    return f"{bounds[0]} runs of {bounds[1]} steps, {stage.steps} looks, {met}, 0 astray"


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """In every run on the embedded database; on both in the long one."""
    return str(getattr(request, "param", "sqlite"))


def test_a_sheet_is_what_the_model_says(world: World) -> None:
    stage = run(world, *SHORT)
    for filled, steps in ROADS:
        go(stage, filled, steps)
    assert all(stage.met.values()), stage.met
    keep("P25", "sheets", said_of(stage, SHORT))


@pytest.mark.long
@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_a_sheet_is_what_the_model_says_for_long(world: World, engine_name: str) -> None:
    stage = run(world, *LONG)
    assert min(stage.met.values()) >= 20, stage.met
    keep("P25", f"sheets-long-{engine_name}", said_of(stage, LONG))
