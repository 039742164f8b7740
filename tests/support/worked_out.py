"""What the libraries work out once for a whole life, known to every database and portal of the tests.

A test has databases and a portal of its own, and each of them would work out every statement and every
address afresh: half of what the tests used to take. The portal itself lives long and needs none of this.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

MANY = 4000


def share_what_is_known() -> None:
    """Let the tests of this process work things out once, or not before they are asked."""
    _share_statements()
    Flask.url_rule_class = Unhurried


class Unhurried(Rule):
    """An address that learns to be written out when it first has to be."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:  # noqa: FBT001, FBT002 - the interface is Werkzeug's
        learn = super()._compile_builder
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, **values: Any) -> Any:
            made = learn(append_unknown).__get__(rule, None)
            setattr(rule, name, made)
            return made(**values)

        return build


def _share_statements() -> None:
    """From here on every engine of one kind has the statements of all, and the dialect of the first that was reached.

    A dialect learns its server's version with its first connection; one that never had any knows nothing.
    """
    make = sa.create_engine
    dialects: dict[str, sa.Dialect] = {}
    statements: LRUCache[Any, Any] = LRUCache(MANY)

    def make_knowing(*given: Any, **settings: Any) -> sa.Engine:
        engine = make(*given, **settings)
        name, own = engine.dialect.name, engine.dialect
        engine.dialect = dialects.get(name, own)
        engine._compiled_cache = statements
        if engine.dialect is own:
            sa.event.listen(engine, "connect", lambda *_: dialects.setdefault(name, own))
        return engine

    sa.create_engine = make_knowing
