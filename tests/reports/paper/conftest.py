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
def clinical_pdf(printer: Printer) -> bytes:
    return printer.print(samples.page_of(samples.clinical()))
