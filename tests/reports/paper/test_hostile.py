"""Documents that try to reach out, to act or never to end, in every field and past every door."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from portal.exercises.form.shown import Shown
from portal.reports.fetching import RefusedError, ShelfFetcher, shelf
from portal.reports.paper import (
    CheckInPerson,
    CheckInRow,
    CrisisContact,
    Fact,
    FeedbackPiece,
    FigurePiece,
    Letterhead,
    LinesTable,
    PersonName,
    SignatureLine,
    Summary,
    Voice,
    WeekWords,
    WorkRow,
    passages,
)
from portal.reports.pdf import Press, refuse_strangers
from portal.reports.printer import Limits, Printer, PrintError, in_a_child
from portal.reports.reading_back import check_edition
from tests.reports.paper import samples
from tests.reports.paper.vectors import ACTING, BOMBS, FILES, NETWORK

REFUSALS = ("not on the shelf", "the lines and their tags do not match")
SECRET = "the-words-of-a-file-that-is-nobodys-business"


class Canary:
    """A listener on this machine that writes down whoever comes."""

    def __init__(self) -> None:
        heard: list[str] = []

        class Listener(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append(self.path)
                self.send_error(404)

            def log_message(self, *_words: object) -> None:
                return

        self.heard = heard
        self.server = HTTPServer(("127.0.0.1", 0), Listener)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    bird = Canary()
    thread = threading.Thread(target=bird.server.serve_forever)
    thread.start()
    yield bird
    bird.server.shutdown()
    thread.join()
    bird.server.server_close()
    assert bird.heard == []


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("private") / "secret.svg"
    file.write_text(SECRET)
    return file


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def aimed(vector: str, canary: Canary, secret: Path) -> str:
    return vector.replace("CANARY", canary.address).replace("SECRET", str(secret))


def everywhere(vectors: Iterable[str]) -> Summary:
    """A summary in which every field that anybody can write holds one of these."""
    words = cycle(vectors)
    shapes = (
        Shown("text", text=next(words)),
        Shown("line", text=next(words)),
        Shown("lines", lines=(next(words), next(words))),
        Shown("scale", text="7", low=next(words), high=next(words)),
        Shown("grid", columns=(next(words),), rows=((next(words), (next(words),)),)),
    )
    questions = [samples.asked(next(words), Voice(next(words), "a", shape)) for shape in shapes]
    piece = samples.piece(next(words), *questions, mark=next(words))
    return replace(
        samples.clinical(),
        title=next(words),
        practice=Letterhead(next(words), (next(words),)),
        reader=next(words),
        people=(PersonName(next(words), "a"),),
        facts=(Fact(next(words), next(words)),),
        shared_summary=next(words),
        agreed=(next(words),),
        progress_note=next(words),
        pieces=(piece,),
        feedback=(FeedbackPiece(next(words), next(words), next(words)),),
        work=(WorkRow(next(words), (next(words),)),),
        check_in=(CheckInRow(next(words), (next(words),)),),
        check_in_whole=(
            CheckInPerson(
                next(words),
                "a",
                (next(words),),
                (CheckInRow(next(words), (next(words),)),),
                (CheckInRow(next(words), (next(words),)),),
                (WeekWords(next(words), next(words)),),
                (LinesTable((next(words),), (CheckInRow(next(words), (next(words),)),)),),
            ),
        ),
        figures=(
            FigurePiece(
                next(words),
                next(words),
                "higher",
                (next(words),),
                (CheckInRow(next(words), (next(words),)),),
            ),
        ),
        signature=SignatureLine(next(words), next(words), next(words)),
        footer=next(words),
        crisis=(CrisisContact(next(words), next(words)),),
    )


def assert_inert(pdf: bytes, canary: Canary) -> None:
    with pikepdf.open(BytesIO(pdf)) as found:
        assert len(found.attachments) == 0
        assert all("/Annots" not in page for page in found.pages)
        whole = "".join(repr(thing) for thing in found.objects)
        assert str(found.docinfo["/Title"]) == "Session summary"
    assert "/JavaScript" not in whole
    assert "/URI" not in whole
    assert SECRET not in whole
    assert canary.heard == []


class TestInEveryField:
    def test_the_template_prints_them_as_words(
        self, printer: Printer, canary: Canary, secret: Path
    ) -> None:
        vectors = [aimed(v, canary, secret) for v in (*NETWORK, *FILES, *ACTING)]
        for turn in (0, len(vectors) // 2):
            summary = everywhere([*vectors[turn:], *vectors[:turn]])
            pdf = printer.print(samples.page_of(summary))
            assert_inert(pdf, canary)
            check_edition(pdf, passages(summary), [])

    @pytest.mark.long
    def test_each_of_them_in_each_field(
        self, printer: Printer, canary: Canary, secret: Path
    ) -> None:
        for vector in (*NETWORK, *FILES, *ACTING):
            summary = everywhere([aimed(vector, canary, secret)])
            pdf = printer.print(samples.page_of(summary))
            assert_inert(pdf, canary)
            check_edition(pdf, passages(summary), [])


class TestPastEscaping:
    @pytest.mark.parametrize("vector", [*NETWORK, *FILES, *ACTING])
    def test_our_press_refuses_what_is_not_of_the_template(
        self, printer: Printer, canary: Canary, secret: Path, vector: str
    ) -> None:
        page = samples.page_of(samples.couple())
        for hostile in (
            page.replace("<main>", f"<main>{aimed(vector, canary, secret)}"),
            page.replace("</head>", f"{aimed(vector, canary, secret)}</head>"),
        ):
            with pytest.raises(PrintError) as trouble:
                printer.print(hostile)
            assert trouble.value.reason == "refused"

    def test_markup_in_the_title_is_only_words(self, printer: Printer, canary: Canary) -> None:
        image = f'<img src="{canary.address}/t">'
        page = samples.SMALL.replace("<title>", f"<title>{image}")
        with pikepdf.open(BytesIO(printer.print(page))) as found:
            assert str(found.docinfo["/Title"]) == f"{image}Session summary"
        assert canary.heard == []

    def test_our_own_page_passes(self) -> None:
        refuse_strangers(HTML(string=samples.page_of(samples.clinical())).etree_element)


class TestPastTheStrangers:
    @pytest.mark.parametrize("vector", [*NETWORK, *FILES, *ACTING])
    def test_the_fetcher_alone_lets_nothing_through(
        self, press: Press, canary: Canary, secret: Path, vector: str
    ) -> None:
        words = f"<html lang=en><title>Session summary</title><body><h1>A</h1><p>b</p>{vector}"
        page = aimed(words, canary, secret)
        try:
            assert_inert(press.ink(HTML(string=page, url_fetcher=ShelfFetcher(shelf()))), canary)
        except (RefusedError, ValueError) as refusal:
            assert str(refusal) in REFUSALS  # noqa: PT017 - no document is as good an end
        assert canary.heard == []


class TestWithoutEnd:
    @pytest.mark.parametrize("bomb", BOMBS)
    def test_our_press_ends(self, printer: Printer, bomb: str) -> None:
        page = samples.page_of(samples.couple()).replace("<main>", f"<main>{bomb}")
        with pytest.raises(PrintError):
            printer.print(page)

    @pytest.mark.parametrize("bomb", BOMBS)
    def test_limits_alone_end_it(self, press: Press, bomb: str) -> None:
        page = f"<html lang=en><title>a</title><body><h1>A</h1>{bomb}"
        work = partial(lambda: press.ink(HTML(string=page, url_fetcher=ShelfFetcher({}))))
        ended = in_a_child(work, Limits(seconds=2, memory_bytes=256 << 20))
        assert ended[:1] in b"SBFD"
