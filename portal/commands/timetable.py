"""Which room does which kind of owed work, and what comes round by the clock."""

from datetime import timedelta

from config import Config
from portal.care.jobs import lapse_clear
from portal.desk.letters.jobs import remind, sending
from portal.jobs.kinds import JobKind
from portal.jobs.worker import Handler, Regular
from portal.notices.courier import Post
from portal.reports.drawing import draw
from portal.reports.jobs import printing
from portal.reports.printer import Printer

TIMETABLE: tuple[Regular, ...] = (
    Regular(JobKind.REMIND.value, timedelta(hours=1)),
    Regular(JobKind.LAPSE_CLEAR.value, timedelta(hours=1)),
)


def handlers(printer: Printer, config: Config) -> dict[str, Handler]:
    """Every kind of owed work, with whoever does it."""
    return {
        JobKind.PRINT_SUMMARY.value: printing(draw, printer),
        JobKind.SEND_MAIL.value: sending(Post.of(config)),
        JobKind.REMIND.value: remind,
        JobKind.LAPSE_CLEAR.value: lapse_clear,
    }
