"""One post office for a whole file, emptied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.post import Mailroom, PostOffice, a_post_office, post_to
from tests.support.world import World


@pytest.fixture(scope="module")
def one_office() -> Iterator[PostOffice]:
    with a_post_office() as office:
        yield office


@pytest.fixture
def office(one_office: PostOffice) -> PostOffice:
    one_office.well()
    return one_office


@pytest.fixture
def mailroom(world: World, tmp_path: Path, office: PostOffice) -> Iterator[Mailroom]:
    room = Mailroom(world, tmp_path, post_to(office.port))
    yield room
    room.close()
