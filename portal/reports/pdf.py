"""One finished page of HTML becomes a PDF: the fonts and the sheet loaded once, no way out."""

import contextlib
import json
import logging
import os
import sys
import time
import warnings
from functools import partial
from pathlib import Path
from typing import Any

from portal.reports.fetching import RefusedError, ShelfFetcher, sheet, shelf
from portal.reports.finishing import finish
from portal.reports.printer import (
    Limits,
    PrintError,
    in_a_child,
    leave_the_network,
    put_frame,
    take_frame,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

# Cut fonts would otherwise carry the moment of cutting, and no two prints would be alike.
FONT_CLOCK = "SOURCE_DATE_EPOCH"
DEEPEST = 40
FOR_EVER = 10**8
_TAGS = (
    "html head meta title body header footer main section article div p h1 h2 h3 h4 span bdi"
    " strong em br ul ol li dl dt dd table caption thead tbody tr th td figure figcaption"
)
_NAMES = "class lang dir charset name content scope role id"
_SHAPES = "svg g path line rect circle polyline polygon text tspan title desc"
ELEMENTS = frozenset(_TAGS.split())
ATTRIBUTES = frozenset(_NAMES.split())
METAS = frozenset(("dcterms.created", "dcterms.modified", None))
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = frozenset(_SHAPES.split())
NOT_IN_DRAWINGS = ("href", "style", "on", "src", "filter", "mask", "clip-path", "marker")
WARM_UP = (
    '<html lang="en"><head><title>Session summary</title></head><body><h1>Weft</h1>'
    '<p class="letter">Letter, em dash and \u067e\u0698 \U0001f33f</p></body></html>'
)

for _name in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(_name).disabled = True


class Press:
    """A press that is ready to print; it knows its shelf and nothing of the world."""

    def __init__(self) -> None:
        os.environ[FONT_CLOCK] = "0"
        things = shelf()
        self._fetcher = ShelfFetcher(things)
        self._fonts = FontConfiguration()
        self._sheet = CSS(string=sheet(things), font_config=self._fonts, url_fetcher=self._fetcher)

    def warm(self) -> None:
        """Print a line for nobody, so that the first reader does not wait for the fonts."""
        self.draw(WARM_UP)

    def draw(self, html: str) -> bytes:
        """The document as a PDF/UA-1 file; refuses what our own template would never write."""
        try:
            page = HTML(string=html, url_fetcher=self._fetcher)
            refuse_strangers(page.etree_element)
            return self.ink(page)
        except RefusedError:
            raise PrintError("refused") from None

    def ink(self, page: Any) -> bytes:
        """Lay out and write a parsed document; the shelf and the finishing still hold."""
        document = page.render(font_config=self._fonts, stylesheets=[self._sheet])
        told = document.metadata
        told.authors, told.keywords, told.attachments, told.custom = [], [], [], {}
        told.description = told.generator = None
        printed: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
        return printed


def refuse_strangers(root: Any) -> None:
    """Stop at any element or attribute that could fetch, link, run or restyle."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        tag = element.tag
        if not isinstance(tag, str):
            continue
        waiting += [(child, depth + 1) for child in element]
        known = _fits_drawing(element) if tag.startswith(SVG) else _fits_page(element)
        if not known or depth > DEEPEST:
            raise RefusedError("not of our template")


def _fits_page(element: Any) -> bool:
    if element.tag == "meta" and element.get("name") not in METAS:
        return False
    return element.tag in ELEMENTS and ATTRIBUTES.issuperset(element.attrib)


def _fits_drawing(element: Any) -> bool:
    if element.tag.removeprefix(SVG) not in DRAWING:
        return False
    return not any(
        "href" in name or name.startswith(NOT_IN_DRAWINGS) or "url(" in value
        for name, value in element.attrib.items()
    )


def serve() -> None:
    """Print what comes in, one document after another, until nobody is there any more."""
    limits = Limits(**json.loads(sys.argv[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    leave_the_network()
    press = Press()
    press.warm()
    put_frame(answers, b"ready")
    with contextlib.suppress(EOFError):
        while True:
            html = take_frame(sys.stdin.buffer, time.monotonic() + FOR_EVER).decode()
            put_frame(answers, in_a_child(partial(press.draw, html), limits))
