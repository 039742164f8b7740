"""A couple that can be begun from again and again, so that two worlds can be laid side by side."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from portal.foundation.chest import Chest
from tests.promises.conftest import a_world
from tests.promises.seen_world import Seen, seen_by_reader
from tests.promises.story import Setting, Steps, Told, furnish, tell
from tests.support.moments import StandingClock, after
from tests.support.portal import portal_upon
from tests.support.world import World

PUT_BACK = ("weft.db", "keyring.db")
Furnish = Callable[[World, Flask, Setting], Told]


@dataclass
class Stage:
    """One couple before anything of the story happens, which every world begins from."""

    told: Told
    clock: StandingClock
    folder: Path

    def world(self, more: Steps, *, deep: bool = False) -> Seen:
        """Begin again, tell the story with these deeds in it, and look with the reader's eyes."""
        return seen_by_reader(self.set(more), deep=deep)

    def set(self, more: Steps) -> Told:
        """Begin again and tell the story with these deeds in it; the reader has sat down."""
        for name in PUT_BACK:
            for tail in ("-wal", "-shm"):
                (self.folder / f"{name}{tail}").unlink(missing_ok=True)
            shutil.copy(self.folder / f"kept-{name}", self.folder / name)
        told = replace(self.told, ids={"account": dict(self.told.ids["account"])})
        self.clock.at = after()
        tell(told, more)
        self.clock.at = told.world.now
        return told


@contextmanager
def a_stage(
    folder: Path, template: Path, chest: Chest, setting: Setting, furnished: Furnish = furnish
) -> Iterator[Stage]:
    """A furnished couple on the embedded database, kept so that it can be begun from again."""
    clock = StandingClock()
    with (
        a_world("sqlite", folder, template, "", chest) as world,
        portal_upon(world, folder, clock) as app,
    ):
        told = furnished(world, app, setting)
        for engine in (world.engine, world.keyring.engine):
            with engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
        for name in PUT_BACK:
            shutil.copy(folder / name, folder / f"kept-{name}")
        yield Stage(told, clock, folder)
