"""P12: words that try to reach out, read a file, act or never end do none of it on paper."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from portal.reports.fetching import ShelfFetcher, shelf
from portal.reports.paper import passages
from portal.reports.pdf import Press
from portal.reports.printer import Limits, Printer, PrintError, in_a_child
from portal.reports.reading_back import check_edition
from tests.reports.paper import samples
from tests.reports.paper.test_hostile import Canary, aimed, everywhere
from tests.reports.paper.vectors import ACTING, BOMBS, FILES, NETWORK
from tests.support.promises import keep

SECRET = "the-words-of-a-file-that-is-nobodys-business"
AT_ONCE = 9  # so many in every field of one document stay below what one document may hold
END = 15
NEUTRAL = {"/Title", "/Producer", "/CreationDate", "/ModDate", "/Creator", "/Trapped"}


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as warm:
        yield warm


@pytest.fixture
def canary() -> Iterator[Canary]:
    bird = Canary()
    thread = threading.Thread(target=bird.server.serve_forever)
    thread.start()
    yield bird
    bird.server.shutdown()
    thread.join()
    bird.server.server_close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.svg"
    file.write_text(SECRET)
    return file


def lively(pdf: bytes) -> list[str]:
    """What in a paper could act, lead somewhere, or tell more than it says."""
    with pikepdf.open(BytesIO(pdf)) as found:
        whole = "".join(repr(thing) for thing in found.objects)
        faults = [f"{len(found.attachments)} attachments"] if len(found.attachments) else []
        faults += ["a note on a page"] if any("/Annots" in page for page in found.pages) else []
        faults += [str(key) for key in found.docinfo if key not in NEUTRAL]
        title = str(found.docinfo.get("/Title", ""))
    faults += [] if title == "Session summary" else [f"title {title!r}"]
    active = ("/JavaScript", "/JS", "/URI", "/Launch", "/OpenAction", "/EmbeddedFile", "/AA")
    faults += [name for name in active if f"'{name}'" in whole or f'"{name}"' in whole]
    faults += [SECRET] if SECRET in whole else []
    return faults


@pytest.mark.heavy
def test_every_vector_in_every_field_is_printed_as_words(
    printer: Printer, canary: Canary, secret: Path
) -> None:
    vectors = [aimed(vector, canary, secret) for vector in (*NETWORK, *FILES, *ACTING)]
    assert len(NETWORK) >= 27
    assert len(FILES) >= 14
    for first in range(0, len(vectors), AT_ONCE):
        summary = everywhere([" ".join(vectors[first : first + AT_ONCE])])
        pdf = printer.print(samples.page_of(summary))
        assert lively(pdf) == []
    check_edition(pdf, passages(summary), [])  # and the words are all there
    assert canary.heard == []
    says = f"{len(NETWORK)} network and {len(FILES)} file vectors in every field, 0 requests"
    keep("P12", "vectors", says)


def test_no_document_goes_on_for_ever(printer: Printer) -> None:
    assert Limits().seconds <= END
    press = Press()
    slowest = 0.0
    for bomb in BOMBS:
        page = f"<html lang=en><title>a</title><body><h1>A</h1>{bomb}"
        work = partial(_ink, press, page)
        began = time.monotonic()
        ended = in_a_child(work, Limits(seconds=3, memory_bytes=512 << 20))
        slowest = max(slowest, time.monotonic() - began)
        assert ended[:1] in b"SBFD"
        with pytest.raises(PrintError):
            printer.print(samples.page_of(samples.couple()).replace("<main>", f"<main>{bomb}"))
    assert slowest < END
    keep("P12", "ends", f"{len(BOMBS)} of {len(BOMBS)} bombs ended")


def _ink(press: Press, page: str) -> bytes:
    ink: bytes = press.ink(HTML(string=page, url_fetcher=ShelfFetcher(shelf())))
    return ink


class TestControls:
    """What an ordinary press does with the same words."""

    @pytest.mark.parametrize(
        ("page", "fault"),
        [
            ('<a href="https://elsewhere.example">x</a>', "a note on a page"),
            ('<a href="javascript:alert(1)">x</a>', "a note on a page"),
            ('<link rel="attachment" href="data:text/plain,words">', "1 attachments"),
            ('<meta name="author" content="Somebody">', "/Author"),
            ("<title>Ann and Ben</title>", "title 'Ann and Ben'"),
        ],
    )
    def test_a_lively_paper_is_noticed(self, page: str, fault: str) -> None:
        pdf = HTML(string=f"<html lang=en><title>Session summary</title>{page}<p>a").write_pdf()
        title = HTML(string=f"<html lang=en>{page}<p>a").write_pdf()
        assert fault in (*lively(pdf), *lively(title))

    def test_a_press_without_a_shelf_asks_the_canary(self, canary: Canary) -> None:
        HTML(string=f'<p>a<img src="{canary.address}/heard">').write_pdf()
        assert canary.heard == ["/heard"]
