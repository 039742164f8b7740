"""What a summary covers: after its readers' last session, never from before they joined."""

from datetime import datetime

import pytest

from portal.reports.cards import Span
from tests.support.moments import after

AFTER, SINCE, UNTIL = after(days=10), after(days=20), after(days=30)


@pytest.mark.parametrize(
    ("span", "at", "holds"),
    [
        (Span(AFTER, UNTIL), after(days=10), False),
        (Span(AFTER, UNTIL), after(days=11), True),
        (Span(AFTER, UNTIL), after(days=30), True),
        (Span(AFTER, UNTIL), after(days=31), False),
        (Span(None, UNTIL), after(days=1), True),
        (Span(None, UNTIL, SINCE), after(days=19), False),
        (Span(None, UNTIL, SINCE), after(days=20), True),
        (Span(AFTER, UNTIL, SINCE), after(days=15), False),
        (Span(AFTER, UNTIL), None, False),
    ],
)
def test_what_happened_within_it(span: Span, at: datetime | None, *, holds: bool) -> None:
    assert span.holds(at) is holds
