"""Roads of one sheet that every run of its machine goes, whatever the dice say besides."""

from collections.abc import Callable
from typing import Any

from portal.vocabulary import Seat
from tests.promises.sheet_sides import ALONE, BOX

A, B = Seat.A, Seat.B
Step = Callable[[Any], None]
ROADS: tuple[tuple[bool, tuple[Step, ...]], ...] = (
    (
        False,
        (
            lambda one: one.write(A, ALONE),
            lambda one: one.confirm(B, says_yes=True),
            lambda one: one.take_back(B),
            lambda one: one.both_change_the_same(A, "signal"),
            lambda one: one.take_one_of_the_kept(B),
            lambda one: one.both_change_the_same(A, "signal"),
            lambda one: one.it_stops(B, "no contact"),
        ),
    ),
    (
        True,
        (
            lambda one: one.a_change_between_the_two_yeses(A, "signal", says_yes=False),
            lambda one: one.choose_reader(B, narrow=True),
            lambda one: one.both_confirm(says_yes=False),
            lambda one: one.mark_read(),
            lambda one: one.give_back(),
            lambda one: one.hold(held=True, all_of_it=False),
            lambda one: one.both_confirm(says_yes=True),
            lambda one: one.hold(held=False, all_of_it=False),
            lambda one: one.open(),
            lambda one: one.take_back(A),
        ),
    ),
    (
        True,
        (
            lambda one: one.write(A, BOX),
            lambda one: one.both_confirm(says_yes=True),
            lambda one: one.give_back(),
        ),
    ),
    (
        False,
        (
            lambda one: one.write(A, BOX),
            lambda one: one.decline(A),
            lambda one: one.mark_read(),
            lambda one: one.mark_read(),
            lambda one: one.write(A, "signal"),
            lambda one: one.take_back(B),
        ),
    ),
    (
        False,
        (
            lambda one: one.both_confirm(says_yes=True),
            lambda one: one.it_stops(A, "it ends"),
            lambda one: one.take_one_of_the_kept(A),
            lambda one: one.both_change_the_same(A, BOX),
        ),
    ),
    (
        True,
        (
            lambda one: one.confirm(A, says_yes=True),
            lambda one: one.choose_reader(A, narrow=True),
            lambda one: one.confirm_on_what_one_has(A, says_yes=True),
        ),
    ),
)
