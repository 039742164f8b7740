"""P25, P26: two deeds at the same instant end as one of them after the other would have ended."""

import pytest

from tests.promises.racing import run
from tests.promises.racing_deeds import RACES
from tests.support.promises import keep
from tests.support.world import World

SHORT, LONG = 23, 1000


def test_racing_deeds_end_as_one_after_the_other(world: World, engine_name: str) -> None:
    count, astray, _seen = run(world, SHORT, RACES)
    assert not astray, "\n".join(astray)
    keep("P25", f"races-{engine_name}", f"{count} races on {engine_name}, 0 astray")
    keep("P26", f"openings-{engine_name}", f"{count} races round an opening on {engine_name}")


@pytest.mark.long
def test_a_thousand_races(world: World, engine_name: str) -> None:
    count, astray, seen = run(world, LONG, RACES)
    assert not astray, "\n".join(astray[:20])
    # Where both orders can happen, both did: otherwise nothing raced.
    assert sum(len(endings) > 1 for endings in seen.values()) >= 5
    keep("P25", f"races-long-{engine_name}", f"{count:,} races on {engine_name}, 0 astray")
