"""Telling words: what makes a borrowed sentence recognisable."""

import re
from functools import lru_cache
from typing import TypeAlias

from portal.exercises.catalogue.phrases import folded

Words: TypeAlias = tuple[str, ...]

RUN = 4
WORD = re.compile(r"\w+")
QUOTED = re.compile(
    r"(?<!\w)'(?P<single>[^\n]+?)'(?!\w)"
    r"|\u2018(?P<curly>[^\n]+?)\u2019(?!\w)"
    r'|"(?P<double>[^"\n]+)"'
    r"|\u201c(?P<wide>[^\u201d\n]+)\u201d"
)
# Small words that everybody uses; four others in a row are somebody's own.
SMALL_WORDS = """
    a about after again all also always am an and any are arent as at away be because been
    before being both but by can cant come could couldnt day did didnt do does doesnt doing done
    dont down each else even ever every few first for from get go going good got had has hasnt
    have havent he her here hers him his how i if ill im in into is isnt it its ive just keep
    know last less let like little look made make many may me might more most much must my need
    never new next no none nor not nothing now of off often old on once one only or other our
    out over own people put really s said same say see shall she shes should so some still such
    t take than that thats the their them then there these they thing things think this those
    though time to today together too two under until up us use very want was wasnt way we week
    well went were what when where whether which while who why will with without would wouldnt
    yes yet you youd youre your yours
"""
SMALL = frozenset(SMALL_WORDS.split())


@lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """The words of a text as they are compared."""
    return tuple(WORD.findall(folded(text)[0]))


@lru_cache(maxsize=4096)
def runs_of(text: str) -> frozenset[Words]:
    """Every run of four telling words, small words left out."""
    telling = [word for word in words_of(text) if word not in SMALL]
    return frozenset(tuple(telling[at : at + RUN]) for at in range(len(telling) - RUN + 1))


@lru_cache(maxsize=4096)
def quotations_in(text: str) -> tuple[Words, ...]:
    """What stands between marks of quotation, where it says anything."""
    quoted = (next(filter(None, found.groups())) for found in QUOTED.finditer(text))
    spoken = (words_of(words) for words in quoted)
    return tuple(words for words in spoken if any(word not in SMALL for word in words))


def holds_words(text: str, wanted: Words) -> bool:
    """Whether these words stand in a text one after the other."""
    return f" {' '.join(wanted)} " in joined(text)


@lru_cache(maxsize=4096)
def joined(text: str) -> str:
    """A text as its words with one space around each."""
    return f" {' '.join(words_of(text))} "
