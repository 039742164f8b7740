"""What a screen reader, a checker and an archive find in a finished summary."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pypdf
import pytest

from portal.reports.printer import Printer
from tests.reports.paper import samples


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = parent.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from elements(kid)


@pytest.fixture(params=list(samples.EDITIONS))
def printed(request: pytest.FixtureRequest, editions: dict[str, bytes]) -> bytes:
    return editions[request.param]


class TestTags:
    def test_the_checker_finds_nothing(self, printed: bytes, tmp_path: Path) -> None:
        file = tmp_path / "summary.pdf"
        file.write_bytes(printed)
        report = pdfua.validate(str(file))
        assert [(found.rule_id, found.message) for found in report.findings] == []

    def test_language_title_and_marks(self, printed: bytes) -> None:
        with pikepdf.open(BytesIO(printed)) as pdf:
            assert str(pdf.Root.Lang) == "en"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()

    def test_headings_descend_one_step_at_a_time(self, printed: bytes) -> None:
        with pikepdf.open(BytesIO(printed)) as pdf:
            kinds = [str(e.get("/S", "")) for e in elements(pdf.Root.StructTreeRoot)]
        levels = [int(kind[2]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))

    def test_every_header_cell_has_its_scope(self, printed: bytes) -> None:
        with pikepdf.open(BytesIO(printed)) as pdf:
            scopes = [str(e.A.Scope) for e in elements(pdf.Root.StructTreeRoot) if e.S == "/TH"]
        assert {"/Column", "/Row"} == set(scopes)

    def test_figures_have_words(self, printed: bytes) -> None:
        with pikepdf.open(BytesIO(printed)) as pdf:
            found = [e for e in elements(pdf.Root.StructTreeRoot) if e.get("/S") == "/Figure"]
            assert all("/Alt" in figure for figure in found)

    def test_a_drawing_is_described(self, printer: Printer) -> None:
        page = samples.page_of(samples.couple()).replace(
            "<main>",
            '<main><svg viewBox="0 0 9 9" width="9" height="9" role="img"><title>Two lines that'
            ' cross</title><path d="M0 0L9 9" stroke="#9a4d82"/></svg>',
        )
        with pikepdf.open(BytesIO(printer.print(page))) as pdf:
            found = [e for e in elements(pdf.Root.StructTreeRoot) if e.get("/S") == "/Figure"]
            assert [str(figure.Alt) for figure in found] == ["Two lines that cross"]

    def test_each_line_says_what_was_typed(self, printer: Printer) -> None:
        words = "امروز صبح با هم چای خوردیم"
        with pikepdf.open(BytesIO(printer.print(samples.page_of(samples.one_voice(words))))) as pdf:
            said = [str(e.get("/ActualText", "")) for e in elements(pdf.Root.StructTreeRoot)]
        assert words in said


class TestWhole:
    def test_all_fonts_are_inside(self, printed: bytes) -> None:
        fonts = [
            font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            for page in pypdf.PdfReader(BytesIO(printed)).pages
            for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)

    def test_pages_are_a4_and_numbered(self, printed: bytes) -> None:
        pages = pypdf.PdfReader(BytesIO(printed)).pages
        for number, page in enumerate(pages, start=1):
            assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
            assert f"Page {number} of {len(pages)}" in page.extract_text()

    def test_nothing_around_it_names_anybody(self, printed: bytes) -> None:
        reader = pypdf.PdfReader(BytesIO(printed))
        told = {name: str(value) for name, value in (reader.metadata or {}).items()}
        assert told.pop("/Producer").startswith("WeasyPrint")
        assert told == {
            "/Title": "Session summary",
            "/CreationDate": "D:20260514184000Z",
            "/ModDate": "D:20260514184000Z",
        }
        with pikepdf.open(BytesIO(printed)) as pdf, pdf.open_outline() as outline:
            around = str(outline.root) + str(pdf.Root.Metadata.read_bytes())
        for name in ("Robin", "Sasha", "Nadia", "Lantern", "disagreement"):
            assert name not in around

    def test_nothing_in_it_can_act(self, printed: bytes) -> None:
        with pikepdf.open(BytesIO(printed)) as pdf:
            assert not {"/Names", "/OpenAction", "/AA", "/AcroForm", "/AF"} & set(pdf.Root.keys())
            assert len(pdf.attachments) == 0
            assert all("/Annots" not in page for page in pdf.pages)

    def test_a_right_to_left_practice_gets_its_page(self, printer: Printer) -> None:
        turned = replace(samples.couple(), lang="fa", dir="rtl", title="خلاصه‌ی جلسه")
        with pikepdf.open(BytesIO(printer.print(samples.page_of(turned)))) as pdf:
            assert str(pdf.Root.Lang) == "fa"
