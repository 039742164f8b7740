"""P2, P25, P26: whatever is done in whatever order, everybody sees what a small model says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal.vocabulary import OpeningRule, Seat
from tests.promises.machines import run_machine
from tests.promises.round_deeds import RealRound
from tests.promises.round_model import RoundModel
from tests.support.promises import keep
from tests.support.world import World

SEATS, YES = st.sampled_from(Seat), st.booleans()
TEXTS = st.sampled_from(("we never said", "I hoped for more", "it was fine once"))
SHORT, LONG = (15, 12), (500, 30)


@dataclass
class Stage:
    """The world the machine runs in, how much it did, and what each look at a round had cost."""

    world: World
    counsellor_id: object = None
    steps: int = 0
    opened: int = 0
    costs: dict[object, tuple[str, ...]] = field(default_factory=dict)


class OneRound(RuleBasedStateMachine):
    """Both partners and their counsellor at one paired round."""

    stage: ClassVar[Stage]

    @initialize(automatic=YES)
    def begin(self, *, automatic: bool) -> None:
        opening = OpeningRule.AUTOMATIC if automatic else OpeningRule.COUNSELLOR
        world = self.stage.world
        couple = world.a_couple(self.stage.counsellor_id, opening=opening)  # type: ignore[arg-type]
        self.real, self.model = RealRound.given(world, couple), RoundModel(automatic)

    @rule(seat=SEATS, text=TEXTS, narrow=YES)
    def write(self, seat: Seat, text: str, *, narrow: bool) -> None:
        real = self.real.tried(lambda: self.real.write(seat, text, narrow=narrow))
        assert real == self.model.write(seat, text, narrow=narrow)

    @rule(seat=SEATS, text=TEXTS, says_yes=YES, narrow=YES)
    def write_and_send(self, seat: Seat, text: str, *, says_yes: bool, narrow: bool) -> None:
        self.write(seat, text, narrow=narrow)
        self.send(seat, says_yes=says_yes)

    @rule(text=TEXTS, narrow=YES)
    def both_send(self, text: str, *, narrow: bool) -> None:
        for seat in Seat:
            self.write_and_send(seat, f"{text} {seat.value}", says_yes=True, narrow=narrow)

    @rule(text=TEXTS, narrow=YES)
    def both_send_and_it_opens(self, text: str, *, narrow: bool) -> None:
        self.both_send(text, narrow=narrow)
        self.open()

    @rule(seat=SEATS, text=TEXTS)
    def what_is_open_stays_where_it_is(self, seat: Seat, text: str) -> None:
        self.both_send_and_it_opens(text, narrow=False)
        self.take_back(seat)
        self.give_back(seat)

    @rule(text=TEXTS)
    def held_whatever_both_say(self, text: str) -> None:
        self.hold(held=True)
        self.both_send(text, narrow=False)
        self.open()

    @rule(seat=SEATS, text=TEXTS)
    def send_and_take_back(self, seat: Seat, text: str) -> None:
        """The words are in the draft again, and can be sent as they stand."""
        self.write_and_send(seat, text, says_yes=True, narrow=False)
        self.take_back(seat)

    @rule(seat=SEATS, says_yes=YES)
    def send(self, seat: Seat, *, says_yes: bool) -> None:
        real = self.real.tried(lambda: self.real.send(seat, says_yes=says_yes))
        assert real == self.model.send(seat, says_yes=says_yes)

    @rule(seat=SEATS)
    def take_back(self, seat: Seat) -> None:
        assert self.real.tried(lambda: self.real.take_back(seat)) == self.model.take_back(seat)

    @rule(seat=SEATS)
    def decline(self, seat: Seat) -> None:
        assert self.real.tried(lambda: self.real.decline(seat)) == self.model.decline(seat)

    @rule(seat=SEATS)
    def discard(self, seat: Seat) -> None:
        assert self.real.tried(lambda: self.real.discard(seat)) == self.model.discard(seat)

    @rule(seat=SEATS, says_yes=YES)
    def change_mind(self, seat: Seat, *, says_yes: bool) -> None:
        real = self.real.tried(lambda: self.real.change_mind(seat, says_yes=says_yes))
        assert real == self.model.change_mind(seat, says_yes=says_yes)

    @rule(seat=SEATS)
    def mark_read(self, seat: Seat) -> None:
        assert self.real.tried(lambda: self.real.mark_read(seat)) == self.model.mark_read(seat)

    @rule(seat=SEATS)
    def give_back(self, seat: Seat) -> None:
        assert self.real.tried(lambda: self.real.give_back(seat)) == self.model.give_back(seat)

    @rule(held=YES)
    def hold(self, *, held: bool) -> None:
        assert self.real.tried(lambda: self.real.hold(held=held)) == self.model.hold(held=held)

    @rule()
    def open(self) -> None:
        assert self.real.tried(self.real.open) == self.model.open()

    @rule()
    def end(self) -> None:
        assert self.real.tried(self.real.end) == self.model.end()

    @rule()
    def leave_clear(self) -> None:
        assert self.real.tried(self.real.leave_clear) == self.model.leave_clear()

    @rule()
    def come_back_to_clear(self) -> None:
        assert self.real.tried(self.real.come_back_to_clear) == self.model.come_back_to_clear()

    @invariant()
    def everybody_sees_what_the_model_says_at_the_same_cost(self) -> None:
        if not hasattr(self, "real"):
            return
        self.stage.steps += 1
        for viewer in (*Seat, None):
            seen, cost = self.real.looked_at(viewer)
            known = self.model.seen_by(viewer)
            assert seen == known, viewer
            if viewer is not None:
                half = self.model.halves[viewer]
                own = (half.state, len(half.sent), self.model.opened, frozenset(known))
                assert self.stage.costs.setdefault(own, cost) == cost, "the look-ups tell"

    @invariant()
    def no_word_is_lost(self) -> None:
        if not hasattr(self, "real"):
            return
        for seat, half in self.model.halves.items():
            if half.state is not None and half.is_writable:
                assert self.real.draft_of(seat) == half.draft

    def teardown(self) -> None:
        if hasattr(self, "model"):
            self.stage.opened += self.model.opened


Step = Callable[[OneRound], None]


def run(world: World, runs: int, steps: int) -> Stage:
    """The machine on this world; each run has a couple of its own."""
    stage = Stage(world, world.a_counsellor(world.a_practice()))
    run_machine(type("Machine", (OneRound,), {"stage": stage}), runs, steps)
    return stage


# What a run of every day would hardly meet by chance: each with whether the couple's rounds open by themselves.
ROADS: tuple[tuple[bool, tuple[Step, ...]], ...] = (
    (True, (lambda one: one.held_whatever_both_say("later"), lambda one: one.hold(held=False))),
    (
        False,
        (
            lambda one: one.write_and_send(Seat.A, "mine", says_yes=True, narrow=False),
            lambda one: one.end(),
            lambda one: one.give_back(Seat.A),
            lambda one: one.take_back(Seat.A),
            lambda one: one.send(Seat.A, says_yes=True),
        ),
    ),
    (
        False,
        (
            lambda one: one.both_send("of both", narrow=False),
            lambda one: one.leave_clear(),
            lambda one: one.take_back(Seat.B),
            lambda one: one.come_back_to_clear(),
            lambda one: one.open(),
        ),
    ),
)


def go(stage: Stage, *, automatic: bool, steps: tuple[Step, ...]) -> None:
    """One road, looked at by everybody after each step."""
    one = type("Machine", (OneRound,), {"stage": stage})()
    one.begin(automatic=automatic)
    for step in steps:
        step(one)
        one.everybody_sees_what_the_model_says_at_the_same_cost()
        one.no_word_is_lost()
    one.teardown()


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """In every run on the embedded database; on both in the long one."""
    return str(getattr(request, "param", "sqlite"))


def test_a_round_is_what_the_model_says(world: World) -> None:
    stage = run(world, *SHORT)
    for automatic, steps in ROADS:
        go(stage, automatic=automatic, steps=steps)
    assert stage.opened, "no round ever opened, so nothing was shown"
    keep("P25", "machine", f"{SHORT[0]} runs of {SHORT[1]} steps, {stage.steps} looks, 0 astray")


@pytest.mark.long
@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_a_round_is_what_the_model_says_for_long(world: World, engine_name: str) -> None:
    stage = run(world, *LONG)
    assert stage.opened >= 20
    says = f"{LONG[0]} runs of {LONG[1]} steps, {stage.steps} looks, 0 astray"
    keep("P25", f"machine-long-{engine_name}", says)
