"""What each of the two and the counsellor is shown of a sheet, as the model says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.vocabulary import ReflectionState, Seat
from tests.promises.sheet_model import SheetModel
from tests.promises.sheet_sides import TOGETHER


@dataclass(frozen=True)
class Writers:
    """What one of the two is shown while it is being written."""

    texts: Mapping[str, object]
    kept: tuple[tuple[str, str], ...]
    hands: Mapping[str, str]
    state: ReflectionState | None
    has_confirmed: bool
    has_declined: bool
    takes_words: bool
    is_begun: bool
    is_narrow: bool


@dataclass(frozen=True)
class Readers:
    """What is shown of what was sent: the shared words, and each one's own part."""

    shared: tuple[tuple[str, str | None, tuple[Seat, ...]], ...]
    parts: tuple[tuple[Seat, ReflectionState | None, str | None, tuple[str, ...]], ...]


def writes(model: SheetModel, seat: Seat) -> Writers:
    """What this one of the two has before them."""
    side, known = model.sides[seat], model.is_known_to(seat)
    return Writers(
        texts=model.seen_texts(seat),
        kept=tuple(
            sorted(
                (each[0], "" if model.is_out_of_sight(seat, each) else each[1])
                for each in side.kept
            )
        ),
        hands={key: hand.value for key, hand in model.hands.items() if model.shows_together},
        state=model.state if known else None,
        has_confirmed=side.has_confirmed,
        has_declined=side.has_declined,
        takes_words=model.takes_words_of(seat),
        is_begun=bool(side.has_begun or model.changes),
        is_narrow=side.is_narrow or not model.clear,
    )


def reads(model: SheetModel, viewer: Seat | None) -> Readers:
    """What this viewer reads of what was sent; None is the counsellor."""
    if not model.sent:
        shared: tuple[tuple[str, str | None, tuple[Seat, ...]], ...] = ()
    else:
        last = model.sent[-1]
        shared = tuple(
            (key, last.shared[key], (last.hands[key],)) for key in TOGETHER if last.shared[key]
        )
    parts = [_part(model, seat, viewer) for seat in Seat if _exists(model, seat, viewer)]
    return Readers(shared, tuple(parts))


def _exists(model: SheetModel, seat: Seat, viewer: Seat | None) -> bool:
    if viewer is None:
        return model.exists
    return model.is_known_to(seat) if viewer is seat else model.opened


def _part(
    model: SheetModel, seat: Seat, viewer: Seat | None
) -> tuple[Seat, ReflectionState | None, str | None, tuple[str, ...]]:
    side = model.sides[seat]
    text, is_narrow = model.sent[-1].own[seat] if model.sent else (None, False)
    if viewer is None:
        gone = side.has_declined and not model.is_sent
        state = ReflectionState.DECLINED if gone else model.state
        return seat, state, text, tuple(sorted(side.box))
    if viewer is seat:
        return seat, model.state, text, ()
    return seat, None, None if is_narrow else text, ()


def shape(written: Writers, read: Readers) -> object:
    """Everything that one knows of the sheet, without its words: a look may cost what this says."""
    return (
        tuple(bool(text) for text in written.texts.values()),
        tuple(key for key, _ in written.kept),
        tuple(written.hands),
        (written.state, written.takes_words, written.is_begun, written.has_declined),
        (written.has_confirmed, written.is_narrow),
        tuple((key, hands) for key, _, hands in read.shared),
        tuple((seat, state, bool(text)) for seat, state, text, _ in read.parts),
    )


def texts_in(seen: Writers | Readers) -> set[str]:
    """Every text that somebody finds here."""
    if isinstance(seen, Writers):
        return {
            str(text) for text in (*seen.texts.values(), *(text for _, text in seen.kept)) if text
        }
    found = {text for _, text, _ in seen.shared}
    found |= {text for _, _, own, box in seen.parts for text in (own, *box)}
    return {text for text in found if text}
