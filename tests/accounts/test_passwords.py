"""Passwords: which will do, how they are kept, and how many are worked on at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import pytest
from argon2 import low_level

from config import Argon2Cost
from portal.accounts import passwords
from portal.accounts.passwords import Hashing, fault_of, fits, phrase, settle
from portal.foundation.chest import Chest, make_chest
from tests.accounts.running import CHEAP

CHEAPLY = Hashing(CHEAP)


class TestFaultOf:
    @pytest.mark.parametrize(
        ("password", "sentence"),
        [
            ("short", passwords.TOO_SHORT),
            ("fourteen chars", passwords.TOO_SHORT),
            ("x" * 129, passwords.TOO_LONG),
            ("aaaaaaaaaaaaaaaaaaaa", passwords.TOO_EASY),
            ("sasha-2019-sasha-2019", passwords.HOLDS_NAME),
            ("my dear SASHA forever", passwords.HOLDS_NAME),
            ("ann1ann2ann3ann4ann5", passwords.HOLDS_NAME),
            ("winterly my login name", passwords.HOLDS_NAME),
            ("quiet harbour 2026", passwords.HOLDS_NAME),
            ("password123456password", passwords.HOLDS_COMMON),
        ],
    )
    def test_what_will_not_do(self, password: str, sentence: str) -> None:
        fault = fault_of(password, 15, ["Sasha Moon", "Ann", "winterly"], "Quiet Harbour")
        assert fault is not None
        assert fault.sentence == sentence

    @pytest.mark.parametrize(
        "password",
        [
            "copper lantern orbit",
            "planning annual banners",
            "quiet copper lantern orbit",
            "ein größeres Stück Käse",
            "五つの言葉でできた長い長い秘密",
            "x1y2z3" * 21,
        ],
    )
    def test_what_will_do(self, password: str) -> None:
        assert fault_of(password, 15, ["Sasha Moon", "Ann", "winterly"], "Quiet Harbour") is None

    def test_the_length_is_that_of_one_form(self) -> None:
        wide = "ｃｏｐｐｅｒｌａｎｔｅｒ"
        assert fault_of(wide, 12, []) is None
        assert fault_of("ﬃ" * 5, 15, []) is not None


class TestKeeping:
    def test_it_fits_and_nothing_else_does(self, chest: Chest) -> None:
        kept = settle(chest, CHEAPLY, "copper lantern orbit")
        assert fits(chest, CHEAPLY, kept, "copper lantern orbit")
        assert not fits(chest, CHEAPLY, kept, "copper lantern orbiT")

    def test_two_ways_to_type_the_same_letters(self, chest: Chest) -> None:
        kept = settle(chest, CHEAPLY, "größeres Stück Käse")
        assert fits(chest, CHEAPLY, kept, "gro\u0308ßeres Stu\u0308ck Ka\u0308se")

    def test_without_the_pepper_it_opens_nothing(self, chest: Chest) -> None:
        kept = settle(chest, CHEAPLY, "copper lantern orbit")
        assert not fits(make_chest(), CHEAPLY, kept, "copper lantern orbit")

    def test_the_parameters_are_those_we_promise(self, chest: Chest) -> None:
        kept = settle(chest, Hashing(), "copper lantern orbit")
        assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")

    def test_where_nothing_is_kept_nothing_fits(self, chest: Chest) -> None:
        assert not fits(chest, CHEAPLY, "", "")

    def test_other_parameters_are_outdated(self, chest: Chest) -> None:
        kept = settle(chest, Hashing(Argon2Cost(memory_kib=16, passes=1)), "copper lantern")
        assert passwords.is_outdated(CHEAPLY, kept)


class TestAtOnce:
    @pytest.mark.parametrize("where", ["process", "machine"])
    def test_never_more_than_two(
        self, chest: Chest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
    ) -> None:
        """Counted in the hashing library, which is the edge."""
        lock, now, most = Lock(), [0], [0]

        def slow(kept: bytes, given: bytes, kind: low_level.Type) -> bool:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.02)
            with lock:
                now[0] -= 1
            return low_level.verify_secret(kept, given, kind)

        monkeypatch.setattr("argon2._password_hasher.verify_secret", slow)
        hashing = Hashing(CHEAP, tmp_path if where == "machine" else None)
        kept = settle(chest, hashing, "copper lantern orbit")
        with ThreadPoolExecutor(8) as pool:
            tries = [
                pool.submit(fits, chest, hashing, kept, "copper lantern orbit") for _ in range(16)
            ]
            assert all(each.result() for each in tries)
        assert most[0] == 2


class TestPhrase:
    def test_five_words_that_will_do(self) -> None:
        for _ in range(50):
            offered = phrase()
            assert len(offered.split("-")) == 5
            assert fault_of(offered, 15, []) is None

    def test_never_with_a_name_that_is_near(self) -> None:
        near = ["Robin Rose", "Hazel Violet"]
        for _ in range(200):
            assert fault_of(phrase(near), 15, near) is None

    def test_no_two_alike(self) -> None:
        assert len({phrase() for _ in range(200)}) == 200
