"""P2: how long a page takes does not tell what the other partner did either.

The work of the processor is measured, not the wall's clock: whatever else the machine does would only hide a
difference, and what a reader outside can measure is this and noise.
"""

import gc
import os
import random
from collections.abc import Callable
from pathlib import Path
from time import thread_time_ns

import pytest

from portal.foundation.chest import Chest
from portal.vocabulary import OpeningRule, Seat
from tests.promises.letters_sent import LETTERS
from tests.promises.secret_deeds import ASIDE, together
from tests.promises.story import Setting, Told
from tests.promises.worlds_stage import a_stage
from tests.support.promises import keep

REQUESTS, WARM = 2000, 60
LOW, HIGH = 0.45, 0.55
SECRETS = ("sends early with a yes", *ASIDE)
Ask = Callable[[], int]


def above(one: list[int], other: list[int]) -> float:
    """How often a time of the one is above a time of the other; a half is what tells nothing."""
    ranked = sorted([(t, 0) for t in one] + [(t, 1) for t in other])
    ranks: dict[int, list[int]] = {}
    for place, (taken, _) in enumerate(ranked, start=1):
        ranks.setdefault(taken, []).append(place)
    mean = {taken: sum(places) / len(places) for taken, places in ranks.items()}
    total = sum(mean[taken] for taken in one)
    return (total - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))


def asker(told: Told, path: str) -> Ask:
    """The reader asks for this page; gives how long it took."""
    client = told.app.test_client()
    client.set_cookie("weft", told.token)

    def ask() -> int:
        began = thread_time_ns()
        answer = client.get(path)
        taken = thread_time_ns() - began
        assert answer.status_code == 200
        answer.close()
        return taken

    return ask


def measured(plain: Ask, secret: Ask, count: int) -> float:
    """Both worlds asked in turn, in an order that is thrown anew each time."""
    dice = random.Random(os.urandom(8))
    times: tuple[list[int], list[int]] = ([], [])
    for number in range(count + WARM):
        if number % 200 == 0:
            gc.collect()
        for which in dice.sample((0, 1), 2):
            taken = (plain, secret)[which]()
            if number >= WARM:
                times[which].append(taken)
    return above(times[1], times[0])


def test_a_difference_would_be_measured() -> None:
    dice = random.Random(1)
    same = [[dice.randint(100, 200) for _ in range(REQUESTS)] for _ in range(2)]
    assert LOW < above(*same) < HIGH
    slower = [taken + 12 for taken in same[0]]
    assert above(slower, same[1]) > HIGH
    assert above(same[1], slower) < LOW
    assert above([1, 2], [1, 2]) == 0.5


@pytest.mark.long
def test_time_does_not_tell(tmp_path: Path, sqlite_template: Path, chest: Chest) -> None:
    folders = [tmp_path / name for name in ("plain", "secret")]
    for folder in folders:
        folder.mkdir()
    setting = Setting(OpeningRule.COUNSELLOR, reader=Seat.A)
    with (
        a_stage(folders[0], sqlite_template, chest, setting) as one,
        a_stage(folders[1], sqlite_template, chest, setting) as two,
    ):
        plain = one.set({**together(()), **LETTERS})
        secret = two.set({**together(SECRETS), **LETTERS})
        found = {}
        for name in ("week", "waits"):
            pages = [_page(told, name) for told in (plain, secret)]
            asks = [asker(told, path) for told, path in zip((plain, secret), pages, strict=True)]
            found[name] = measured(asks[0], asks[1], REQUESTS)
    said = ", ".join(f"{name} {auc:.3f}" for name, auc in found.items())
    assert all(LOW <= auc <= HIGH for auc in found.values()), said
    keep("P2", "timing-long", f"AUC {said} with {REQUESTS:,} requests of each world")


def _page(told: Told, name: str) -> str:
    return "/desk/week" if name == "week" else f"/reflections/{told.ids[name]}"
