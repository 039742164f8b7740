"""Looking for words in bytes, however they may have been written down."""

import base64
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

STEM = 6  # so many letters are looked for first; the whole word is compared where they are found
DEEPEST = 2
MOST_INFLATED = 1 << 20
PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")


def _at_alignment(before: int, word: str) -> bytes:
    """The letters that this word surely shows in base64, so many bytes after a group's start."""
    raw = b"\0" * before + word.encode()
    sure = len(raw) * 8 // 6
    first = -(-before * 8 // 6)
    return base64.b64encode(raw)[first:sure]


WAYS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-16 LE": lambda word: word.encode("utf-16-le"),
    "UTF-16 BE": lambda word: word.encode("utf-16-be"),
    "escaped": lambda word: "".join(f"\\u{ord(c):04x}" for c in word).encode(),
    "hexadecimal": lambda word: word.encode().hex().encode(),
    **{f"base64, {before} off": partial(_at_alignment, before) for before in range(3)},
}


class Search:
    """A search for all of these words at once."""

    def __init__(self, words: Sequence[str]) -> None:
        assert all(len(word) >= 2 * STEM for word in words)
        self.words = words
        self.stems = sorted({word[:STEM] for word in words})
        self.longest = max(len(word) for word in words) * 6 + 16

    def hits(self, data: bytes, depth: int = 0) -> list[str]:
        """Which words stand in these bytes, and in which way."""
        found = [hit for stem in self.stems for hit in self._with(stem, data)]
        if depth < DEEPEST:
            whole = memoryview(data)
            for packed in PACKED.finditer(data):
                inner = _inflated(whole[packed.start() : packed.start() + MOST_INFLATED])
                found += [f"packed {hit}" for hit in self.hits(inner, depth + 1)] if inner else []
        return sorted(set(found))

    def in_files(self, files: Sequence[Path]) -> dict[str, list[str]]:
        """The files in which any of the words stand."""
        found = {str(path): self.hits(path.read_bytes()) for path in files}
        return {path: hits for path, hits in found.items() if hits}

    def _with(self, stem: str, data: bytes) -> Iterator[str]:
        words = [word for word in self.words if word.startswith(stem)]
        for way, write in WAYS.items():
            whole = {word: write(word) for word in words}
            for at in _places(data, write(stem)):
                window = data[max(at - 8, 0) : at + self.longest]
                yield from (f"{word} ({way})" for word in words if whole[word] in window)


def _places(data: bytes, pattern: bytes) -> Iterator[int]:
    at = data.find(pattern)
    while at >= 0:
        yield at
        at = data.find(pattern, at + 1)


def _inflated(data: memoryview) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(data, MOST_INFLATED)
    except zlib.error:
        return b""
