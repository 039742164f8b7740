"""Words that may be worth reading first, underlined by a plain word match that promises nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from portal.exercises.catalogue.phrases import folded, matches
from portal.exercises.form.shown import Shown
from portal.exercises.queries import catalogue


@dataclass(frozen=True)
class Run:
    """A stretch of text; with a group's name where a phrase of the list stands."""

    text: str
    group: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Marked:
    """An answer to be read, with the phrases in it named."""

    kind: str
    runs: Runs = ()
    low: str = ""
    high: str = ""
    lines: tuple[Runs, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Runs, tuple[Runs, ...]], ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups whose phrases stand here."""
        names = (run.group for runs in self._all_runs() for run in runs if run.group)
        return tuple(dict.fromkeys(names))

    def _all_runs(self) -> Iterator[Runs]:
        yield self.runs
        yield from self.lines
        for label, cells in self.rows:
            yield label
            yield from cells


def mark(card: Shown) -> Marked:
    """An answer with the phrases of the list named where they stand."""
    return Marked(
        kind=card.kind,
        runs=runs_of(card.text),
        low=card.low,
        high=card.high,
        lines=tuple(runs_of(line) for line in card.lines),
        columns=card.columns,
        rows=tuple(
            (runs_of(label), tuple(runs_of(cell) for cell in cells)) for label, cells in card.rows
        ),
    )


def runs_of(words: str) -> Runs:
    """The words cut where a phrase begins and ends; put together again they are the same words."""
    found, at = [], 0
    possible = _possible(words)
    for match in matches(words, possible) if possible else ():
        if match.start < at:
            continue
        found += [
            Run(words[at : match.start]),
            Run(words[match.start : match.end], _group(match.phrase)),
        ]
        at = match.end
    return tuple(run for run in (*found, Run(words[at:])) if run.text)


def speaks_up(card: Shown) -> bool:
    """Whether any phrase of the list stands in an answer."""
    texts = (card.text, *card.lines, *(t for label, cells in card.rows for t in (label, *cells)))
    found = ((words, _possible(words)) for words in texts)
    return any(possible and matches(words, possible) for words, possible in found)


def _possible(words: str) -> tuple[str, ...]:
    """The phrases whose longest word stands there at all: most texts hold none of them."""
    if len(words) < 5:
        return ()
    plain = folded(words)[0]
    return tuple(phrase for phrase, kernel in _kernels() if kernel in plain)


@cache
def _kernels() -> tuple[tuple[str, str], ...]:
    return tuple(
        (phrase, max((word.strip("*") for word in folded(phrase)[0].split()), key=len))
        for phrase in _groups()
    )


@cache
def _groups() -> dict[str, str]:
    listed = catalogue().safety["phrase_highlighting"]["groups"]
    return {phrase: str(group["label"]) for group in listed for phrase in group["phrases"]}


def _group(phrase: str) -> str:
    return _groups()[phrase]


@cache
def disclaimer() -> str:
    """What the match can and cannot do, said wherever it is explained."""
    return " ".join(str(catalogue().safety["plain_statement"]["to_counsellors"]).split())
