"""The catalogue as it lies on the shelf, and copies of it to break."""

from pathlib import Path

import pytest

from portal.exercises.catalogue.files import Source, read_samples, read_source
from portal.exercises.catalogue.load import DATA, catalogue_of
from portal.exercises.catalogue.shelf import Catalogue


@pytest.fixture(scope="session")
def data() -> Path:
    return DATA


@pytest.fixture(scope="session")
def source(data: Path) -> Source:
    return read_source(data)[0]


@pytest.fixture(scope="session")
def samples(data: Path) -> Source:
    return read_samples(data)[0]


@pytest.fixture(scope="session")
def catalogue(source: Source) -> Catalogue:
    return catalogue_of(source)
