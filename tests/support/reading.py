"""One reading of a page that gives both its tree and all that a browser had to forgive in it."""

import html5lib
from bs4 import BeautifulSoup
from bs4.builder._html5lib import HTML5TreeBuilder


class Noting(HTML5TreeBuilder):
    """Builds the tree as Beautiful Soup does, and keeps what the parser had to forgive."""

    faults: list[str]

    def feed(self, markup: str | bytes) -> None:
        """Read the page once."""
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup)
        self.underlying_builder.parser = None
        self.faults = [f"{code} at {where}" for where, code, _details in parser.errors]


def read_strictly(text: str) -> tuple[BeautifulSoup, list[str]]:
    """The tree of a page, and the parser's faults; a strict page has none."""
    builder = Noting()
    return BeautifulSoup(text, builder=builder), builder.faults
