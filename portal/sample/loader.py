"""Loading the sample practice: three couples and their weeks, deed by deed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.agenda.service import plan
from portal.exercises.catalogue.load import DATA, load_sample
from portal.exercises.queries import catalogue
from portal.sample.cast import cast_of, sample_practice
from portal.sample.days import Calendar, calendar_for, events_in
from portal.sample.stage import Event, Stage
from portal.sample.story import events_of
from portal.visit import Visit
from portal.vocabulary import Role

NEXT_HOURS = (timedelta(0), timedelta(days=1), timedelta(days=3))
Walk = Callable[[list[Event]], Iterable[Event]]


@dataclass
class Loaded:
    """What a loading brought in."""

    practice_id: UUID
    couples: dict[str, UUID] = field(default_factory=dict)


@cache
def stories() -> dict[str, dict[str, Any]]:
    """The sample's stories, checked."""
    return {name: dict(story) for name, story in load_sample(DATA, catalogue()).items()}


def load(visit: Visit, walk: Walk = iter) -> Loaded:
    """Bring the sample in; every deed goes through its service and so meets every rule."""
    practice_id = sample_practice(visit)
    loaded = Loaded(practice_id)
    stages = [_stage(visit, practice_id, story) for story in stories().values()]
    events = [event for stage in stages for event in events_of(stage)]
    for event in walk(events):
        event.play()
    for stage, ahead in zip(stages, NEXT_HOURS, strict=True):
        _plan_next(stage, visit.now, ahead)
        loaded.couples[str(stage.story["id"])] = stage.cast.couple_id
    return loaded


def load_for_web(visit: Visit) -> UUID:
    """The same for somebody who looks around in the browser."""
    return load(visit).practice_id


def _stage(visit: Visit, practice_id: UUID, story: dict[str, Any]) -> Stage:
    calendar = calendar_for(story, visit.now)
    first = min(calendar.at(event) for event in events_in(story))
    return Stage(visit, story, cast_of(visit, practice_id, story, first), calendar)


def _plan_next(stage: Stage, now: datetime, ahead: timedelta) -> None:
    """One session today, one tomorrow, one in three days, at the couple's usual hour."""
    starts_at = _next_hour(stage.calendar, str(stage.story["sessions"][-1]["time"]), now, ahead)
    couple_id, who = stage.cast.couple_id, stage.cast.counsellor_id
    stage.play(now, who, Role.COUNSELLOR, lambda here: plan(here, couple_id, starts_at))


def _next_hour(calendar: Calendar, usual: str, now: datetime, ahead: timedelta) -> datetime:
    zone: ZoneInfo = calendar.zone
    hour, minute = (int(part) for part in usual.split(":"))
    day = (now.astimezone(zone) + ahead).date()
    return datetime.combine(day, time(hour, minute), zone)
