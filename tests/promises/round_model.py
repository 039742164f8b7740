"""One paired round in a few lines: what may be done to it, and who may then see what."""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.vocabulary import ReflectionState, Seat

WRITABLE = (None, ReflectionState.DRAFT, ReflectionState.RETURNED)
SENT = (ReflectionState.SUBMITTED, ReflectionState.REVIEWED)


@dataclass
class Half:
    """One partner's part of the round."""

    state: ReflectionState | None = None
    draft: str = ""
    is_narrow: bool = False
    sent: list[tuple[str, bool]] = field(default_factory=list)
    says_yes: bool = False

    @property
    def is_sent(self) -> bool:
        """Whether it stands sent now."""
        return self.state in SENT

    @property
    def is_writable(self) -> bool:
        """Whether its writer can write in it."""
        return self.state in WRITABLE


@dataclass
class RoundModel:
    """The round as everybody concerned would tell it."""

    automatic: bool
    halves: dict[Seat, Half] = field(default_factory=lambda: {seat: Half() for seat in Seat})
    held: bool = False
    runs: bool = True
    clear: bool = True
    opened: bool = False

    def write(self, seat: Seat, text: str, *, narrow: bool = False) -> bool:
        """Save a draft, for the other as well or for the counsellor alone."""
        half = self.halves[seat]
        if not self.runs or not half.is_writable:
            return False
        half.state = half.state or ReflectionState.DRAFT
        half.draft, half.is_narrow = text, narrow
        return True

    def send(self, seat: Seat, *, says_yes: bool) -> bool:
        """Send what stands in the draft, and say yes or no."""
        half = self.halves[seat]
        if not self.runs or half.state is None or not half.is_writable:
            return False
        half.state, half.says_yes = ReflectionState.SUBMITTED, says_yes
        half.sent.append((half.draft, half.is_narrow))
        self._consider()
        return True

    def take_back(self, seat: Seat) -> bool:
        """Take back what nobody has read, also when its time is over."""
        half = self.halves[seat]
        if self.opened or half.state is not ReflectionState.SUBMITTED:
            return False
        half.sent.pop()
        half.state = ReflectionState.RETURNED if half.sent else ReflectionState.DRAFT
        return True

    def decline(self, seat: Seat) -> bool:
        """Rather not."""
        half = self.halves[seat]
        if not half.is_writable:
            return False
        half.state = ReflectionState.DECLINED
        return True

    def discard(self, seat: Seat) -> bool:
        """Throw a draft away that was never kept as sent; a yes that was said of it goes with it."""
        state = self.halves[seat].state
        if state in (None, ReflectionState.DRAFT):
            self.halves[seat] = Half()
        return state in (None, ReflectionState.DRAFT)

    def mark_read(self, seat: Seat) -> bool:
        """The counsellor has read it."""
        return self._move(seat, (ReflectionState.SUBMITTED,), ReflectionState.REVIEWED)

    def give_back(self, seat: Seat) -> bool:
        """The counsellor returns it, as long as nothing is open and its writer could go on with it."""
        may_go_on = self.runs and not self.opened
        return may_go_on and self._move(seat, SENT, ReflectionState.RETURNED)

    def change_mind(self, seat: Seat, *, says_yes: bool) -> bool:
        """Give or withdraw the yes."""
        if self.opened:
            return False
        self.halves[seat].says_yes = says_yes
        self._consider()
        return True

    def hold(self, *, held: bool) -> bool:
        """Let the opening wait, or wait no longer: then what waited for nothing else opens."""
        self.held = held
        self._consider()
        return True

    def end(self) -> bool:
        """Close the homework."""
        if not self.runs:
            return False
        self.runs = False
        return True

    def leave_clear(self) -> bool:
        """Joint work stops, and shared homework with it."""
        self.clear = self.runs = False
        return True

    def come_back_to_clear(self) -> bool:
        """Joint work is possible again; what was taken back stays so."""
        self.clear = True
        return True

    def open(self) -> bool:
        """The counsellor opens it."""
        if self.opened or not self._may_open():
            return False
        self.opened = True
        return True

    def seen_by(self, viewer: Seat | None) -> dict[Seat, tuple[ReflectionState | None, str | None]]:
        """Whose part this viewer sees, in which state and with which words; None is the counsellor."""
        return {
            seat: self._seen(seat, viewer)
            for seat, half in self.halves.items()
            if half.state is not None and (viewer in (seat, None) or (self.opened and half.sent))
        }

    def _seen(self, seat: Seat, viewer: Seat | None) -> tuple[ReflectionState | None, str | None]:
        half = self.halves[seat]
        text, is_narrow = half.sent[-1] if half.sent else (None, False)
        if viewer in (seat, None):
            return half.state, text
        return None, (None if is_narrow else text)

    def _move(self, seat: Seat, before: tuple[ReflectionState, ...], then: ReflectionState) -> bool:
        half = self.halves[seat]
        if half.state not in before:
            return False
        half.state = then
        return True

    def _may_open(self) -> bool:
        halves = self.halves.values()
        agreed = all(half.is_sent and half.says_yes for half in halves)
        return agreed and self.runs and self.clear and not self.held

    def _consider(self) -> None:
        if self.automatic and not self.opened and self._may_open():
            self.opened = True


Step = Callable[[RoundModel], bool]
