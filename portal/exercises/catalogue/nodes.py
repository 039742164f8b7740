"""Careful ways to take hold of parsed text that may have any shape."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

# Whatever a file may hold at a place: text, number, truth, nothing, list or map.
Node: TypeAlias = Any
NodeMap: TypeAlias = Mapping[str, Any]

NOTHING: NodeMap = {}


def as_map(node: Node) -> NodeMap:
    """The map that stands here, or an empty one."""
    return node if isinstance(node, dict) else NOTHING


def as_list(node: Node) -> list[Node]:
    """The list that stands here, or an empty one."""
    return node if isinstance(node, list) else []


def maps(node: Node) -> list[NodeMap]:
    """The maps of the list that stands here."""
    return [item for item in as_list(node) if isinstance(item, dict)]


def texts(node: Node) -> list[str]:
    """The texts of the list that stands here."""
    return [item for item in as_list(node) if isinstance(item, str)]


def text(node: Node) -> str:
    """The text that stands here, or an empty one."""
    return node if isinstance(node, str) else ""


def one_or_more(node: Node) -> list[Node]:
    """A value or a list, always as a list."""
    return node if isinstance(node, list) else [node]


def is_text(node: Node) -> bool:
    """Whether words stand here."""
    return isinstance(node, str) and bool(node.strip())


def is_whole(node: Node) -> bool:
    """Whether a whole number stands here (true and false are none)."""
    return isinstance(node, int) and not isinstance(node, bool)


def is_number(node: Node) -> bool:
    """Whether a number stands here (true and false are none)."""
    return isinstance(node, int | float) and not isinstance(node, bool)


def in_step(low: Node, high: Node) -> bool:
    """Whether two whole numbers stand here, the smaller first."""
    return is_whole(low) and is_whole(high) and bool(low <= high)


def are_texts(node: Node) -> bool:
    """Whether a list of nothing but words stands here."""
    return isinstance(node, list) and all(is_text(item) for item in node)


def are_maps(node: Node) -> bool:
    """Whether a list of nothing but maps stands here."""
    return isinstance(node, list) and all(isinstance(item, dict) for item in node)


def doubles(items: list[Node]) -> list[str]:
    """What stands more than once in a list."""
    seen: list[Node] = []
    twice: list[str] = []
    for item in items:
        if item in seen:
            twice.append(str(item))
        seen.append(item)
    return twice


def bare_texts(node: Node) -> Iterator[str]:
    """Each text at any depth, without its place."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            yield here
        elif isinstance(here, dict):
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)


def every_text(node: Node, key: str = "") -> Iterator[tuple[str, str]]:
    """Each text at any depth, with the place where it stands."""
    if isinstance(node, str):
        yield key, node
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from every_text(value, f"{key}.{name}" if key else str(name))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from every_text(value, f"{key}[{place}]")
