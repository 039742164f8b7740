"""The rules of the house, in rising order of what it costs to look."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence

import click

TEMPLATES = "templates"
STEPS: tuple[tuple[str, Sequence[str]], ...] = (
    ("lint", ("ruff", "check", ".")),
    ("form", ("ruff", "format", "--check", ".")),
    ("templates", ("djlint", TEMPLATES, "--lint", "--quiet")),
    ("types", ("mypy",)),
)
# import-linter has no module to run, only its command.
DIRECTIONS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
MIGRATIONS = (
    "import alembic.command as c; from portal.commands.home import alembic_config as a; "
    "c.upgrade(a(), 'head'); c.check(a())"
)


def check() -> int:
    """Run every step, show what failed, and say at the end how many did."""
    failed = [name for name, words in STEPS if not _passes(name, ("-m", *words))]
    if not _passes("directions", ("-c", DIRECTIONS)):
        failed.append("directions")
    with tempfile.TemporaryDirectory() as folder:
        if not _passes("migrations", ("-c", MIGRATIONS), {"WEFT_DATA_DIR": folder}):
            failed.append("migrations")
    if failed:
        click.echo(f"run: not well: {', '.join(failed)}.", err=True)
    return 1 if failed else 0


def _passes(name: str, words: Sequence[str], environ: Mapping[str, str] | None = None) -> bool:
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *words],
        env=os.environ | dict(environ or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    mark = "ok" if done.returncode == 0 else "NO"
    click.echo(f"{mark}  {name}  ({time.monotonic() - began:.1f} s)")
    if done.returncode:
        click.echo(done.stdout + done.stderr)
    return done.returncode == 0
