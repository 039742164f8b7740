"""The press: the same bytes every time, and an end to every document."""

import faulthandler
import os
import threading
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from portal.reports.printer import Limits, Printer, PrintError, in_a_child
from tests.reports.paper import samples

NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>'


def spin() -> bytes:
    while True:
        sum(range(1000))


def swell() -> bytes:
    kept = []
    while True:
        kept.append(bytearray(64 << 20))


def die() -> bytes:
    faulthandler.disable()
    os.abort()


def write_a_file() -> bytes:
    Path("/tmp/weft-should-not-exist").write_text("words")
    return b""


class TestSameBytes:
    def test_twice_from_the_same_press(self, printer: Printer, clinical_pdf: bytes) -> None:
        assert printer.print(samples.page_of(samples.clinical())) == clinical_pdf

    def test_from_another_press_without_system_fonts(
        self, clinical_pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "fonts.conf").write_text(NO_FONTS)
        monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
        with Printer() as other:
            assert other.print(samples.page_of(samples.clinical())) == clinical_pdf


class TestLimits:
    def test_a_spinning_child_is_stopped(self) -> None:
        began = time.monotonic()
        assert in_a_child(spin, Limits(seconds=0.5)) == b"S"
        assert time.monotonic() - began < 5

    def test_a_swelling_child_is_stopped(self) -> None:
        assert in_a_child(swell, Limits(memory_bytes=256 << 20)) == b"B"

    def test_a_dying_child_is_told_apart(self) -> None:
        assert in_a_child(die, Limits()) == b"B"
        assert in_a_child(lambda: bytes(1 // 0), Limits()) == b"F"

    def test_a_child_writes_no_file(self) -> None:
        assert in_a_child(write_a_file, Limits()) == b"F"

    def test_too_much_paper_is_too_big(self) -> None:
        assert in_a_child(lambda: bytes(3 << 20), Limits(pdf_bytes=1 << 20)) == b"B"

    def test_too_many_letters_are_not_even_tried(self) -> None:
        idle = Printer(Limits(letters=100))
        with pytest.raises(PrintError) as trouble:
            idle.print(samples.page_of(samples.partner()))
        assert trouble.value.reason == "too_big"
        assert idle.process_id == 0

    def test_the_reason_is_one_word(self) -> None:
        with Printer(Limits(seconds=0.05)) as hasty, pytest.raises(PrintError) as trouble:
            hasty.print(samples.page_of(samples.one_voice("Quiet words. " * 3000)))
        assert trouble.value.reason == "too_slow"
        assert str(trouble.value) == "too_slow"

    def test_a_megabyte_ends_in_time(self, printer: Printer) -> None:
        began = time.monotonic()
        with pytest.raises(PrintError) as trouble:
            printer.print(samples.page_of(samples.one_voice("abc def ghi " * 90_000)))
        assert trouble.value.reason == "too_big"
        assert time.monotonic() - began < 16

    def test_sixty_pieces_of_a_long_marriage(self) -> None:
        pieces = tuple(
            replace(samples.SLOW_MOTION, assignment_mark=f"{n:04x}", round_number=n)
            for n in range(1, 61)
        )
        page = samples.page_of(replace(samples.clinical(), pieces=pieces))
        # Seconds on the wall say more about the neighbours than about the document.
        with Printer(Limits(seconds=60)) as patient:
            pdf = patient.print(page)
        text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
        assert "Assignment 003c, round 60" in " ".join(text.split())


class TestServing:
    def test_trouble_with_one_document_leaves_the_next_alone(self, printer: Printer) -> None:
        with pytest.raises(PrintError):
            printer.print("<script>words</script>")
        with pytest.raises(PrintError):
            printer.print("\ud800")
        assert printer.print(samples.SMALL)

    def test_a_dead_press_is_warmed_again(self) -> None:
        with Printer() as mortal:
            assert mortal.process_id
            os.kill(mortal.process_id, 9)
            time.sleep(0.2)
            assert mortal.print(samples.SMALL)[:5] == b"%PDF-"

    def test_threads_may_share_it(self, printer: Printer) -> None:
        found: list[bytes] = []
        page = samples.SMALL
        crowd = [threading.Thread(target=lambda: found.append(printer.print(page))) for _ in "abc"]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        assert len(found) == 3
        assert len(set(found)) == 1

    def test_secrets_of_the_portal_stay_outside_and_nothing_stays_behind(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WEFT_MASTER_KEY", "a-key-of-thirty-two-letters")
        with Printer() as fresh:
            process = fresh.process_id
            held = Path(f"/proc/{process}/environ").read_bytes()
            maps = Path(f"/proc/{process}/maps").read_text()
        assert b"PYTHONHASHSEED" in held
        assert b"thirty-two" not in held
        assert "sqlalchemy" not in maps
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
