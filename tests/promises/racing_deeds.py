"""Pairs of deeds that start in the same instant, and the round that each of them finds."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.vocabulary import Seat
from tests.promises.round_deeds import RealRound

Deed = Callable[[RealRound], None]


@dataclass(frozen=True)
class Race:
    """Two deeds that start in the same instant, from a round that stands like this."""

    name: str
    ready: str
    one: Deed
    two: Deed
    automatic: bool = False
    of: type[RealRound] = RealRound
    parts_them: bool = False


def _both_sent(real: RealRound, *, yes_of_b: bool = True) -> None:
    for seat in Seat:
        real.write(seat, "we never said")
        real.send(seat, says_yes=seat is Seat.A or yes_of_b)


def make_ready(real: RealRound, ready: str) -> None:
    """Bring a fresh round to where two deeds meet."""
    if ready == "both sent":
        _both_sent(real)
    elif ready == "one no":
        _both_sent(real, yes_of_b=False)
    elif ready == "held":
        real.hold(held=True)
        _both_sent(real)
    elif ready == "silently held":
        real.hold_all(stands=True)
        _both_sent(real)
    elif ready == "one sent":
        real.write(Seat.A, "we never said")
        real.send(Seat.A, says_yes=True)
        real.write(Seat.B, "I hoped for more")
    elif ready == "both drafts":
        for seat in Seat:
            real.write(seat, "we never said")


def _send(seat: Seat) -> Deed:
    return lambda real: real.send(seat, says_yes=True)


def _no(seat: Seat) -> Deed:
    return lambda real: real.change_mind(seat, says_yes=False)


def _yes(seat: Seat) -> Deed:
    return lambda real: real.change_mind(seat, says_yes=True)


def _take_back(seat: Seat) -> Deed:
    return lambda real: real.take_back(seat)


def _give_back(real: RealRound) -> None:
    real.give_back(Seat.A)


def _open(real: RealRound) -> None:
    real.open()


def _hold(real: RealRound) -> None:
    real.hold(held=True)


def _lift(real: RealRound) -> None:
    real.hold_all(stands=False)


def stop_joint_work(real: RealRound) -> None:
    real.leave_clear()


def _end(real: RealRound) -> None:
    real.end()


def _read(real: RealRound) -> None:
    real.mark_read(Seat.A)


def _edit(real: RealRound) -> None:
    real.write(Seat.B, "something else")


def _decline(real: RealRound) -> None:
    real.decline(Seat.B)


A, B = Seat.A, Seat.B

RACES = (
    Race("open and take back", "both sent", _open, _take_back(A)),
    Race("open and withdraw the yes", "both sent", _open, _no(B)),
    Race("open and return", "both sent", _open, _give_back),
    Race("open and hold", "both sent", _open, _hold),
    Race("open and stop joint work", "both sent", _open, stop_joint_work),
    Race("open and close", "both sent", _open, _end),
    Race("open twice", "both sent", _open, _open),
    Race("both send, opening by itself", "both drafts", _send(A), _send(B), automatic=True),
    Race("send and withdraw the yes", "one sent", _send(B), _no(A), automatic=True),
    Race("send and take back", "one sent", _send(B), _take_back(A), automatic=True),
    Race("send and hold", "one sent", _send(B), _hold, automatic=True),
    Race("send and stop joint work", "one sent", _send(B), stop_joint_work, automatic=True),
    Race("yes and take back", "one no", _yes(B), _take_back(A), automatic=True),
    Race("yes and return", "one no", _yes(B), _give_back, automatic=True),
    Race("yes twice", "one no", _yes(B), _yes(B), automatic=True),
    Race("send twice", "one sent", _send(B), _send(B)),
    Race("send and edit in two tabs", "one sent", _send(B), _edit),
    Race("edit in two tabs", "one sent", _edit, _edit),
    Race("send and decline", "one sent", _send(B), _decline),
    Race("take back and read", "both sent", _take_back(A), _read),
    Race("take back twice", "both sent", _take_back(A), _take_back(A)),
    Race("return and read", "both sent", _give_back, _read),
    # In the long run alone, but for the first of them.
    Race(
        "lift and take back", "silently held", _lift, _take_back(A), automatic=True, parts_them=True
    ),
    Race(
        "lift and withdraw the yes", "silently held", _lift, _no(B), automatic=True, parts_them=True
    ),
    Race("lift and return", "silently held", _lift, _give_back, automatic=True, parts_them=True),
    Race("lift and hold", "silently held", _lift, _hold, automatic=True, parts_them=True),
    Race("lift and close", "silently held", _lift, _end, automatic=True, parts_them=True),
    Race("lift twice", "silently held", _lift, _lift, automatic=True, parts_them=True),
)
