"""./run faults: faults planted on purpose in a copy of the tree, and whether the tests notice."""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from tests.tools.faults_of_consents import CONSENT_FAULTS
from tests.tools.faults_of_decisions import DECISION_FAULTS
from tests.tools.faults_of_lines import LINE_FAULTS
from tests.tools.faults_of_old_pages import OLD_PAGES_FAULTS
from tests.tools.faults_of_pages import PAGE_FAULTS
from tests.tools.faults_of_papers import PAPER_FAULTS
from tests.tools.faults_of_records import RECORDS_FAULTS
from tests.tools.faults_of_sheets import SHEET_FAULTS
from tests.tools.faults_of_sight import SIGHT_FAULTS
from tests.tools.faults_of_unsent import UNSENT_FAULTS
from tests.tools.planting import Fault

HERE = Path(__file__).parent.parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".deps", "var", "build", "__pycache__")
LONG_AGO = 1_000_000_000
SIGHT, DEEDS = "portal/policies/sight.py", "portal/policies/deeds.py"
OPENINGS, GATES = "portal/policies/openings.py", "portal/policies/gates.py"


RULES = (
    Fault("a draft is read", SIGHT, "if unsent and not answer.sent", "if unsent and answer.sent"),
    Fault("the fence is open", SIGHT, "return couple_id in viewer.couples", "return True"),
    Fault("the box is shown again", SIGHT, "answer.write_once and answer.sent", "answer.sent"),
    Fault("the other reads what is closed", SIGHT, "shareable and answer.is_open", "shareable"),
    Fault(
        "a latecomer reads what was before", SIGHT, "dated_at < joined_at", "dated_at > joined_at"
    ),
    Fault("a draft of feedback is shown", SIGHT, "or not piece.released", ""),
    Fault(
        "everybody adds couples", DEEDS, "viewer.role is Role.COUNSELLOR and viewer.p", "viewer.p"
    ),
    Fault("a supervisor cares", DEEDS, "viewer.role is Role.COUNSELLOR and may", "may"),
    Fault("nobody needs to be asked", DEEDS, " and is_recipient", ""),
    Fault("any partner's edition", DEEDS, "reader_id == viewer.person_id", "reader_id is not None"),
    Fault("one yes is enough", OPENINGS, "all(half.says_yes", "any(half.says_yes"),
    Fault("a hold is ignored", OPENINGS, "    if facts.held:", "    if False:"),
    Fault("one half is enough", OPENINGS, "len(self.halves) == 2 and all", "any"),
    Fault("a missing answer opens", OPENINGS, "        return True\n", "        return False\n"),
    Fault("opens without clear", OPENINGS, "if not facts.is_clear", "if facts.is_clear is None"),
    Fault("no contact opens", GATES, "together = not apart and", "together ="),
    Fault("a pause is ignored", GATES, "is JointWork.PAUSED", "is JointWork.CLEAR is None"),
    Fault(
        "the writer widens",
        "portal/policies/audiences.py",
        "chosen if chosen in allowed else allowed[0]",
        "chosen or allowed[0]",
    ),
    Fault(
        "an edition without having been there",
        "portal/policies/editions.py",
        " and person_id in attended",
        "",
    ),
    Fault(
        "a page without a door",
        "portal/desk/routes.py",
        '@pages.get("/desk/week")\n@allow(Role.PARTNER)\n',
        '@pages.get("/desk/week")\n',
        "tests/house/test_pages.py",
    ),
    Fault(
        "a shortcut to the words",
        "portal/review/service.py",
        "from portal.vocabulary import",
        "from portal.reflections.models import Answer as Answer\nfrom portal.vocabulary import",
        "tests/house/test_directions.py",
    ),
    Fault(
        "a template vouches",
        "templates/reflections/sent.html",
        "<h1",
        "{{ _('x') | safe }}<h1",
        "tests/house/test_templates.py::test_a_template_vouches_for_nothing",
    ),
)

FAULTS = (
    *(*RULES, *SIGHT_FAULTS, *DECISION_FAULTS, *SHEET_FAULTS),
    *(*PAPER_FAULTS, *RECORDS_FAULTS, *PAGE_FAULTS, *LINE_FAULTS, *OLD_PAGES_FAULTS),
    *(*CONSENT_FAULTS, *UNSENT_FAULTS),
)


@click.command()
@click.option("--only", default="", help="Only the faults with this in their sentence.")
@click.option("--at-once", default=os.cpu_count() or 1, help="How many copies of the tree.")
def faults(only: str, at_once: int) -> None:
    """Plant each fault alone; one that no test notices is named, and fails."""
    wanted = [fault for fault in FAULTS if only in fault.says]
    if not wanted:
        sys.exit(f"run: no planted fault has {only!r} in its sentence.")
    with tempfile.TemporaryDirectory(prefix="weft-faults-") as name:
        copies: queue.Queue[Copy] = queue.Queue()
        for number in range(at_once):
            copies.put(Copy.of(HERE, Path(name) / f"tree-{number}"))
        with ThreadPoolExecutor(at_once) as hands:
            whole = hands.map(partial(_pass_in_one, copies), sorted({f.tests for f in wanted}))
            for tests, passed in whole:
                if not passed:
                    sys.exit(f"run: {tests} fails without any fault; mend that first.")
            unseen = []
            for fault, noticed in hands.map(partial(_notice_in_one, copies), wanted):
                click.echo(f"{'ok' if noticed else 'NO'}  {fault.says}")
                unseen += [] if noticed else [fault.says]
    click.echo(f"{len(wanted) - len(unseen)} of {len(wanted)} planted faults were noticed")
    if unseen:
        sys.exit(1)


@dataclass
class Copy:
    """A copy of the tree in which one fault stands at a time."""

    place: Path
    changes: int = 0

    @classmethod
    def of(cls, tree: Path, place: Path) -> "Copy":
        """The same tree, at this place."""
        shutil.copytree(tree, place, ignore=LEFT_OUT)
        return cls(place)

    def notices(self, fault: Fault) -> bool:
        """Whether the tests of this fault fail while it stands here."""
        file = self.place / fault.file
        text = file.read_text(encoding="utf-8")
        if fault.right not in text:
            sys.exit(f"run: there is no {fault.right!r} in {fault.file} any more.")
        self._write(file, text.replace(fault.right, fault.wrong, 1))
        passed = self.passes(fault.tests)
        self._write(file, text)
        return not passed

    def passes(self, tests: str) -> bool:
        """Whether these tests pass as the copy stands."""
        words = [sys.executable, "-m", "pytest", *tests.split(), "-x"]
        words += [] if "-m" in tests.split() else ["-m", "not long"]
        done = subprocess.run(words, cwd=self.place, capture_output=True, check=False)
        return done.returncode == 0

    def _write(self, file: Path, text: str) -> None:
        """Each state of a file has a second of its own, so that nothing compiled before is taken for it."""
        file.write_text(text, encoding="utf-8")
        self.changes += 1
        os.utime(file, (LONG_AGO + self.changes,) * 2)


def _pass_in_one(copies: "queue.Queue[Copy]", tests: str) -> tuple[str, bool]:
    with _one_of(copies) as copy:
        return tests, copy.passes(tests)


def _notice_in_one(copies: "queue.Queue[Copy]", fault: Fault) -> tuple[Fault, bool]:
    with _one_of(copies) as copy:
        return fault, copy.notices(fault)


@contextmanager
def _one_of(copies: "queue.Queue[Copy]") -> Iterator[Copy]:
    """A copy for oneself, and back to the others afterwards."""
    copy = copies.get()
    try:
        yield copy
    finally:
        copies.put(copy)


if __name__ == "__main__":
    faults()
