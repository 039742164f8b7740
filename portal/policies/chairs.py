"""When words that were written in the wrong chair may move to the person who wrote them."""

from dataclasses import dataclass

TWO_WROTE = "Two wrote this together, so it belongs to both already."
OPEN = "This is open to both, and cannot change hands any more."
RELEASED = "An answer of this was released, so it cannot change hands any more."
NO_HOME = "The other of them was not given this exercise. Give it to them first."
NOT_HERE = "The other of them has not joined yet, or has not read the promise about private words."
GOES_ON = "A later week was begun from this one. Move that week first."
TAKES_OVER = "It may hold words taken over from an earlier week under this name, so it stays here."
EXCHANGES = "Both of them have written. Say first that you are sure of both pieces."
ANSWERED = "What you wrote back about this has been read, so it cannot change hands any more."


@dataclass(frozen=True)
class ChairFacts:
    """What counts before a piece of work changes chairs."""

    is_joint: bool
    is_open: bool
    is_released: bool
    has_home: bool
    is_here: bool
    goes_on: bool
    takes_over: bool
    is_answered: bool


def why_it_stays(facts: ChairFacts) -> tuple[str, ...]:
    """Every reason for which this piece cannot change chairs; none means that it may.

    Nobody may learn the other's words by it: what both have seen stays as it is, and the words go
    only to somebody who can write here and knows what is promised about them.
    """
    if facts.is_joint:
        return (TWO_WROTE,)
    reasons = (
        (facts.is_open, OPEN),
        (facts.is_released, RELEASED),
        (not facts.is_here, NOT_HERE),
        (facts.is_here and not facts.has_home, NO_HOME),
        (facts.goes_on, GOES_ON),
        (facts.takes_over, TAKES_OVER),
        (facts.is_answered, ANSWERED),
    )
    return tuple(reason for stands, reason in reasons if stands)
