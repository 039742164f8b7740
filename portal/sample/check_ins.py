"""The weekly check-ins of the sample's couples."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portal.measures import service
from portal.measures.cards import Typed
from portal.measures.opened import NOT_FIT
from portal.measures.seen.service import note_seen
from portal.sample.stage import Event, Stage
from portal.visit import Visit
from portal.vocabulary import Role, Seat

SWITCH, ANSWER, SEE = 1, 4, 5
NEWEST, LATER = timedelta(days=6), timedelta(days=1)


def check_ins_of(stage: Stage) -> Iterator[Event]:
    """The counsellor switches it on just before the first, and has seen all but those of the last week."""
    given = stage.story.get("check_ins") or ()
    if not given:
        return
    couple_id, who = stage.cast.couple_id, stage.cast.counsellor_id
    first = min(stage.calendar.at(one) for one in given) - timedelta(minutes=5)

    def switch_on() -> None:
        stage.play(first, who, Role.COUNSELLOR, lambda v: service.switch(v, couple_id, on=True))

    yield Event(first, SWITCH, switch_on)
    newest = max(stage.calendar.at(one) for one in given) - NEWEST
    for one in given:
        ids: list[UUID] = []
        yield _sent(stage, one, ids)
        if (at := stage.calendar.at(one)) < newest:
            yield _seen(stage, at + LATER, ids)


def _seen(stage: Stage, at: datetime, ids: list[UUID]) -> Event:
    def deed(here: Visit) -> None:
        note_seen(here, stage.cast.couple_id, ids)

    return Event(at, SEE, lambda: stage.play(at, stage.cast.counsellor_id, Role.COUNSELLOR, deed))


def _sent(stage: Stage, given: dict[str, Any], ids: list[UUID]) -> Event:
    answers = {
        key: NOT_FIT if value is None else str(value) for key, value in given["answers"].items()
    }
    typed = Typed({**answers, "comment": str(given.get("comment", ""))}, {})

    def deed(here: Visit) -> None:
        ids.append(service.send(here, typed).id)

    return stage.partner(Seat(given["by"]), given, ANSWER, deed)
