"""Which room does which kind of owed work, and what comes round by the clock."""

from portal.jobs.worker import Handler, Regular

HANDLERS: dict[str, Handler] = {}

TIMETABLE: tuple[Regular, ...] = ()
