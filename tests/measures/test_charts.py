"""Charts: a skipped week is a gap, and nothing that is written stands on something else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.measures.charts import LABEL_GAP, WIDEST, Drawing, Number, Series, chart, scale_for

VALUES = st.lists(st.none() | st.integers(0, 100), min_size=1, max_size=60)


def drawn(a: list[int | None], b: list[int | None]) -> tuple[Drawing, Drawing]:
    n = max(len(a), len(b))
    days = [f"{i} May" for i in range(n)]
    pad = [None] * n
    both = [
        Series("Robin", "a", tuple([*a, *pad][:n])),
        Series("Sasha", "b", tuple([*b, *pad][:n])),
    ]
    made = chart(days, both)
    return made.wide, made.narrow


@settings(deadline=None)
@given(VALUES, VALUES)
def test_every_answer_has_a_mark_and_no_other(a: list[int | None], b: list[int | None]) -> None:
    for drawing in drawn(a, b):
        counted: dict[str, int] = {line.place: len(line.marks) for line in drawing.lines}
        for place, values in (("a", a), ("b", b)):
            assert counted.get(place, 0) == sum(value is not None for value in values)


@settings(deadline=None)
@given(VALUES, VALUES)
def test_a_pen_is_lifted_over_every_gap(a: list[int | None], b: list[int | None]) -> None:
    for drawing in drawn(a, b):
        for line in drawing.lines:
            values = a if line.place == "a" else b
            runs = sum(
                value is not None and (n == 0 or values[n - 1] is None)
                for n, value in enumerate(values)
            )
            assert line.path.count("M") == runs


@settings(deadline=None)
@given(VALUES, VALUES)
def test_all_stays_inside_and_labels_keep_apart(a: list[int | None], b: list[int | None]) -> None:
    for drawing in drawn(a, b):
        size = drawing.size
        for line in drawing.lines:
            assert all(size.start <= m.x <= size.end for m in line.marks)
            assert all(0 < m.y <= drawing.foot for m in line.marks)
        heights = [line.label_y for line in drawing.lines]
        assert len(heights) < 2 or abs(heights[0] - heights[1]) >= LABEL_GAP - 0.11
        at = [day.at for day in drawing.days]
        assert len(at) <= size.labels
        assert all(two - one >= 42 for one, two in zip(at, at[1:], strict=False))


def test_higher_is_nearer_the_top() -> None:
    wide, _ = drawn([10, 90], [None, None])
    low, high = wide.lines[0].marks
    assert low.y > high.y
    assert low.x < high.x


@pytest.mark.parametrize(
    ("low", "top", "values", "drawn_from", "drawn_to"),
    [
        (0, 10, [3, 4], 0, 10),
        (0, 20, [1], 0, 20),
        (0, 50, [4, 6], 0, 10),
        (0, 168, [0], 0, 10),
        (0, 168, [12, 30.5], 0, 50),
        (-5000, 5000, [-120, 80], -200, 200),
        (-5000, 5000, [-501], -1000, 0),
        (0, 1000, [1200], 0, 2000),
        (0, 10, [11], 0, 11),
    ],
)
def test_a_picture_goes_as_far_as_a_scale_does_and_no_further_than_what_was_counted(
    low: int, top: int, values: list[Number], drawn_from: int, drawn_to: int
) -> None:
    scale = scale_for(low, top, values)
    assert (scale.low, scale.top) == (drawn_from, drawn_to)


@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=9))
def test_every_number_stands_inside_and_at_least_two_fifths_are_used(values: list[int]) -> None:
    scale = scale_for(-(10**6), 10**6, values)
    assert all(scale.low <= value <= scale.top for value in values)
    assert scale.top - scale.low > 0
    furthest = max(abs(value) for value in values)
    assert furthest < WIDEST or furthest >= 0.4 * max(scale.top, -scale.low)
