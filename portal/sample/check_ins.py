"""The weekly check-ins of the sample's couples."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from portal.measures import service
from portal.measures.cards import Typed
from portal.sample.stage import Event, Stage
from portal.vocabulary import Role, Seat

SWITCH, ANSWER = 1, 4


def check_ins_of(stage: Stage) -> Iterator[Event]:
    """The counsellor switches it on just before the first; each is then sent at its own moment."""
    given = stage.story.get("check_ins") or ()
    if not given:
        return
    couple_id, who = stage.cast.couple_id, stage.cast.counsellor_id
    first = min(stage.calendar.at(one) for one in given) - timedelta(minutes=5)

    def switch_on() -> None:
        stage.play(first, who, Role.COUNSELLOR, lambda v: service.switch(v, couple_id, on=True))

    yield Event(first, SWITCH, switch_on)
    for one in given:
        yield _sent(stage, one)


def _sent(stage: Stage, given: dict[str, Any]) -> Event:
    answers = {
        key: service.NOT_FIT if value is None else str(value)
        for key, value in given["answers"].items()
    }
    typed = Typed({**answers, "comment": str(given.get("comment", ""))}, {})
    return stage.partner(Seat(given["by"]), given, ANSWER, lambda here: service.send(here, typed))
