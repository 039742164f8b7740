"""The command file itself: it lists what it can do, and a slip is told in one sentence."""

import re
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).parents[2] / "run"
COMMANDS = (
    *("help", "setup", "test", "check", "bench", "shots", "sample"),
    *("promises", "faults", "worker", "migrate", "doctor", "audit"),
)


def told(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([RUN, *words], capture_output=True, text=True, timeout=30, check=False)


class TestHelp:
    @pytest.mark.parametrize("asked", [("help",), ("--help",), ("-h",)])
    def test_has_a_line_for_every_command(self, asked: tuple[str]) -> None:
        listed = re.findall(r"^\./run (\w+) .*\w", told(*asked).stdout, re.MULTILINE)
        assert set(COMMANDS) <= set(listed)

    def test_lists_nothing_that_is_not_there(self) -> None:
        handled = RUN.read_text().partition("\ncase $command in")[2]
        for name in re.findall(r"^\./run (\w+)", told("help").stdout, re.MULTILINE):
            assert re.search(rf"[ |]{name}[|)]", handled), name


class TestSlips:
    @pytest.mark.parametrize(
        ("words", "named"),
        [
            (("strat",), "strat"),
            (("--prot", "9000"), "--prot"),
            (("start", "now"), "now"),
            (("--port",), "--port"),
        ],
    )
    def test_are_one_sentence_and_a_code(self, words: tuple[str, ...], named: str) -> None:
        done = told(*words)
        assert done.returncode != 0
        assert done.stdout == ""
        assert re.fullmatch(r"run: [^\n]+\.?\n", done.stderr)
        assert named in done.stderr


class TestLocks:
    def pins(self, name: str) -> set[str]:
        lock = (RUN.parent / "requirements" / f"{name}.txt").read_text()
        return set(re.findall(r"^([\w.-]+==[^ ;\\]+)", lock, re.MULTILINE))

    def test_the_tests_run_on_what_people_run(self) -> None:
        assert self.pins("run") <= self.pins("test")
        assert len(self.pins("run")) > 30

    @pytest.mark.parametrize("name", ["run", "test"])
    def test_name_no_host_and_hash_everything(self, name: str) -> None:
        lock = (RUN.parent / "requirements" / f"{name}.txt").read_text()
        assert "://" not in lock
        assert lock.count("--hash=sha256:") >= len(self.pins(name))
