"""Where the lines, marks and labels of a chart stand; pure, and the same for page and paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from babel.dates import format_skeleton

from portal.exercises.form.shown import spoken
from portal.vocabulary import Seat

Place = Literal["a", "b"]
Number = int | float
Height = Callable[[Number], float]
Say = Callable[[Number], str]
LABEL_GAP = 16.0
WIDEST = 20


@dataclass(frozen=True)
class Series:
    """One person's numbers in the order of the weeks; none where a week was skipped."""

    name: str
    place: Place
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Scale:
    """From which number to which the picture goes, and how a number is written along its edge."""

    low: Number = 0
    top: Number = 100
    say: Say = str


HUNDRED = Scale()


def scale_for(low: Number, top: Number, values: Sequence[Number], say: Say = str) -> Scale:
    """How far a picture of these numbers goes, where answers may lie from `low` to `top`.

    Up to WIDEST steps it is the whole of it, as people see it while they answer. A wider one only
    says what may be typed, like hours in a week; there the picture goes as far as the answers do,
    to the next round number, and to zero.
    """
    if top - low <= WIDEST:
        return Scale(min(low, *values), max(top, *values), say)
    reach = _round_above(max(abs(value) for value in values))
    return Scale(
        -reach if any(value < 0 for value in values) else 0,
        reach if any(value >= 0 for value in values) else 0,
        say,
    )


def _round_above(value: Number) -> int:
    """The next of 10, 20, 50, 100, 200, 500 and so on."""
    tens = 10
    while True:
        for step in (1, 2, 5):
            if value <= step * tens:
                return step * tens
        tens *= 10


@dataclass(frozen=True)
class Size:
    """One of the two drawings: how large it is, and how much is written along its foot."""

    name: str
    width: int
    height: int
    start: int
    end: int
    labels: int


WIDE = Size("wide", 760, 250, 40, 660, 8)
NARROW = Size("narrow", 330, 220, 32, 258, 4)


@dataclass(frozen=True)
class Mark:
    """One answer, as a point."""

    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """One person's line: a stroke for each stretch without a gap, and a mark for each answer."""

    name: str
    place: Place
    path: str
    marks: tuple[Mark, ...]
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Tick:
    """A number or a day along an edge."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawing:
    """One picture, ready to be written down."""

    size: Size
    rows: tuple[Tick, ...]
    days: tuple[Tick, ...]
    lines: tuple[Line, ...]
    foot: float


@dataclass(frozen=True)
class Chart:
    """Both pictures of the same numbers, and the numbers themselves for the table; of money with its currency."""

    days: tuple[str, ...]
    series: tuple[Series, ...]
    wide: Drawing
    narrow: Drawing
    currency: str = ""


def chart(days: Sequence[str], series: Sequence[Series], scale: Scale = HUNDRED) -> Chart:
    """Draw these numbers for a wide and for a narrow room."""
    shown = tuple(one for one in series if any(value is not None for value in one.values))
    drawn = [_draw(size, tuple(days), shown, scale) for size in (WIDE, NARROW)]
    return Chart(tuple(days), tuple(series), drawn[0], drawn[1])


def weekly(people: Sequence[tuple[str, Seat, dict[date, int | None]]], locale: str) -> Chart | None:
    """A picture from the first week to the last; nothing where there is no number at all."""
    known = [on for _, _, points in people for on, value in points.items() if value is not None]
    if not known:
        return None
    many = (max(known) - min(known)).days // 7 + 1
    weeks = [min(known) + timedelta(weeks=n) for n in range(many)]
    days = [day_label(on, locale) for on in weeks]
    series = [
        Series(name, "a" if seat is Seat.A else "b", tuple(points.get(on) for on in weeks))
        for name, seat, points in people
    ]
    return chart(days, series)


def day_label(on: date, locale: str) -> str:
    """A day as it stands at the foot of a chart: "12 May"."""
    return str(format_skeleton("MMMd", on, locale=spoken(locale)))


def _draw(size: Size, days: tuple[str, ...], series: tuple[Series, ...], scale: Scale) -> Drawing:
    head, foot = 16.0, size.height - 32.0

    def x_of(place: int) -> float:
        if len(days) < 2:
            return (size.start + size.end) / 2
        return round(size.start + (size.end - size.start) * place / (len(days) - 1), 1)

    def y_of(value: Number) -> float:
        return round(foot - (foot - head) * (value - scale.low) / (scale.top - scale.low), 1)

    ends = _apart([_last_height(one, y_of) for one in series])
    lines = []
    for one, label_y in zip(series, ends, strict=True):
        points = [None if v is None else Mark(x_of(n), y_of(v)) for n, v in enumerate(one.values)]
        marks = tuple(point for point in points if point is not None)
        lines.append(
            Line(one.name, one.place, _path(points), marks, size.end + 12.0, round(label_y + 4, 1))
        )
    edges = (scale.low, (scale.low + scale.top) // 2, scale.top)
    rows = tuple(Tick(y_of(value), scale.say(value)) for value in edges)
    return Drawing(
        size, rows, _days(days, size, [x_of(n) for n in range(len(days))]), tuple(lines), foot
    )


def _path(points: Sequence[Mark | None]) -> str:
    """A stroke from answer to answer; over a skipped week the pen is lifted."""
    steps, is_down = [], False
    for point in points:
        if point is not None:
            steps.append(f"{'L' if is_down else 'M'}{point.x} {point.y}")
        is_down = point is not None
    return "".join(steps)


def _last_height(one: Series, y_of: Height) -> float:
    return y_of([value for value in one.values if value is not None][-1])


def _apart(heights: list[float]) -> list[float]:
    """Push the names at the line ends apart until they can be read."""
    if len(heights) != 2 or abs(heights[0] - heights[1]) >= LABEL_GAP:
        return heights
    middle = sum(heights) / 2
    upper = 0 if heights[0] <= heights[1] else 1
    moved = [middle + LABEL_GAP / 2, middle + LABEL_GAP / 2]
    moved[upper] = middle - LABEL_GAP / 2
    return moved


def _days(days: tuple[str, ...], size: Size, at: list[float]) -> tuple[Tick, ...]:
    """As many days as there is room for, evenly, with the last one always among them."""
    step = max(-(-len(days) // size.labels), 1)
    chosen = [n for n in range(len(days)) if (len(days) - 1 - n) % step == 0]
    return tuple(Tick(at[n], days[n]) for n in chosen)
