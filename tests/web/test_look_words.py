"""Days, times, sums and names read the way people say them; the letters match what is cut."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from portal.web import fonts
from portal.web.display import clock, day, moment, money, names, near_day

TODAY = date(2026, 5, 11)
NOW = datetime(2026, 5, 11, 19, 0, tzinfo=UTC)
SHEET = (Path(__file__).parents[2] / "static" / "css" / "fonts.css").read_text()


class TestDay:
    @pytest.mark.parametrize(
        ("locale", "words"),
        [
            ("en", "Thursday 14 May"),
            ("de", "Donnerstag, 14. Mai"),
            ("fr", "jeudi 14 mai"),
            ("es", "jueves, 14 de mayo"),
            ("he", "יום חמישי, 14 במאי"),
        ],
    )
    def test_this_year_goes_without_saying(self, locale: str, words: str) -> None:
        assert day(date(2026, 5, 14), locale, TODAY) == words

    def test_another_year_is_said(self) -> None:
        assert day(date(2025, 12, 31), "en", TODAY) == "Wednesday 31 December 2025"


class TestMoment:
    def test_near_days_have_names(self) -> None:
        at = datetime(2026, 5, 10, 20, 14, tzinfo=UTC)
        assert moment(at, "Europe/Berlin", "en", NOW) == "yesterday, 22:14"

    def test_the_day_is_the_one_of_the_zone(self) -> None:
        at = datetime(2026, 5, 11, 22, 30, tzinfo=UTC)
        assert moment(at, "Europe/Berlin", "en", NOW) == "tomorrow, 00:30"
        assert moment(at, "America/New_York", "en", NOW) == "today, 18:30"

    def test_other_days_are_spelled_out(self) -> None:
        at = datetime(2026, 5, 14, 16, 30, tzinfo=UTC)
        assert moment(at, "Europe/Berlin", "en", NOW) == "Thursday 14 May, 18:30"

    def test_the_names_of_near_days_can_be_translated(self) -> None:
        at = datetime(2026, 5, 11, 16, 0, tzinfo=UTC)
        heute = moment(at, "Europe/Berlin", "de", NOW, {"today": "heute"}.__getitem__)
        assert heute == "heute, 18:00"

    def test_a_change_of_the_clocks_is_kept(self) -> None:
        before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
        after = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
        assert clock(before, "Europe/Berlin", "en") == "01:30"
        assert clock(after, "Europe/Berlin", "en") == "03:30"


class TestNearDay:
    def test_it_counts_days(self) -> None:
        assert near_day(date(2026, 5, 14), "en", TODAY) == "in 3 days"
        assert near_day(date(2026, 5, 12), "en", TODAY) == "tomorrow"
        assert near_day(date(2026, 5, 8), "en", TODAY) == "3 days ago"


class TestSumsAndNames:
    def test_a_sum_carries_its_currency(self) -> None:
        assert money(Decimal("1250"), "EUR", "en") == "€1,250.00"

    def test_names_are_joined_as_in_speech(self) -> None:
        assert names(["Robin", "Sasha"], "en") == "Robin and Sasha"
        assert names(["Robin", "Sasha", "Kim"], "de") == "Robin, Sasha und Kim"
        assert names(["Robin"], "en") == "Robin"


class TestLetters:
    def test_every_file_the_sheet_names_is_cut(self) -> None:
        named = set(re.findall(r"fonts/([\w-]+)\.woff2", SHEET))
        assert named == {f"{cut.name}-{part}" for cut in fonts.CUTS for part in fonts.RANGES}

    def test_the_sheet_asks_for_the_range_that_was_cut(self) -> None:
        for part, wanted in fonts.RANGES.items():
            asked = re.findall(rf"-{part}\.woff2\"[^}}]*unicode-range: ([^;]+);", SHEET)
            assert asked
            assert {given.replace(" ", "") for given in asked} == {wanted}

    @pytest.mark.long
    def test_cutting_is_done_once_and_stays_small(self, tmp_path: Path) -> None:
        fonts.cut_fonts(tmp_path)
        latin = [tmp_path / f"{name}-latin.woff2" for name in ("figtree", "newsreader")]
        assert sum(file.stat().st_size for file in latin) <= 65 * 1024
        assert all(file.read_bytes()[:4] == b"wOF2" for file in latin)
        made = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
        fonts.cut_fonts(tmp_path)
        assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == made
