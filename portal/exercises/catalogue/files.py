"""Reading the files of a catalogue so that every YAML reader would read the same."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import yaml

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.nodes import Node, NodeMap, as_map

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # the slow reader understands the same files
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Scalar: TypeAlias = str | int | float | bool | None

SINGLE_FILES = (
    "check-in.yaml",
    "common.yaml",
    "instruments.yaml",
    "safety.yaml",
    "trace.yaml",
)
FOLDERS = ("exercises", "programmes")

TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NOTHINGS = {"", "~", "null", "Null", "NULL"}
WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
BROKEN = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
LOOSE_WORDS = {
    spelling
    for word in ("y", "n", "yes", "no", "on", "off")
    for spelling in (word, word.capitalize(), word.upper())
} | {"<<", "="}
# Octals, hexadecimals, sexagesimals, dates, exponents, infinities: each is read in two ways.
LOOSE_NUMBER = re.compile(
    r"[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?"
    r"|[-+]?0[xobXOB][0-9a-fA-F_]+"
    r"|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?"
)
CORE = "tag:yaml.org,2002:"
CONTAINERS = {f"{CORE}map", f"{CORE}seq"}
TAGS = {
    str: f"{CORE}str",
    int: f"{CORE}int",
    float: f"{CORE}float",
    bool: f"{CORE}bool",
    type(None): f"{CORE}null",
}
# One reader breaks lines at these and another does not.
LOOSE_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")


class TwoReadingsError(ValueError):
    """Two readers of YAML would not agree about a value."""


@dataclass(frozen=True)
class Source:
    """Parsed files by their path inside the catalogue folder."""

    files: Mapping[str, Node]

    def file(self, path: str) -> NodeMap:
        """One file's map, empty where there is none."""
        return as_map(self.files.get(path))

    def folder(self, name: str) -> dict[str, NodeMap]:
        """The files of a folder by id, which is the file name."""
        return {
            path.removeprefix(f"{name}/").removesuffix(".yaml"): as_map(node)
            for path, node in self.files.items()
            if path.startswith(f"{name}/")
        }


def read_source(folder: Path) -> tuple[Source, list[Fault]]:
    """Read everything that makes a catalogue; what cannot be read is a fault."""
    paths = [folder / name for name in SINGLE_FILES]
    for name in FOLDERS:
        paths += sorted((folder / name).glob("*.yaml"))
    return read_files(folder, paths)


def read_samples(folder: Path) -> tuple[Source, list[Fault]]:
    """Read the invented couples."""
    return read_files(folder, sorted((folder / "sample").glob("*.yaml")))


def read_files(folder: Path, paths: list[Path]) -> tuple[Source, list[Fault]]:
    """Read these files and keep going, so that all faults are told at once."""
    files: dict[str, Node] = {}
    faults: list[Fault] = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            files[name], found = read_text(name, path.read_bytes().decode("utf-8"))
            faults += found
        except (UnicodeDecodeError, OSError) as error:
            faults.append(Fault(1, name, "", f"cannot be read: {error}"))
    return Source(files), faults


def read_text(name: str, words: str) -> tuple[Node, list[Fault]]:
    """One file's values, and whatever makes its reading doubtful (check 1)."""
    faults = [
        Fault(1, name, "", f"holds the doubtful line break or mark {mark.group()!r}")
        for mark in LOOSE_BREAKS.finditer(words)
    ]
    try:
        root = yaml.compose(words, Loader=Loader)
    except yaml.YAMLError as error:
        return None, [*faults, Fault(1, name, "", f"does not parse: {error}")]
    if not isinstance(root, yaml.MappingNode):
        return None, [*faults, Fault(1, name, "", "is not a map")]
    reading = Reading(name, faults, set())
    return reading.value(root, ""), reading.faults


@dataclass
class Reading:
    """One walk through a file, gathering faults on the way."""

    name: str
    faults: list[Fault]
    seen: set[int]

    def value(self, node: yaml.Node, key: str) -> Node:
        """The plain value of one node of the file."""
        if id(node) in self.seen:
            self.refuse(key, "is an alias; write it out")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, key)
        if node.tag not in CONTAINERS:
            self.refuse(key, f"wears the tag {node.tag!r}")
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, f"{key}[{at}]") for at, item in enumerate(node.value)]
        return dict(self.entries(node, key))

    def entries(self, node: yaml.Node, key: str) -> Iterator[tuple[str, Node]]:
        """The keys and values of a map, each key once."""
        known: set[str] = set()
        for name_node, value_node in node.value:
            name = self.value(name_node, f"{key}, a key") if name_node.value else None
            if not isinstance(name, str):
                self.refuse(key, f"has a key that is not text: {name_node.value!r}")
                continue
            place = f"{key}.{name}" if key else name
            if name in known:
                self.refuse(place, "stands twice in one map")
            known.add(name)
            yield name, self.value(value_node, place)

    def scalar(self, node: yaml.ScalarNode, key: str) -> Scalar:
        """A text, number, truth or nothing that every reader takes for the same."""
        try:
            value = str(node.value) if node.style else plain(node.value)
        except TwoReadingsError as error:
            self.refuse(key, str(error))
            return str(node.value)
        if node.tag != TAGS[type(value)]:
            self.refuse(key, f"wears the tag {node.tag!r}")
        return value

    def refuse(self, key: str, reason: str) -> None:
        """Note one more reason to refuse this file."""
        self.faults.append(Fault(1, self.name, key, reason))


@lru_cache(maxsize=8192)
def plain(word: str) -> Scalar:
    """What an unquoted value means to readers of YAML 1.1 and of 1.2 alike."""
    if word in NOTHINGS:
        return None
    if word in TRUTHS:
        return TRUTHS[word]
    if WHOLE.fullmatch(word):
        return int(word)
    if BROKEN.fullmatch(word):
        return float(word)
    if word in LOOSE_WORDS or LOOSE_NUMBER.fullmatch(word):
        raise TwoReadingsError(f"{word!r} means two things to readers of YAML; quote it")
    return word
