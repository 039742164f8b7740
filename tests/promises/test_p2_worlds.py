"""P2: what one partner does in secret leaves the other's whole world as it was, byte for byte."""

import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from portal.foundation.chest import Chest
from portal.vocabulary import ContactLevel, OpeningRule, Seat, SecretsPolicy
from tests.promises.letters_sent import LETTERS
from tests.promises.secret_deeds import ASIDE, OF_THE_SAME_HALF, SECRETS, together
from tests.promises.seen_world import Seen, differences, seen_by_reader
from tests.promises.story import Setting
from tests.promises.worlds_stage import Stage, a_stage
from tests.support.moments import after
from tests.support.promises import keep

LONG = 300


def a_world(stage: Stage, names: tuple[str, ...], *, deep: bool = False) -> Seen:
    """A world with these secrets in it."""
    return stage.world({**together(names), **LETTERS}, deep=deep)


def compare(
    stage: Stage, mixes: list[tuple[str, ...]], *, deep: bool = False
) -> dict[tuple[str, ...], list[str]]:
    """Every mix of secrets against the world without any; gives what could be noticed."""
    plain = a_world(stage, (), deep=deep)
    assert len(plain) >= 20, "the walk has hardly seen anything"
    assert plain["/desk/week"].startswith("200"), "the reader was sent away"
    assert any("A raised hand" in page for page in plain.values()), "the sheet was never seen"
    assert "Message-ID" in plain["letters"], "nobody was written to"
    worlds = ((mix, a_world(stage, mix, deep=deep)) for mix in mixes)
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
        plain = a_world(stage, ())
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
