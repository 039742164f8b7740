"""The second net: a finished PDF is read again by two strangers before anybody is given it.

Each reader takes the file apart with its own parser and tells two things apart: what the document
*says* (the text that its tags carry, for reading aloud) and what it *draws* (the letters behind the
glyphs). Where a passage holds letters that run from the right, the drawn text is compared word by
word, and the order of the words is vouched for by what is said alone. For scripts that reorder
their letters (Devanagari, Thai and their kin) only what is said is compared.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import pypdf
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1, stream_value
from pdfminer.utils import decode_text
from pypdf.generic import ContentStream, NameObject

LETTERS = 24
LONGEST_WORD = 30
FIRST_JOINED, LAST_JOINED = 0x0590, 0x1DFF
SHOWING = (b"Tj", b"TJ", b"'", b'"')
LIVELY = ("Names", "OpenAction", "AA", "AcroForm", "AF")
LIVELY_PAGE = ("Annots", "AA")
WORD = re.compile(r"[^\W\d_]+")

for _name in ("pypdf", "pdfminer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class EditionRefused(Exception):  # noqa: N818 - the word of the rule
    """A finished document may not be given out; it tells how many passages, never which."""

    def __init__(
        self, reason: Literal["unreadable", "lively", "missing", "protected"], count: int = 1
    ) -> None:
        super().__init__(f"{reason} ({count})")
        self.reason = reason
        self.count = count


@dataclass(frozen=True)
class Reading:
    """What one reader found: said, drawn (also from the end of each line), around, and alive."""

    said: str
    drawn: str
    backwards: str
    around: str
    lively: int


def compare_form(text: str) -> str:
    """Text as it is compared: one spelling, no spaces, nothing that cannot be seen."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if not letter.isspace()
        and unicodedata.category(letter) not in ("Cf", "Cc")
        and not 0xFE00 <= ord(letter) <= 0xFE0F
        and not 0xE0100 <= ord(letter) <= 0xE01EF
    )


def check_edition(
    pdf: bytes, allowed: Sequence[str], protected: Sequence[str], known: Sequence[str] = ()
) -> None:
    """Let a document pass only with all that its reader may see, and nothing that is another's.

    `known` are sentences that may stand in it but need not: the portal's own.
    """
    try:
        readings = (read_by_pypdf(pdf), read_by_pdfminer(pdf))
    except Exception:  # a reader that fails for any reason has not found it
        raise EditionRefused("unreadable") from None
    if lively := max(reading.lively for reading in readings):
        raise EditionRefused("lively", lively)
    if missing := sum(not all(stands(text, found) for found in readings) for text in allowed):
        raise EditionRefused("missing", missing)
    own = {part for text in (*allowed, *known) for part in _stretches(compare_form(text))}
    there = {part for found in readings for text in _pools(found) for part in _stretches(text)}
    foreign = there - own
    leaked = sum(not foreign.isdisjoint(_stretches(compare_form(text))) for text in protected)
    if leaked:
        raise EditionRefused("protected", leaked)


def stands(text: str, reading: Reading) -> bool:
    """Whether this reader found the whole passage, said as well as drawn."""
    form = compare_form(text)
    if form not in reading.said:
        return False
    if not any(_joined(letter) for letter in form):
        return form in reading.drawn
    drawn, backwards = _bare(reading.drawn), _bare(reading.backwards)
    return all(word in drawn or word in backwards for word in _words(text))


def _words(text: str) -> Iterator[str]:
    for word in WORD.findall(_bare(unicodedata.normalize("NFKC", text))):
        reordered = any(_joined(letter) and not _from_the_right(letter) for letter in word)
        if not reordered and len(word) <= LONGEST_WORD:
            yield word


def _from_the_right(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")


def _joined(letter: str) -> bool:
    return FIRST_JOINED <= ord(letter) <= LAST_JOINED or _from_the_right(letter)


def _bare(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) != "Mn")


def _stretches(form: str) -> Iterator[str]:
    return (form[start : start + LETTERS] for start in range(len(form) - LETTERS + 1))


def _pools(reading: Reading) -> tuple[str, ...]:
    return reading.said, reading.drawn, reading.backwards, reading.around


def read_by_pypdf(pdf: bytes) -> Reading:
    """The document as pypdf finds it."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    root: Any = reader.root_object
    said: list[str] = []
    around = [str(value) for value in (reader.metadata or {}).values()]
    around.append(root["/Metadata"].get_data().decode())
    around += [str(entry.title) for entry in _flat(reader.outline)]
    marks: set[tuple[int, int]] = set()
    for element in _pypdf_tags(root["/StructTreeRoot"]):
        said.append(str(element.get("/ActualText", "")))
        around += [str(element[name]) for name in ("/Alt", "/E", "/T") if name in element]
        for kid in _listed(element.get("/K")):
            if isinstance(kid, int):
                marks.add((element.raw_get("/Pg").idnum, int(kid)))
    drawn = "\n".join(_pypdf_page(page, reader, marks) for page in reader.pages)
    lively = sum(f"/{name}" in root for name in LIVELY)
    lively += sum(f"/{name}" in page for page in reader.pages for name in LIVELY_PAGE)
    return Reading(
        compare_form("".join(said)),
        compare_form(drawn),
        "",
        compare_form("\n".join(around)),
        lively,
    )


def _flat(entries: Any) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _listed(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, list) else [kids]


def _pypdf_tags(element: Any) -> Iterator[Any]:
    for kid in _listed(element.get("/K")):
        thing = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(thing, dict):
            yield thing
            yield from _pypdf_tags(thing)


def _pypdf_page(page: Any, reader: pypdf.PdfReader, marks: set[tuple[int, int]]) -> str:
    content = ContentStream(page.get_contents(), reader, "bytes")
    number = page.indirect_reference.idnum
    kept, mark = [], (number, -1)
    for operands, operator in content.operations:
        if operator == b"BDC":
            mark = (number, int(operands[1].get("/MCID", -1)))
        if mark in marks or operator not in SHOWING:
            kept.append((operands, operator))
    content.operations = kept
    page[NameObject("/Contents")] = content
    return str(page.extract_text())


def read_by_pdfminer(pdf: bytes) -> Reading:
    """The document as pdfminer finds it."""
    document = PDFDocument(PDFParser(BytesIO(pdf)))
    catalog: Any = document.catalog
    said: list[str] = []
    around = [_plain(value) for info in document.info for value in info.values()]
    around.append(stream_value(catalog["Metadata"]).get_data().decode())
    around += [str(entry[1]) for entry in document.get_outlines()]
    resources = PDFResourceManager()
    ear = _MarkedText(resources)
    interpreter = PDFPageInterpreter(resources, ear)
    pages = list(PDFPage.create_pages(document))
    for page in pages:
        interpreter.process_page(page)
    runs: list[list[str]] = []
    for element in _miner_tags(resolve1(catalog["StructTreeRoot"])):
        said.append(_plain(element.get("ActualText", "")))
        around += [_plain(element[name]) for name in ("Alt", "E", "T") if name in element]
        for kid in _listed(resolve1(element.get("K"))):
            if isinstance(kid, int):
                runs.append(ear.heard.pop((element["Pg"].objid, kid), []))
    around += ["".join(run) for run in ear.heard.values()]
    lively = sum(name in catalog for name in LIVELY)
    lively += sum(name in page.attrs for page in pages for name in LIVELY_PAGE)
    return Reading(
        compare_form("".join(said)),
        compare_form("".join(letter for run in runs for letter in run)),
        compare_form("".join(letter for run in runs for letter in reversed(run))),
        compare_form("\n".join(around)),
        lively,
    )


def _plain(value: Any) -> str:
    value = resolve1(value)
    return decode_text(value) if isinstance(value, bytes) else str(value)


def _miner_tags(element: Any) -> Iterator[Any]:
    for kid in _listed(resolve1(element.get("K"))):
        thing = resolve1(kid) if isinstance(kid, PDFObjRef) else kid
        if isinstance(thing, dict):
            yield thing
            yield from _miner_tags(thing)


class _MarkedText(PDFDevice):
    """Listens to a page being drawn and keeps the letters of each marked line, glyph by glyph."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.heard: dict[tuple[int, int], list[str]] = {}
        self._page = 0
        self._mark = -1

    def begin_page(self, page: Any, ctm: Any) -> None:  # noqa: ARG002 - the library's signature
        self._page = page.pageid

    def begin_tag(self, tag: Any, props: Any = None) -> None:  # noqa: ARG002 - the library's signature
        self._mark = props.get("MCID", -1) if isinstance(props, dict) else -1

    def end_tag(self) -> None:
        self._mark = -1

    def render_string(self, textstate: Any, seq: Any, *_look: Any) -> None:
        run = self.heard.setdefault((self._page, self._mark), [])
        for part in seq:
            if isinstance(part, bytes):
                run += [_letter(textstate.font, glyph) for glyph in textstate.font.decode(part)]


def _letter(font: Any, glyph: int) -> str:
    try:
        return str(font.to_unichr(glyph))
    except PDFUnicodeNotDefined:
        return "\ufffd"
