"""Which room does which kind of owed work, and what comes round by the clock."""

from portal.jobs.worker import Handler, Regular
from portal.reports.drawing import draw
from portal.reports.jobs import printing
from portal.reports.printer import Printer
from portal.vocabulary import JobKind

TIMETABLE: tuple[Regular, ...] = ()


def handlers(printer: Printer) -> dict[str, Handler]:
    """Every kind of owed work, with whoever does it."""
    return {JobKind.PRINT_SUMMARY.value: printing(draw, printer)}
