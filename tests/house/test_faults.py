"""Every planted fault still fits the file it is planted in, and names tests that there are."""

from tests.house.tree import HERE
from tests.tools.faults import FAULTS


def test_every_fault_can_be_planted() -> None:
    wrong = [f.says for f in FAULTS if f.right not in (HERE / f.file).read_text(encoding="utf-8")]
    assert wrong == []


def test_every_fault_says_who_should_notice() -> None:
    assert not [f.says for f in FAULTS if not (HERE / f.tests.split()[0].split("::")[0]).exists()]


def test_there_are_enough_faults_and_each_is_its_own() -> None:
    assert len({f.says for f in FAULTS}) == len(FAULTS) >= 40
    assert not [f.says for f in FAULTS if f.right == f.wrong]
