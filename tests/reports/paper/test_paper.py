"""The frozen words of a summary: what they are worth, and from which side they are read."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from portal.exercises.form.shown import Shown
from portal.reports.paper import Question, Voice, passages, summary_hash
from tests.reports.paper import samples


class TestHash:
    def test_the_same_words_have_the_same_hash(self) -> None:
        assert summary_hash(samples.clinical()) == summary_hash(samples.clinical())

    def test_one_letter_changes_it(self) -> None:
        changed = replace(samples.couple(), agreed=("Keep the Sunday walks.",))
        assert summary_hash(changed) != summary_hash(samples.couple())

    def test_the_same_moment_in_another_zone_is_the_same(self) -> None:
        there = samples.MADE_AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
        moved = replace(samples.couple(), made_at=there)
        assert summary_hash(moved) == summary_hash(samples.couple())

    def test_editions_of_the_same_words_differ(self) -> None:
        other = replace(samples.couple(), edition="partner")
        assert summary_hash(other) != summary_hash(samples.couple())


class TestSide:
    @pytest.mark.parametrize(
        ("text", "side"),
        [
            ("Hello", "ltr"),
            ("سلام", "rtl"),
            ("14: שלום", "rtl"),
            ("«بعد از تو» she said, and went on in English", "ltr"),
            ("OK، بعد از آن با هم حرف زدیم", "rtl"),
            ("ab שב", "ltr"),
            ("שב ab", "rtl"),
        ],
    )
    def test_most_of_the_letters_decide_and_the_first_where_there_are_as_many(
        self, text: str, side: str
    ) -> None:
        assert samples.couple().side(text) == side

    def test_without_letters_the_page_decides(self) -> None:
        assert replace(samples.couple(), dir="rtl").side("18:30") == "rtl"


class TestFacing:
    def test_two_short_letters_face_each_other(self) -> None:
        pair = (samples.robin(samples.letter("One")), samples.sasha(samples.letter("Two")))
        assert Question("?", pair).facing

    def test_one_voice_is_a_letter(self) -> None:
        assert not Question("?", (samples.robin(samples.letter("One")),)).facing

    def test_long_letters_follow_each_other(self) -> None:
        long = Voice("Sasha", "b", samples.letter("Two. " * 400))
        assert not Question("?", (samples.robin(samples.letter("One")), long)).facing


class TestPassages:
    def test_the_words_of_everybody_are_among_them(self) -> None:
        found = passages(samples.clinical())
        for words in ("You laughed at the weather forecast with me.", "Late shift", "Sent 11 May"):
            assert words in found

    def test_a_progress_note_is_in_the_clinical_edition_alone(self) -> None:
        note = samples.clinical().progress_note
        assert note in passages(samples.clinical())
        assert note not in passages(replace(samples.couple(), progress_note=note))

    def test_an_open_answer_has_no_words(self) -> None:
        answer = samples.asked("Why?", samples.robin(Shown("nothing", text="never shown")))
        summary = replace(samples.couple(), pieces=(samples.piece("A", answer),))
        assert "never shown" not in passages(summary)

    def test_paragraphs_keep_their_lines(self) -> None:
        assert samples.couple().paragraphs("a\nb\n\n \n\nc\n") == ("a\nb", "c")
