"""./run promises: a line for each promise, from what the tests wrote down and from nothing else."""

import subprocess
import sys

import click

from tests.support.promises import PARTS, line_for

LONG = (
    *("-m", "pytest", "-p", "tests.support.long_run", "-m", "long", "tests"),
    *("-n", "2", "--dist", "worksteal", "-vv", "--durations=40"),
)
NOTHING_LEFT = 5  # pytest's answer where everything had passed before
MUST_BE_KEPT = (
    *("P1", "P2", "P3", "P5", "P6", "P11", "P12", "P17", "P19", "P20"),
    *("P21", "P23", "P24", "P25", "P26", "P37", "P41"),
)


@click.command()
@click.option(
    "--long", "takes_long", is_flag=True, help="Run the long forms first; begun, it goes on."
)
def promises(*, takes_long: bool) -> None:
    """Print every line; fail where one that is claimed is not shown by this tree's tests."""
    failed = subprocess.run([sys.executable, *LONG], check=False).returncode if takes_long else 0
    sys.exit(main() or (failed if failed != NOTHING_LEFT else 0))


def main() -> int:
    """Say of each promise what this tree's tests have shown; gives 1 where a claim is not shown."""
    lines = {promise: line_for(promise) for promise in PARTS}
    print("\n".join(lines.values()))  # noqa: T201 - this is the command's answer
    broken = [promise for promise in MUST_BE_KEPT if " kept " not in lines[promise]]
    if broken:
        print(f"Not shown by this tree's tests: {', '.join(broken)}", file=sys.stderr)  # noqa: T201 - said to whoever ran it
    return 1 if broken else 0


if __name__ == "__main__":
    promises()
