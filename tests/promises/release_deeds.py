"""P26: the release of one answer, of a letter or of a table that shows what matches, and who then sees it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from portal.care.service import come_apart
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Row, Value
from portal.homework.queries import task
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.openings.service import release
from portal.reflections.pieces.service import change_mind_about
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import send
from portal.vocabulary import ConsentKind, Role, Seat
from tests.promises.racing_deeds import Deed, Race, stop_joint_work
from tests.promises.round_deeds import RealRound
from tests.support.world import CoupleHere, World

BOTH = (Seat.A, Seat.B)


@dataclass(frozen=True)
class Released(RealRound, ABC):
    """A round of which one answer can be released."""

    exercise: ClassVar[str]
    field: ClassVar[str]
    kind: ClassVar[ConsentKind]
    writers: ClassVar[tuple[Seat, ...]]

    @classmethod
    def given(cls, world: World, couple: CoupleHere) -> "Released":
        """A fresh one for these two."""
        (round_id,) = world.an_assignment(couple, cls.exercise, to=cls.writers)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            return cls(world, couple, round_id, task(visit, round_id).assignment_id)

    @abstractmethod
    def values(self, text: str) -> Mapping[str, Value]:
        """Everything that is asked for, in somebody's words."""

    def write(self, seat: Seat, text: str, *, narrow: bool = False) -> None:
        """Save a draft; what can be released for the counsellor alone, or not."""
        if seat not in self.writers:
            return
        with self.by(seat) as visit:
            reading = Reading(
                values=self.values(text),
                present=frozenset(self.values(text)),
                counters=draft(visit, self.round_id).counters,
                audiences={self.field: "counsellor" if narrow else "on_release"},
            )
            save(visit, self.round_id, reading)

    def send(self, seat: Seat, *, says_yes: bool) -> None:
        """Send it, with a yes to the release or without."""
        if seat in self.writers:
            with self.by(seat) as visit:
                send(visit, self.round_id, Said(False, {self.field: says_yes}))

    def says(self, seat: Seat, *, says_yes: bool) -> None:
        """The writer changes their mind about the release."""
        with self.by(seat) as visit:
            change_mind_about(visit, self.round_id, self.kind, self.field, says_yes)

    def release(self) -> None:
        """The counsellor gives it to the other."""
        with self.counsels() as visit:
            release(visit, self._part(visit, Seat.A), self.field)

    def part_them(self) -> None:
        """The two come apart."""
        with self.counsels() as visit:
            come_apart(visit, self.couple.id, "As agreed.")


@dataclass(frozen=True)
class Letter(Released):
    """One person's own, with a line that they would let go."""

    exercise = "letting-go"
    field = "for_now"
    kind = ConsentKind.RELEASE_ANSWER
    writers = (Seat.A,)

    def values(self, text: str) -> Mapping[str, Value]:
        """Everything that this asks for."""
        keys = ("hurt", "does_for_me", "costs_me", "first", "when_it_returns", "keep_line")
        return {
            **dict.fromkeys(keys, text),
            "where": "wondering",
            "resentment": 5,
            self.field: text,
        }


@dataclass(frozen=True)
class Jar(Released):
    """Two lists of ideas, of which only what both marked is ever shown."""

    exercise = "idea-jar"
    field = "ideas"
    kind = ConsentKind.RELEASE_MATCHES
    writers = BOTH

    def values(self, text: str) -> Mapping[str, Value]:
        """Everything that this asks for."""
        del text
        rows = tuple(Row(key, None, {"keen": "keen"}) for key in ("walk", "cook"))
        return {self.field: rows, "best_time": "weekday_evening"}


def _release(real: RealRound) -> None:
    assert isinstance(real, Released)
    real.release()


def _no(seat: Seat) -> Deed:
    def deed(real: RealRound) -> None:
        assert isinstance(real, Released)
        real.says(seat, says_yes=False)

    return deed


def _apart(real: RealRound) -> None:
    assert isinstance(real, Released)
    real.part_them()


def _take_back(seat: Seat) -> Deed:
    return lambda real: real.take_back(seat)


def _return(real: RealRound) -> None:
    real.give_back(Seat.A)


def _hold(real: RealRound) -> None:
    real.hold(held=True)


def _hold_all(real: RealRound) -> None:
    real.hold_all(stands=True)


def _end(real: RealRound) -> None:
    real.end()


def _races(of: type[Released], name: str, last: Seat) -> tuple[Race, ...]:
    """Every deed after which nothing is released any more, in the same instant as the release."""
    against = {
        "withdraw the yes": _no(last),
        "take back": _take_back(last),
        "stop joint work": stop_joint_work,
        "hold": _hold,
        "hold silently": _hold_all,
        "come apart": _apart,
        "return": _return,
        "close": _end,
        "release again": _release,
    }
    parts = {"hold silently", "come apart"}
    return tuple(
        Race(
            f"release {name} and {says}",
            "both sent",
            _release,
            deed,
            of=of,
            parts_them=says in parts,
        )
        for says, deed in against.items()
    )


LETTERS, JARS = _races(Letter, "a letter", Seat.A), _races(Jar, "what matches", Seat.B)
RELEASES = tuple(race for pair in zip(LETTERS, JARS, strict=True) for race in pair)
# In every run: the first of the deeds once, half of them against either kind.
EACH_ONCE = tuple(pair[n % 2] for n, pair in enumerate(zip(LETTERS, JARS, strict=True)))[:4]
