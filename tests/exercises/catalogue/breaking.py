"""Planting one fault in one parsed file of the catalogue."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.exercises.catalogue.files import Source

NAMES = ("key", "id", "rule", "field", "value", "exercise", "row", "programme")


@dataclass(frozen=True)
class Break:
    """A way to spoil a file, the check that must find it and where it is told."""

    check: int
    file: str
    name: str
    change: Callable[[Any], None]
    told_in: str = ""
    says: str = ""

    @property
    def label(self) -> str:
        return f"{self.check}-{self.file.rpartition('/')[2].removesuffix('.yaml')}-{self.name}"

    def spoil(self, source: Source) -> Source:
        """The same files, this one broken."""
        node = copy.deepcopy(source.files[self.file])
        self.change(node)
        assert node != source.files[self.file] or list(node) != list(source.files[self.file])
        return Source({**source.files, self.file: node})


def at(node: Any, *steps: str | int) -> Any:
    """What stands at a place; an item of a list is found by its number or its name."""
    for step in steps:
        if isinstance(node, list) and isinstance(step, str):
            node = next(item for item in node if step in [item.get(name) for name in NAMES])
        else:
            node = node[step]
    return node


def put(*steps: str | int, to: Any) -> Callable[[Any], None]:
    """Write another value at a place."""

    def change(node: Any) -> None:
        at(node, *steps[:-1])[steps[-1]] = to

    return change


def drop(*steps: str | int) -> Callable[[Any], None]:
    """Take away what stands at a place."""

    def change(node: Any) -> None:
        inside, last = at(node, *steps[:-1]), steps[-1]
        if isinstance(inside, list) and isinstance(last, str):
            inside.remove(at(inside, last))
        else:
            del inside[last]

    return change


def add(*steps: str | int, item: Any) -> Callable[[Any], None]:
    """Write one more item at the end of a list."""

    def change(node: Any) -> None:
        at(node, *steps).append(item)

    return change


def twice(*steps: str | int) -> Callable[[Any], None]:
    """Write an item of a list a second time."""

    def change(node: Any) -> None:
        inside = at(node, *steps[:-1])
        inside.append(copy.deepcopy(at(inside, steps[-1])))

    return change


def rename(*steps: str | int, to: str) -> Callable[[Any], None]:
    """Give what stands at a place another key."""

    def change(node: Any) -> None:
        inside = at(node, *steps[:-1])
        inside[to] = inside.pop(steps[-1])

    return change


def before(key: str, other: str) -> Callable[[Any], None]:
    """Move a key of the file to stand before another."""

    def change(node: Any) -> None:
        order = [name for name in node if name != key]
        order.insert(order.index(other), key)
        values = {name: node[name] for name in order}
        node.clear()
        node.update(values)

    return change


def both(*changes: Callable[[Any], None]) -> Callable[[Any], None]:
    """Several changes that make one fault."""

    def change(node: Any) -> None:
        for one in changes:
            one(node)

    return change
