"""One joint sheet in a few lines: what may be done to it, and who may then see what."""

from dataclasses import dataclass, field

from portal.vocabulary import ReflectionState, Seat
from tests.promises.sheet_sides import (
    ALONE,
    BOX,
    KEYS,
    TOGETHER,
    Page,
    SentSheet,
    Side,
    Texts,
)

WRITABLE = (ReflectionState.DRAFT, ReflectionState.RETURNED)
SENT = (ReflectionState.SUBMITTED, ReflectionState.REVIEWED)


@dataclass
class SheetModel:
    """The sheet as everybody concerned would tell it."""

    sides: dict[Seat, Side] = field(default_factory=lambda: {seat: Side() for seat in Seat})
    shared: Texts = field(default_factory=lambda: dict.fromkeys(TOGETHER))
    hands: dict[str, Seat] = field(default_factory=dict)
    filled: bool = False
    changes: int = 0
    state: ReflectionState = ReflectionState.DRAFT
    sent: list[SentSheet] = field(default_factory=list)
    exists: bool = False
    holds: set[bool] = field(default_factory=set)
    runs: bool = True
    clear: bool = True
    opened: bool = False

    @property
    def is_sent(self) -> bool:
        """Whether it stands sent now."""
        return self.state in SENT

    def takes_words_of(self, seat: Seat) -> bool:
        """Whether this one of the two can write on it now."""
        open_now = self.runs and self.clear and not self.is_sent
        return open_now and not self.sides[seat].has_declined

    def is_known_to(self, seat: Seat) -> bool:
        """Whether there is a sheet as far as this one can tell: the other's own part tells nothing."""
        side = self.sides[seat]
        return bool(self.changes or self.sent or side.has_begun or side.kept)

    def stands(self, seat: Seat, key: str) -> str | None:
        """What stands in this answer for this writer, whether the gates let it be seen or not."""
        if self.is_sent:
            return None
        return self.shared[key] if key in TOGETHER else self.sides[seat].own[key]

    def is_out_of_sight(self, seat: Seat, kept: tuple[str, str]) -> bool:
        """Whether only its being there is shown: it is for the counsellor alone, and such was sent since."""
        key, text = kept
        return key == BOX and (self.is_sent or text in self.sides[seat].out_of_sight)

    def look(self, seat: Seat) -> bool:
        """Draw the page anew."""
        self.sides[seat].page = Page(self.seen_texts(seat), self._words_of(seat))
        return True

    @property
    def shows_together(self) -> bool:
        """Whether the shared words are shown to who writes them; the gates may have closed."""
        return self.clear or self.is_sent

    def seen_texts(self, seat: Seat) -> Texts:
        """What this writer's page shows."""
        return {
            key: self.stands(seat, key) if self.shows_together or key not in TOGETHER else None
            for key in KEYS
        }

    def _words_of(self, seat: Seat) -> object:
        side = self.sides[seat]
        is_narrow = side.is_narrow or not self.clear
        return self.changes, tuple(side.own.items()), side.filled, is_narrow

    def write(self, seat: Seat, key: str, text: str | None) -> bool:
        """Save the whole page with one answer changed, as it was drawn, lately or long ago."""
        side = self.sides[seat]
        drawn = side.page.texts
        typed = {**drawn, key: text}
        self.exists = True
        if not self.takes_words_of(seat):
            for late, words in typed.items():
                if words and words not in self._known_of(seat, late):
                    side.keep(late, words)
            return False
        taken = [k for k in KEYS if self._is_taken(seat, k, typed[k], drawn[k])]
        self._put(seat, {k: typed[k] for k in taken})
        return True

    def _known_of(self, seat: Seat, key: str) -> set[str | None]:
        """What is known of this one already, so that it is not kept beside the sheet as well."""
        if key == BOX:
            return {self.stands(seat, key), *self.sides[seat].box}
        if not self.is_sent:
            return {self.stands(seat, key)}
        return {self.sent[-1].shared[key] if key in TOGETHER else self.sent[-1].own[seat][0]}

    def _is_taken(self, seat: Seat, key: str, typed: str | None, drawn: str | None) -> bool:
        """What one changed on the page goes in, unless the other changed the same meanwhile."""
        stands = self.stands(seat, key)
        if typed in (stands, drawn):
            return False
        if stands is None or stands == drawn:
            return True
        if typed is not None:
            self.sides[seat].keep(key, typed)
        return False

    def fill(self, seat: Seat) -> bool:
        """Answer whatever else is asked, the shared questions and one's own."""
        side = self.sides[seat]
        if not self.takes_words_of(seat):
            return False
        self.exists = True
        if not self.filled:
            self.filled, self.changes = True, self.changes + 1
            self._unconfirm()
        if not side.filled:
            side.filled = side.has_begun = True
            side.has_confirmed = False
        return True

    def narrow(self, seat: Seat, *, narrow: bool) -> bool:
        """Choose who may read one's own answer."""
        side = self.sides[seat]
        if not self.takes_words_of(seat):
            return False
        self.exists = True
        if side.is_narrow is not narrow:
            side.is_narrow, side.has_begun, side.has_confirmed = narrow, True, False
        return True

    def put_away(self, seat: Seat, kept: tuple[str, str]) -> bool:
        """One's other version is not needed."""
        self.sides[seat].kept.remove(kept)
        return True

    def confirm(self, seat: Seat, *, says_yes: bool) -> bool:
        """Say yes to exactly the words on the page."""
        side = self.sides[seat]
        same = side.page.agreed_to == self._words_of(seat)
        whole = self.filled and side.filled and self.shared["signal"] and side.own[ALONE]
        if not (self.is_known_to(seat) and self.takes_words_of(seat) and same and whole):
            return False
        side.has_confirmed = side.has_begun = True
        side.says_yes = says_yes
        if all(each.has_confirmed and not each.has_declined for each in self.sides.values()):
            self._send()
        return True

    def take_back(self, seat: Seat) -> bool:
        """Have back what nobody has read, as long as the two can write."""
        if self.opened or not self.runs or self.state is not ReflectionState.SUBMITTED:
            return False
        self.sent.pop()
        self._thaw(ReflectionState.RETURNED if self.sent else ReflectionState.DRAFT)
        return self.is_known_to(seat)

    def decline(self, seat: Seat) -> bool:
        """Rather not; what was meant for the counsellor alone goes its way all the same."""
        side = self.sides[seat]
        if self.is_sent or side.has_declined:
            return False
        self.exists = side.has_begun = side.has_declined = True
        side.has_confirmed = False
        self._empty_box(side)
        return True

    def change_mind(self, seat: Seat, *, says_yes: bool) -> bool:
        """Give or withdraw the yes to the opening."""
        if self.opened:
            return False
        self.sides[seat].says_yes = says_yes
        return True

    def mark_read(self) -> bool:
        """The counsellor has read it, or what came for them alone without it."""
        is_submitted = self.state is ReflectionState.SUBMITTED
        if not is_submitted and not any(side.box_waits for side in self.sides.values()):
            return False
        for side in self.sides.values():
            side.box_waits = False
        if is_submitted:
            self.state = ReflectionState.REVIEWED
        return True

    def give_back(self) -> bool:
        """The counsellor returns it, as long as nothing is open and both could go on with it."""
        if self.opened or not (self.is_sent and self.runs and self.clear):
            return False
        self._thaw(ReflectionState.RETURNED)
        return True

    def hold(self, *, held: bool, all_of_it: bool) -> bool:
        """Let the opening wait, or wait no longer: of this sheet, or of everything."""
        (self.holds.add if held else self.holds.discard)(all_of_it)
        self.opened = self.opened or self._may_open()
        return True

    def end(self) -> bool:
        """Close the homework."""
        was, self.runs = self.runs, False
        return was

    def stop(self) -> bool:
        """Joint work or contact stops, and shared homework with it."""
        self.clear = self.runs = False
        return True

    def go_on(self) -> bool:
        """Both are possible again; what was taken back stays so."""
        self.clear = True
        return True

    def open(self) -> bool:
        """The counsellor opens each one's own answers to both."""
        if self.opened or not self._may_open():
            return False
        self.opened = True
        return True

    def _may_open(self) -> bool:
        agreed = all(side.says_yes for side in self.sides.values())
        return self.is_sent and agreed and self.runs and self.clear and not self.holds

    def _put(self, seat: Seat, taken: Texts) -> None:
        side = self.sides[seat]
        together = {key: text for key, text in taken.items() if key in TOGETHER}
        alone = {key: text for key, text in taken.items() if key not in TOGETHER}
        if together:
            self.shared.update(together)
            self.hands.update(dict.fromkeys(together, seat))
            self.changes += 1
            self._unconfirm()
        if alone:
            side.own.update(alone)
            side.has_begun, side.has_confirmed = True, False

    def _unconfirm(self) -> None:
        for side in self.sides.values():
            side.has_confirmed = False

    def _empty_box(self, side: Side) -> None:
        text, side.own[BOX] = side.own[BOX], None
        if text:
            side.box.append(text)
            side.box_waits = True
            side.out_of_sight |= {kept for key, kept in side.kept if key == BOX}

    def _send(self) -> None:
        self.state = ReflectionState.SUBMITTED
        own = {seat: (side.own[ALONE], side.is_narrow) for seat, side in self.sides.items()}
        self.sent.append(SentSheet(dict(self.shared), dict(self.hands), own))
        for side in self.sides.values():
            self._empty_box(side)
        self.opened = self.opened or self._may_open()

    def _thaw(self, state: ReflectionState) -> None:
        """The next revision starts from the old words, and asks for both yeses again."""
        self.state, self.changes = state, self.changes + 1
        self._unconfirm()
