"""Phrases are found however they were typed, and told where they stand in the original."""

import pytest

from portal.exercises.catalogue.phrases import matches


@pytest.mark.parametrize(
    ("words", "phrase", "found"),
    [
        ("some nights i think i cant go on like this", "can't go on", "cant go on"),
        ("I CAN\u2019T go on", "can't go on", "CAN\u2019T go on"),
        ("I'm walking on eggshells", "walk* on eggshells", "walking on eggshells"),
        ("he thr\u00e9at\u00e9ned to", "threatened to", "thr\u00e9at\u00e9ned to"),
        ("he threa\u0301tened to", "threatened to", "threa\u0301tened to"),
        ("not   \n safe at all", "not safe", "not   \n safe"),
        ("a Stra\u00dfe", "strasse", "Stra\u00dfe"),
        ("caf\u00e9 then", "cafe\u0301", "caf\u00e9"),
        ("at the cafe\u0301", "cafe", "cafe\u0301"),
        ("\U0001f602 bruises", "bruise*", "bruises"),
    ],
)
def test_a_phrase_is_found_where_it_stands(words: str, phrase: str, found: str) -> None:
    (match,) = matches(words, [phrase])
    assert words[match.start : match.end] == found
    assert match.phrase == phrase


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("weaponry", "weapon"),
        ("unsafely", "unsafe"),
        ("they are not safer", "not safe"),
        ("not. safe", "not safe"),
        ("", "unsafe"),
        ("anything", ""),
        ("overdosed", "overdose"),
    ],
)
def test_other_words_are_left_alone(words: str, phrase: str) -> None:
    assert matches(words, [phrase]) == []


def test_matches_come_in_the_order_of_the_text() -> None:
    words = "terrified, and he hit me, terrified"
    found = matches(words, ["hit me", "terrified"])
    assert [words[match.start : match.end] for match in found] == [
        "terrified",
        "hit me",
        "terrified",
    ]
