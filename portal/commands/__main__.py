"""The sub-commands of ./run; each slip becomes one sentence on stderr, and an exit code."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from config import ConfigError
from portal.commands import check as checks
from portal.commands import doctor as doctors
from portal.commands import start as starting
from portal.commands.home import Home, TroubleError, migrate_to_head
from portal.web.fonts import cut_fonts

TOOLS = {
    "bench": "tests.tools.bench",
    "shots": "tests.tools.shots",
    "promises": "tests.tools.promises",
    "faults": "tests.tools.faults",
    "sample": "portal.commands.sample",
    "worker": "portal.commands.worker",
    "audit": "pip_audit",
}
BEFORE: dict[str, Sequence[str]] = {"audit": ("--strict", "-r", "requirements/run.txt")}
PASS_ON = {"ignore_unknown_options": True, "help_option_names": []}


@click.group()
def run() -> None:
    """Everything that ./run hands on to Python."""


@run.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@click.option("--data", type=click.Path(path_type=Path))
def start(host: str, port: int, data: Path | None) -> None:
    """Start the portal and its worker, and say where to look."""
    sys.exit(starting.start(data, host, port))


@run.command()
def setup() -> None:
    """Cut the fonts once; the rest of the set-up is done before Python is asked."""
    cut_fonts(Home.here().config.fonts_dir)


@run.command()
def migrate() -> None:
    """Bring the database to the newest form."""
    home = Home.here()
    home.prepare()
    migrate_to_head(home)


@run.command()
def doctor() -> None:
    """Look whether this install is well."""
    sys.exit(doctors.examine(Home.here()))


@run.command()
def check() -> None:
    """Look whether the code keeps the rules of the house."""
    sys.exit(checks.check())


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _hand_on(name: str, module: str) -> None:
    @run.command(name, context_settings=PASS_ON)
    @click.argument("args", nargs=-1, type=click.UNPROCESSED)
    def _tool(args: tuple[str, ...]) -> None:
        if not _is_there(module):
            raise TroubleError(f"./run {name} needs the Python package {module}, which is missing.")
        # The tool takes this process's place, so that a signal reaches it and nothing else.
        words = [sys.executable, "-m", module, *BEFORE.get(name, ()), *args]
        os.execv(sys.executable, words)  # noqa: S606 - our own words


for _name, _module in TOOLS.items():
    _hand_on(_name, _module)


def main() -> None:
    """Do what was asked; whatever hinders is told in one sentence."""
    try:
        run.main(standalone_mode=False)
    except click.ClickException as problem:
        sys.exit(f"run: {problem.format_message()}")
    except (ConfigError, TroubleError) as problem:
        sys.exit(f"run: {problem}")
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)


if __name__ == "__main__":
    main()
