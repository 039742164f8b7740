"""Printing what was ordered: looked at, printed in a forked child, read back, and only then kept.

What was looked at is looked at again in the transaction that keeps the paper: printing takes a second, and in
it a hold can begin, a piece can go to its real writer, or a yes can be withdrawn.
"""

from collections.abc import Callable
from uuid import UUID

from portal.foundation.errors import DomainError
from portal.jobs.worker import Turn
from portal.people.queries import viewer_for
from portal.reports import service
from portal.reports.models import SummaryDocument
from portal.reports.printer import Printer, PrintError
from portal.reports.reading_back import EditionRefused
from portal.visit import Visit
from portal.vocabulary import Role

GONE, CHANGED = "not_allowed", "changed"
TIMES = 3


class Overtaken(DomainError):  # noqa: N818 - an answer of the press
    """Something was written, opened or moved while the paper was in the press."""

    reason = CHANGED


def printing(draw: service.Draw, printer: Printer) -> Callable[[Turn, UUID], None]:
    """The handler that prints one ordered summary."""

    def print_once(turn: Turn, document_id: UUID) -> None:
        with turn.looking() as looking:
            ready = service.proof(_as_orderer(looking, document_id), document_id)
        paper = service.press(ready, draw, printer.print)
        with turn() as visit:
            here = _as_orderer(visit, document_id)
            if not service.is_still_so(here, document_id, ready):
                raise Overtaken(CHANGED)
            service.finish(here, document_id, paper)

    def print_summary(turn: Turn, document_id: UUID) -> None:
        for left in reversed(range(TIMES)):
            try:
                print_once(turn, document_id)
            except (EditionRefused, PrintError, DomainError) as problem:
                if isinstance(problem, Overtaken) and left:
                    continue  # printed afresh, as it is now
                fault = getattr(problem, "reason", GONE)
                refused = isinstance(problem, EditionRefused)
                with turn() as visit:
                    service.give_up(visit, document_id, str(fault), refused=refused)
            return

    return print_summary


def _as_orderer(visit: Visit, document_id: UUID) -> Visit:
    """The same visit with the eyes of whoever ordered it, if they may still look."""
    row = visit.db.get(SummaryDocument, document_id)
    if row is None:
        raise DomainError(GONE)
    viewer = viewer_for(visit.db, row.ordered_by_id, None, Role.COUNSELLOR, visit.now)
    if viewer is None:
        raise DomainError(GONE)
    return visit.as_viewer(viewer)
