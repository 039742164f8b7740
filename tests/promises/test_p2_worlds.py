"""P2: what one partner does in secret leaves the other's whole world as it was, byte for byte."""

import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest

from portal.foundation.chest import Chest
from portal.vocabulary import ContactLevel, OpeningRule, Seat, SecretsPolicy
from tests.promises.conftest import a_world
from tests.promises.letters_sent import LETTERS
from tests.promises.secret_deeds import ASIDE, OF_THE_SAME_HALF, SECRETS, together
from tests.promises.seen_world import Seen, differences, seen_by_reader
from tests.promises.story import Setting, Told, furnish, tell
from tests.support.moments import StandingClock, after
from tests.support.portal import portal_upon
from tests.support.promises import keep

LONG = 300
PUT_BACK = ("weft.db", "keyring.db")


@dataclass
class Stage:
    """One couple before anything secret happens, which every world begins from."""

    told: Told
    clock: StandingClock
    folder: Path

    def world(self, names: tuple[str, ...], *, deep: bool = False) -> Seen:
        """Begin again, tell the story with these secrets in it, and look with the reader's eyes."""
        for name in PUT_BACK:
            for tail in ("-wal", "-shm"):
                (self.folder / f"{name}{tail}").unlink(missing_ok=True)
            shutil.copy(self.folder / f"kept-{name}", self.folder / name)
        told = replace(self.told, ids={"account": self.told.ids["account"]})
        self.clock.at = after()
        tell(told, {**together(names), **LETTERS})
        self.clock.at = told.world.now
        return seen_by_reader(told, deep=deep)


@contextmanager
def a_stage(folder: Path, template: Path, chest: Chest, setting: Setting) -> Iterator[Stage]:
    """A furnished couple on the embedded database, kept so that it can be begun from again."""
    clock = StandingClock()
    with (
        a_world("sqlite", folder, template, "", chest) as world,
        portal_upon(world, folder, clock) as app,
    ):
        told = furnish(world, app, setting)
        for engine in (world.engine, world.keyring.engine):
            with engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
        for name in PUT_BACK:
            shutil.copy(folder / name, folder / f"kept-{name}")
        yield Stage(told, clock, folder)


def compare(
    stage: Stage, mixes: list[tuple[str, ...]], *, deep: bool = False
) -> dict[tuple[str, ...], list[str]]:
    """Every mix of secrets against the world without any; gives what could be noticed."""
    plain = stage.world((), deep=deep)
    assert len(plain) >= 20, "the walk has hardly seen anything"
    assert "Message-ID" in plain["letters"], "nobody was written to"
    worlds = ((mix, stage.world(mix, deep=deep)) for mix in mixes)
    return {mix: found for mix, world in worlds if (found := differences(plain, world))}


def told_of(found: Mapping[tuple[str, ...], list[str]]) -> str:
    """What could be noticed, shortly: for each mix the first few places."""
    lines = [f"{', '.join(mix)}:\n  " + "\n  ".join(what[:6]) for mix, what in found.items()]
    return "\n".join(lines)


def mixes(count: int, seed: str, alone: bool = False) -> list[tuple[str, ...]]:  # noqa: FBT001, FBT002 - a test's own
    """Each secret by itself where asked, then as many secrets at once as can all be true."""
    dice = random.Random(seed)
    found: list[tuple[str, ...]] = [(name,) for name in SECRETS] if alone else []
    while len(found) < count:
        half = dice.choice(sorted(OF_THE_SAME_HALF))
        aside = dice.sample(ASIDE, dice.randint(2, len(ASIDE)))
        found.append((half, *sorted(aside)))
    return found


@pytest.mark.parametrize("reader", Seat, ids=lambda seat: f"for {seat.value}")
def test_secrets_leave_the_other_partners_world_as_it_was(
    reader: Seat, tmp_path: Path, sqlite_template: Path, chest: Chest
) -> None:
    rule = OpeningRule.AUTOMATIC if reader is Seat.B else OpeningRule.COUNSELLOR
    halves = sorted(OF_THE_SAME_HALF)[0 if reader is Seat.A else 1 :: 2]
    # Each secret stands in one of these worlds; in every other one all the rest happens as well.
    dealt = [(half, *(ASIDE if number % 2 else ())) for number, half in enumerate(halves)]
    with a_stage(tmp_path, sqlite_template, chest, Setting(rule, reader=reader)) as stage:
        found = compare(stage, [*dealt, ASIDE])
    assert not found, told_of(found)
    keep(
        "P2",
        f"worlds-{reader.value}",
        f"{len(dealt) + 1} pairs of worlds seen by {reader.value}, 0 bytes differ",
    )


def test_a_difference_would_be_seen(tmp_path: Path, sqlite_template: Path, chest: Chest) -> None:
    with a_stage(tmp_path, sqlite_template, chest, Setting()) as stage:
        plain = stage.world(())
        stage.told.world.now = after(hours=301)
        told = replace(stage.told, ids={"account": stage.told.ids["account"]})
        told.world.an_assignment(told.couple, "self-care", to=(Seat.A,))
        assert differences(plain, seen_by_reader(told))


@pytest.mark.long
def test_three_hundred_pairs_of_worlds(tmp_path: Path, sqlite_template: Path, chest: Chest) -> None:
    settings = [
        Setting(rule, contact, policy, reader, says_yes)
        for (rule, contact, policy, says_yes), reader in product(
            (
                (OpeningRule.COUNSELLOR, ContactLevel.TOGETHER, SecretsPolicy.JUDGEMENT, True),
                (OpeningRule.AUTOMATIC, ContactLevel.SEPARATED_CONTACT, SecretsPolicy.HELD, True),
                (OpeningRule.AUTOMATIC, ContactLevel.TOGETHER, SecretsPolicy.NO_SECRETS, False),
            ),
            Seat,
        )
    ]
    each, pairs = LONG // len(settings) + 1, 0
    found: dict[tuple[str, ...], list[str]] = {}
    for number, setting in enumerate(settings):
        folder = tmp_path / str(number)
        folder.mkdir()
        with a_stage(folder, sqlite_template, chest, setting) as stage:
            wanted = mixes(each, str(setting), alone=True)
            deep = number % 3 == 0
            found |= {
                (str(setting), *mix): what
                for mix, what in compare(stage, wanted, deep=deep).items()
            }
            pairs += len(wanted)
    assert not found, told_of(found)
    assert pairs >= LONG
    keep("P2", "worlds-long", f"{pairs} pairs of worlds, 0 bytes differ")
