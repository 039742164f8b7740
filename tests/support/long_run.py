"""The long run takes hours: what passed on this very tree is not run again where it was interrupted."""

from pathlib import Path

import pytest

from tests.support.promises import RESULTS, tree


class LongRun:
    """What passed is written down as it passes, and left out of the next run of the same tree."""

    def __init__(self, path: Path, *, writes: bool = True) -> None:
        self.path, self.writes = path, writes

    def passed(self) -> frozenset[str]:
        """The tests that have passed on this tree."""
        known = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        return frozenset(known.splitlines())

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what has passed."""
        passed = self.passed()
        known = [item for item in items if item.nodeid in passed]
        items[:] = [item for item in items if item.nodeid not in passed]
        config.hook.pytest_deselected(items=known)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write down what has just passed, one line each."""
        if self.writes and report.when == "call" and report.passed:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as known:
                known.write(f"{report.nodeid}\n")


def pytest_configure(config: pytest.Config) -> None:
    """Where several workers share the run, the one that hands out the tests writes."""
    path = RESULTS / f"long-{tree()[:16]}.txt"
    writes = not hasattr(config, "workerinput")
    config.pluginmanager.register(LongRun(path, writes=writes), "what passed of the long run")
