"""The door: every page says who may knock, and the portal does not start while one is silent."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from flask import Flask

from portal.vocabulary import Role

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., object])

STAFF = (Role.COUNSELLOR, Role.SUPERVISOR)
_DOORS = "weft_doors"
_WAIVES = "weft_waives"
_RESTED = "weft_rested"


class UndeclaredPageError(Exception):
    """Some pages do not say who may knock; the message names them."""


def allow(*roles: Role) -> Callable[[ViewFunction], ViewFunction]:
    """This page is for people who are signed in, in one of these roles."""

    def declare(page: ViewFunction) -> ViewFunction:
        setattr(page, _DOORS, frozenset(roles))
        return page

    return declare


def public(page: ViewFunction) -> ViewFunction:
    """This page is for anybody, signed in or not."""
    setattr(page, _DOORS, frozenset())
    return page


def waives_welcome(page: ViewFunction) -> ViewFunction:
    """This page may be used before the promise was read and the way out explained."""
    setattr(page, _WAIVES, True)
    return page


def accepts_rested(page: ViewFunction) -> ViewFunction:
    """Words can be left here, or the sign-in ended, after it has rested too long; nothing is shown."""
    setattr(page, _RESTED, True)
    return page


def takes_rested(page: Callable[..., object]) -> bool:
    """Whether this can be done with a sign-in that has rested."""
    return bool(getattr(page, _RESTED, False))


def doors_of(page: Callable[..., object]) -> frozenset[Role] | None:
    """Who may knock: roles, nobody in particular (public), or None where the page is silent."""
    doors: frozenset[Role] | None = getattr(page, _DOORS, None)
    return doors


def waives(page: Callable[..., object]) -> bool:
    """Whether a page may be used before the welcome is over."""
    return bool(getattr(page, _WAIVES, False))


def guard(app: Flask, served_files: Iterable[str] = ("static",)) -> None:
    """Refuse to start while any page does not say who may knock."""
    open_to_all = set(served_files)
    silent = sorted(
        name
        for name, page in app.view_functions.items()
        if name not in open_to_all and doors_of(page) is None
    )
    if silent:
        raise UndeclaredPageError(", ".join(silent))
