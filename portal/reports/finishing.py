"""The last hand on a document: what PDF/UA asks for, and nothing left that could act or tell."""

import re
from collections.abc import Iterator
from typing import Any

import pydyf

SECTIONS = ("/THead", "/TBody", "/TFoot")
UNMAPPED = re.compile(rb"^(<[0-9a-f]+>) <>$")
NO_WIDTH = rb"\1 <200b>"
PAIR = re.compile(rb"^<([0-9a-f]{4})> ([0-9]+)$")
PLAIN = "/Identity-H"
ACTIVE = ("OpenAction", "AA", "AcroForm", "Names")


def finish(document: Any, pdf: Any) -> None:
    """Make the document readable aloud and inert: said as typed, scoped, no links or files."""
    by_reference = {thing.reference: thing for thing in pdf.objects}
    dictionaries = [thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)]
    root = next(thing for thing in dictionaries if thing.get("Type") == "/StructTreeRoot")
    elements = list(_elements(root, by_reference))
    _give_scopes(elements)
    _say_as_typed(elements, list(_texts(document)))
    for thing in [thing for thing in pdf.objects if isinstance(thing, pydyf.Stream)]:
        _name_every_glyph(thing)
    for font in dictionaries:
        if font.get("Subtype") == "/Type0" and font["Encoding"] != PLAIN:
            _draw_boxes(pdf, font, by_reference)
    _still(pdf, dictionaries)


def _still(pdf: Any, dictionaries: list[Any]) -> None:
    for name in ACTIVE:
        pdf.catalog.pop(name, None)
    for page in dictionaries:
        if page.get("Type") == "/Page":
            page.pop("Annots", None)
            page.pop("AA", None)


def _elements(parent: Any, by_reference: dict[Any, Any], section: str = "") -> Iterator[Any]:
    for kid in parent.get("K", ()):
        element = by_reference.get(kid) if isinstance(kid, bytes) else None
        if not isinstance(element, pydyf.Dictionary):
            continue
        inside = element["S"] if element.get("S") in SECTIONS else section
        yield element, inside
        yield from _elements(element, by_reference, inside)


def _give_scopes(elements: list[Any]) -> None:
    for element, section in elements:
        if element.get("S") == "/TH":
            table = element.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
            table["Scope"] = "/Column" if section == "/THead" else "/Row"


def _say_as_typed(elements: list[Any], texts: list[str]) -> None:
    runs = [element for element, _ in elements if element.get("S") == "/Span" and _is_run(element)]
    if len(runs) != len(texts):
        raise ValueError("the lines and their tags do not match")
    for run, text in zip(runs, texts, strict=True):
        run["ActualText"] = pydyf.String(text)


def _is_run(element: Any) -> bool:
    return len(element["K"]) == 1 and isinstance(element["K"][0], int)


def _texts(document: Any) -> Iterator[str]:
    for page in document.pages:
        yield from _texts_in(page._page_box)  # the only road to the laid-out lines


def _texts_in(box: Any) -> Iterator[str]:
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # a placeholder stands for its box
        kind = type(child).__name__
        if kind == "TextBox":
            yield child.text
        elif kind != "MarginBox":
            yield from _texts_in(child)


def _name_every_glyph(stream: Any) -> None:
    lines = stream.stream
    if lines and lines[0] == b"/CIDInit /ProcSet findresource begin":
        lines[:] = [UNMAPPED.sub(NO_WIDTH, x) if isinstance(x, bytes) else x for x in lines]


def _draw_boxes(pdf: Any, font: Any, by_reference: dict[Any, Any]) -> None:
    """Letters that no font has become boxes, but can still be read and found as what they are."""
    lines = by_reference[font["Encoding"]].stream
    pairs = [PAIR.match(line) for line in lines if isinstance(line, bytes)]
    glyphs = {int(pair[1], 16): int(pair[2]) for pair in pairs if pair}
    numbers = (glyphs.get(number, number) for number in range(max(glyphs) + 1))
    table = pydyf.Stream([b"".join(n.to_bytes(2, "big") for n in numbers)], compress=True)
    pdf.add_object(table)
    font["Encoding"] = PLAIN
    by_reference[font["DescendantFonts"][0]]["CIDToGIDMap"] = table.reference
