"""The catalogue is taken in whole and sound, or not at all."""

import random
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from portal.exercises.catalogue.faults import CatalogueError, Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.load import (
    faults_of,
    load_catalogue,
    load_sample,
    sample_faults_of,
)
from portal.exercises.catalogue.shelf import Catalogue
from tests.exercises.catalogue.breaking import Break

JUNK: list[Any] = [None, True, -1, 3.5, "", "x", [], ["x", 1], {}, {"x": 1}, [[]], [{}]]


@pytest.fixture
def folder(tmp_path: Path, data: Path) -> Path:
    return Path(shutil.copytree(data, tmp_path / "data"))


class TestLoadCatalogue:
    def test_the_core_shelf_comes_first(self) -> None:
        catalogue = load_catalogue()
        names = list(catalogue.exercises)
        assert len(names) == 45
        assert names[:30] == catalogue.common["core_shelf"]
        assert names[30:] == sorted(names[30:])
        assert len(catalogue.programmes) == 8

    def test_it_is_quick(self) -> None:
        begun = time.perf_counter()
        load_catalogue()
        assert time.perf_counter() - begun < 5

    def test_a_broken_file_refuses_the_whole(self, folder: Path) -> None:
        path = folder / "exercises" / "gentle-start.yaml"
        words = path.read_text(encoding="utf-8")
        path.write_text(words.replace("minutes: 20", "minutes: soon"), encoding="utf-8")
        with pytest.raises(CatalogueError) as refused:
            load_catalogue(folder)
        assert refused.value.faults == (
            Fault(2, "exercises/gentle-start.yaml", "minutes", "has an unknown value: 'soon'"),
        )
        assert str(refused.value) == (
            "exercises/gentle-start.yaml, minutes: has an unknown value: 'soon' (check 2)"
        )

    def test_all_faults_are_told_at_once(self, folder: Path) -> None:
        (folder / "trace.yaml").unlink()
        (folder / "exercises" / "my-part.yaml").write_text("a: [", encoding="utf-8")
        with pytest.raises(CatalogueError) as refused:
            load_catalogue(folder)
        assert {fault.file for fault in refused.value.faults} >= {
            "trace.yaml",
            "exercises/my-part.yaml",
        }


class TestLoadSample:
    def test_the_three_couples_are_there(self, data: Path, catalogue: Catalogue) -> None:
        assert sorted(load_sample(data, catalogue)) == [
            "demo-1-drifted-apart",
            "demo-2-after-betrayal",
            "demo-3-only-one-of-us",
        ]

    def test_a_broken_couple_refuses_all(self, folder: Path, catalogue: Catalogue) -> None:
        path = folder / "sample" / "demo-3-only-one-of-us.yaml"
        words = path.read_text(encoding="utf-8")
        path.write_text(words.replace("share: 2", "share: 12"), encoding="utf-8")
        with pytest.raises(CatalogueError, match=r"answers\.share: cannot be 12 \(check 27\)"):
            load_sample(folder, catalogue)


class TestJunk:
    """Whatever stands in a file, the checks answer with faults and do not fall over."""

    def test_in_the_catalogue(self, source: Source) -> None:
        dice = random.Random(7)
        for path in dice.choices(sorted(source.files), k=24):
            faults_of(spoil(source, path, dice))

    def test_in_a_sample(self, samples: Source, catalogue: Catalogue) -> None:
        dice = random.Random(8)
        for path in dice.choices(sorted(samples.files), k=16):
            alone = Source({path: samples.files[path]})
            sample_faults_of(spoil(alone, path, dice), catalogue)


def spoil(source: Source, path: str, dice: random.Random) -> Source:
    """One file with junk in one place."""

    def change(node: Any) -> None:
        while True:
            place = dice.choice(list(node) if isinstance(node, dict) else range(len(node)))
            if not node[place] or not isinstance(node[place], dict | list) or dice.random() < 0.2:
                node[place] = dice.choice([junk for junk in JUNK if junk != node[place]])
                return
            node = node[place]

    return Break(0, path, "junk", change).spoil(source)
