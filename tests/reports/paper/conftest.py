"""One warm press for all the tests of paper."""

from collections.abc import Iterator

import pytest

from portal.reports.printer import Printer
from tests.reports.paper import samples


@pytest.fixture(scope="session")
def printer() -> Iterator[Printer]:
    with Printer() as warm:
        yield warm


@pytest.fixture(scope="session")
def editions(printer: Printer) -> dict[str, bytes]:
    return {name: printer.print(samples.page_of(make())) for name, make in samples.EDITIONS.items()}


@pytest.fixture(scope="session")
def clinical_pdf(editions: dict[str, bytes]) -> bytes:
    return editions["clinical"]
