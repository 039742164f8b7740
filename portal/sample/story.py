"""One couple's story as a list of deeds, each at its own moment."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from portal.care.service import set_joint_work
from portal.exercises.queries import newest_edition
from portal.sample.check_ins import check_ins_of
from portal.sample.programmes import programmes
from portal.sample.sheets import SheetWork
from portal.sample.stage import Event, Stage
from portal.sample.work import Work
from portal.sessions.service import Hour, write_session
from portal.vocabulary import JointWork, Mode, Role, Seat

DECIDE, WRITE_DOWN = 0, 5


def events_of(stage: Stage) -> list[Event]:
    """Every deed of a story in the order in which they happened; nothing is left out."""
    found = [*_joint_work(stage), *programmes(stage), *_sessions(stage), *_assignments(stage)]
    found += check_ins_of(stage)
    return sorted(found, key=lambda event: (event.at, event.rank))


def _joint_work(stage: Stage) -> Iterator[Event]:
    for entry in stage.story["joint_work"]:
        yield _decision(stage, entry)


def _decision(stage: Stage, entry: dict[str, Any]) -> Event:
    couple_id, status, note = stage.cast.couple_id, JointWork(entry["status"]), str(entry["note"])
    return stage.counsellor(
        entry, DECIDE, lambda here: set_joint_work(here, couple_id, status, note)
    )


def _sessions(stage: Stage) -> Iterator[Event]:
    for given in stage.story["sessions"]:
        yield _session(stage, given)


def _session(stage: Stage, given: dict[str, Any]) -> Event:
    """An hour is written down when it has ended."""
    starts_at = stage.calendar.at(given)
    ends_at = starts_at + timedelta(minutes=int(given["minutes"]))
    hour = Hour(
        starts_at=starts_at,
        minutes=int(given["minutes"]),
        attended=tuple(Seat(letter) for letter in given["attended"]),
        shared_summary=str(given["shared_summary"]),
        progress_note=str(given["progress_note"]),
        process_note=str(given.get("process_note", "")),
        agreed=tuple(str(step) for step in given.get("agreed", ())),
    )
    couple_id, who = stage.cast.couple_id, stage.cast.counsellor_id

    def write_down() -> None:
        stage.play(ends_at, who, Role.COUNSELLOR, lambda here: write_session(here, couple_id, hour))

    return Event(ends_at, WRITE_DOWN, write_down)


def _assignments(stage: Stage) -> Iterator[Event]:
    for given in stage.story["assignments"]:
        yield from _player(stage, given).events()


def _player(stage: Stage, given: dict[str, Any]) -> Work:
    """Who plays this assignment: each for themselves, at any cadence, or two on one sheet."""
    edition = newest_edition(stage.visit.db, str(given["exercise"]))
    is_sheet = edition.mode is Mode.JOINT and len(stage.cast.people) > 1
    return SheetWork(stage, given) if is_sheet else Work(stage, given)
