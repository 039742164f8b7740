"""The sample's programmes: each begins at its moment, and the one before it ends then."""

from collections.abc import Iterator
from typing import Any

from portal.homework.programmes.queries import programme_lines
from portal.homework.programmes.service import end, start
from portal.homework.service import today_in
from portal.people.queries import couple_card
from portal.sample.stage import Event, Stage
from portal.visit import Visit

BEGIN = 1


def programmes(stage: Stage) -> Iterator[Event]:
    """Every programme of a story is begun."""
    for given in stage.story.get("programmes", ()):
        yield _begun(stage, given)


def _begun(stage: Stage, given: dict[str, Any]) -> Event:
    couple_id, key = stage.cast.couple_id, str(given["programme"])

    def begin(here: Visit) -> None:
        for line in programme_lines(here, [couple_card(here, couple_id)]):
            if line.is_running:
                end(here, line.id)
        today = today_in(here, couple_card(here, couple_id).time_zone)
        start(here, couple_id, key, today)

    return stage.counsellor(given, BEGIN, begin)
