"""Every small slip in the rules of sight, one at a time: which of them do the tables notice?

`python -m tests.tools.mutants` changes one operator, word or constant of `portal/policies/` at a
time, in memory, and asks `tests/policies`. What no test notices must stand in the register
`tests/policies/equal_slips.py`, with the reason why it changes nothing.
"""

import ast
import copy
import importlib.util
import os
import sys
import time
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from tests.policies.equal_slips import EQUAL

HERE = Path(__file__).parent.parent.parent
POLICIES = HERE / "portal" / "policies"
UNNOTICED = 0
ASK = ("tests/policies", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header")


@dataclass(frozen=True)
class Slip:
    """One change: in which module, where, and what stands there instead."""

    module: str
    line: int
    says: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """How the register calls it: without its line, which moves."""
        return f"{self.module}: {self.says}"


def slips() -> list[Slip]:
    """Every slip of every module of the policies, in order."""
    found = []
    for path in sorted(POLICIES.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        frozen = {
            inner
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            for decorator in node.decorator_list
            for inner in ast.walk(decorator)
        }
        for number, node in enumerate(ast.walk(tree)):
            if node in frozen:  # that facts cannot be changed decides nothing
                continue
            for says, change in _changes(node):
                found.append(_slip(path.stem, tree, number, says, change))
    return found


Change = tuple[str, ast.AST]
COMPARES: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
SWAPS = {"all": "any", "any": "all"}


def _changes(node: ast.AST) -> Iterator[Change]:
    """What this one piece of a rule could have been by a slip."""
    for change in (_of_words, _of_questions, _of_branches, _of_deeds):
        yield from change(node)


def _of_questions(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for other in COMPARES.get(type(node.ops[0]), ()):
            yield _with(node, ops=[other(), *node.ops[1:]])
    if isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for left_out in range(len(node.values)):
            rest = [value for number, value in enumerate(node.values) if number != left_out]
            yield _with(node, values=rest)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield ast.unparse(node) + " -> without not", node.operand


def _of_words(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield _with(node, value=not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield _with(node, value=node.value + 1)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SWAPS:
        yield _with(node, func=ast.Name(SWAPS[node.func.id], ast.Load()))
    if isinstance(node, ast.Attribute) and node.attr.isupper():
        yield from _other_members(node)


def _of_branches(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.If | ast.IfExp):
        yield f"if {ast.unparse(node.test)} -> always", _but(node, test=ast.Constant(value=True))
        yield f"if {ast.unparse(node.test)} -> never", _but(node, test=ast.Constant(value=False))
    if isinstance(node, ast.IfExp):
        yield _with(node, body=node.orelse, orelse=node.body)


def _of_deeds(node: ast.AST) -> Iterator[Change]:
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if isinstance(node, ast.AugAssign) or is_call:
        yield ast.unparse(node) + " -> left out", ast.Pass()


MEMBERS = {
    "Role": ("COUNSELLOR", "SUPERVISOR", "PARTNER", "OWNER"),
    "Sight": ("NOTHING", "EXISTENCE", "WORDS"),
    "Audience": ("COUNSELLOR", "AFTER_BOTH", "AT_ONCE", "ON_RELEASE"),
}


def _other_members(node: ast.Attribute) -> Iterator[Change]:
    of = node.value.id if isinstance(node.value, ast.Name) else ""
    for member in MEMBERS.get(of, ()):
        if member != node.attr:
            yield _with(node, attr=member)


def _with(node: ast.AST, **parts: object) -> Change:
    changed = _but(node, **parts)
    return f"{ast.unparse(node)} -> {ast.unparse(changed)}", changed


def _but(node: ast.AST, **parts: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in parts.items():
        setattr(changed, name, value)
    return changed


def _slip(module: str, tree: ast.Module, number: int, says: str, change: ast.AST) -> Slip:
    whole = copy.deepcopy(tree)
    here = list(ast.walk(whole))[number]
    if isinstance(change, ast.expr | ast.stmt):
        ast.copy_location(change, here)

    class Put(ast.NodeTransformer):
        """Puts the change where the piece stood."""

        def visit(self, node: ast.AST) -> ast.AST:
            return change if node is here else super().visit(node)

    Put().visit(whole)
    put = ast.fix_missing_locations(whole)
    inside = _function_of(tree, getattr(here, "lineno", 0))
    return Slip(module, getattr(here, "lineno", 0), f"{inside}: {says}", put)


def _function_of(tree: ast.Module, line: int) -> str:
    """The innermost function or class in which a line stands."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    around = [n for n in ast.walk(tree) if isinstance(n, kinds) and n.lineno <= line <= _end(n)]
    return max(around, key=lambda n: n.lineno).name if around else "at the top"


def _end(node: ast.AST) -> int:
    return int(getattr(node, "end_lineno", 0) or 0)


class _Slipped:
    """Gives one module of the policies with its slip, to whoever imports it."""

    def __init__(self, slip: Slip) -> None:
        self.slip, self.name = slip, f"portal.policies.{slip.module}"

    def find_spec(self, name: str, _path: object, _target: object = None) -> object:
        """Found here only where it is the module with the slip."""
        return importlib.util.spec_from_loader(name, self) if name == self.name else None  # type: ignore[arg-type]

    def create_module(self, _spec: object) -> None:
        """An ordinary module will do."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the rules with the slip in them."""
        exec(
            compile(self.slip.tree, str(POLICIES / f"{self.slip.module}.py"), "exec"), vars(module)
        )


Asked = tuple[Slip | None, int]


def asked(wanted: Sequence[Slip | None], at_once: int = 1) -> Iterator[Asked]:
    """Ask the tables about each slip, so many at once; gives each with how pytest ended."""
    under_way: dict[int, Slip | None] = {}
    for slip in wanted:
        if len(under_way) == at_once:
            yield _ended(under_way)
        under_way[_asking(slip)] = slip
    while under_way:
        yield _ended(under_way)


def _ended(under_way: dict[int, Slip | None]) -> Asked:
    child, status = os.wait()
    return under_way.pop(child), os.waitstatus_to_exitcode(status)


def _asking(slip: Slip | None) -> int:
    """A child of this process that asks the tables with this slip."""
    child = os.fork()
    if child == 0:
        with Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        for name in [n for n in sys.modules if n.startswith(("portal.", "tests.policies"))]:
            del sys.modules[name]
        if slip is not None:
            sys.meta_path.insert(0, _Slipped(slip))  # type: ignore[arg-type]
        os._exit(int(pytest.main([*ASK, f"--confcutdir={HERE / 'tests' / 'policies'}"])))
    return child


@click.command()
@click.option("--only", default="", help="Only slips with this in their name.")
@click.option("--at-once", default=os.cpu_count() or 1, help="How many are asked about at once.")
def mutants(only: str, at_once: int) -> None:
    """Plant every slip alone; one that no test notices and nobody argued for fails."""
    os.chdir(HERE)
    began = time.monotonic()
    if list(asked([None])) != [(None, 0)]:
        sys.exit("run: tests/policies fails without any slip; mend that first.")
    wanted = [slip for slip in slips() if only in slip.name]
    unnoticed = []
    for slip, end in asked(wanted, at_once):
        if slip is not None and end == UNNOTICED:
            unnoticed.append(slip)
            click.echo(f"--  portal/policies/{slip.module}.py:{slip.line}  {slip.name}")
    unargued = [slip for slip in unnoticed if slip.name not in EQUAL]
    for slip in unargued:
        click.echo(f"NO  portal/policies/{slip.module}.py:{slip.line}  {slip.name}")
    argued = len(unnoticed) - len(unargued)
    noticed = len(wanted) - len(unnoticed)
    click.echo(
        f"{len(wanted)} slips: {noticed} noticed, {argued} argued to change nothing, "
        f"{len(unargued)} neither ({time.monotonic() - began:.0f} s)"
    )
    if unargued:
        sys.exit(1)


if __name__ == "__main__":
    mutants()
