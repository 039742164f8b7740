"""Reads a text table into cases, so that a rule can be read and signed by a counsellor."""

from collections.abc import Iterator


def cases(table: str) -> Iterator[tuple[str, str, str]]:
    """Row, column, cell: each cell of the table once."""
    head, *rows = [line for line in table.strip().splitlines() if line.strip()]
    columns = [cell.strip() for cell in head.split("|")][1:]
    for row in rows:
        name, *cells = (cell.strip() for cell in row.split("|"))
        assert len(cells) == len(columns), (
            f"{name} has {len(cells)} cells for {len(columns)} columns"
        )
        for column, cell in zip(columns, cells, strict=True):
            yield name, column, cell
