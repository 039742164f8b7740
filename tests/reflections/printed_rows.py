"""Rows as they are laid out for paper: drawn by the paper's own templates and read out of the page again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from bs4 import BeautifulSoup

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import DailyEntryField
from portal.exercises.form.shown import shown
from portal.exercises.form.values import People, Row
from portal.reports.drawing import environment
from portal.reports.paper import Letterhead, Piece, Question, Summary, Voice
from tests.journeys.expecting import cells_of

FIRST = date(2026, 3, 2)
PAPER = Summary(
    edition="clinical",
    title="Session summary",
    practice=Letterhead("Quiet Harbour"),
    reader="Counsellor’s copy",
    people=(),
    number=1,
    made_at=datetime(2026, 3, 27, tzinfo=UTC),
)
DRAWING: Any = environment("en").get_template("reports/pdf/_pieces.html").module


def laid_out(field: Field, rows: Sequence[Row]) -> list[list[str]]:
    """Every cell of the table on the page, row by row; a first cell that names no row is empty."""
    voice = Voice("Ann", "a", shown(field, tuple(rows), People("Ann", "Ben"), "en", FIRST))
    piece = Piece("Rows", "mark", 1, 1, 1, (Question(field.label, (voice,)),))
    page = BeautifulSoup(str(DRAWING.one_piece(PAPER, piece)), "html.parser")
    found = []
    for line in page.select("tbody tr"):
        label = line.find("th")
        cells = [cell.get_text() for cell in line.find_all("td")]
        found.append([label.get_text() if label else "", *cells])
    return found


def wanted(field: Field, rows: Sequence[Row]) -> list[list[str]]:
    """What must stand there: the rows in the order in which they were kept, a diary's by their days."""
    ordered = list(rows)
    if isinstance(field, DailyEntryField):
        ordered.sort(key=lambda row: row.day or 0)
    return cells_of(field, tuple(ordered), FIRST)
