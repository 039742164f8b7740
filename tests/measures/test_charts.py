"""Charts: a skipped week is a gap, and nothing that is written stands on something else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.measures.charts import LABEL_GAP, Drawing, Series, chart

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
