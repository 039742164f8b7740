"""./run sample: the three invented couples, and every edition of their latest summaries as PDFs."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

import alembic.command
import click
from sqlalchemy import Engine

from portal.audit.service import write_traces
from portal.commands.home import alembic_config
from portal.exercises.service import install_catalogue
from portal.foundation.chest import make_chest
from portal.foundation.database import open_database, sessions
from portal.foundation.keyring import Keyring
from portal.foundation.vault import Vault
from portal.people.queries import carers_of, couple_card, viewer_for
from portal.policies.viewer import SYSTEM
from portal.reports import service as reports
from portal.reports.drawing import draw
from portal.reports.printer import Printer
from portal.reports.queries import choices
from portal.sample.loader import Loaded, load
from portal.sample.stage import Event
from portal.sessions.queries import sessions_of
from portal.visit import Visit
from portal.vocabulary import Role, SummaryEdition

EVENING = time(21, 0, tzinfo=UTC)


class Throwaway:
    """A database and keys for one run, gone when it ends."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.now, self.chest = now, make_chest()
        self.engine = open_database(f"sqlite:///{folder / 'sample.db'}")
        self.keyring = Keyring(open_database(f"sqlite:///{folder / 'keyring.db'}"))
        self.keyring.prepare()
        _build(self.engine, now)

    @contextmanager
    def visit(self) -> Iterator[Visit]:
        """A visit that keeps what it did."""
        with sessions(self.engine)() as db:
            here = Visit(db, SYSTEM, self.now, Vault(self.chest, self.keyring))
            yield here
            write_traces(here)
            db.commit()


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--today", default="", help="The day to act as if it were, like 2026-03-27.")
def sample(out: Path, today: str) -> None:
    """Write the summaries of the three sample couples into a folder."""
    now = _now(today)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="weft-sample-") as folder:
        place = Throwaway(Path(folder), now)
        with place.visit() as visit:
            loaded = load(visit, _walk)
        written = _print_all(place, loaded, out)
    click.echo(f"{written} summaries are in {out}")


def _print_all(place: Throwaway, loaded: Loaded, out: Path) -> int:
    orders = [order for name, one in loaded.couples.items() for order in _orders(place, name, one)]
    with Printer() as printer, click.progressbar(orders, label="Printing", file=sys.stderr) as bar:
        for name, document_id, counsellor_id in bar:
            _print(place, printer, (document_id, counsellor_id), out / f"{name}.pdf")
    return len(orders)


def _orders(place: Throwaway, name: str, couple_id: UUID) -> Iterable[tuple[str, UUID, UUID]]:
    """Order each edition that the latest session has, as the couple's counsellor would."""
    with place.visit() as visit:
        counsellor_id = carers_of(visit, couple_id)[0]
        here = _as(visit, counsellor_id)
        latest = sessions_of(here, couple_id)[-1]
        seats = {m.person.id: m.seat.value for m in couple_card(here, couple_id).members}
        found = []
        for choice in choices(here, latest.id):
            if not choice.refused:
                row = reports.order(here, latest.id, choice.key)
                kind = choice.edition.value
                if choice.edition is SummaryEdition.PARTNER and choice.reader_id:
                    kind = f"partner-{seats[choice.reader_id]}"
                found.append((f"{name}-{kind}", row.id, counsellor_id))
        return found


def _print(place: Throwaway, printer: Printer, what: tuple[UUID, UUID], file: Path) -> None:
    document_id, counsellor_id = what
    with place.visit() as visit:
        here = _as(visit, counsellor_id)
        paper = reports.press(reports.proof(here, document_id), draw, printer.print)
        reports.finish(here, document_id, paper)
        file.write_bytes(paper.content)


def _as(visit: Visit, person_id: UUID) -> Visit:
    viewer = viewer_for(visit.db, person_id, None, Role.COUNSELLOR, visit.now)
    if viewer is None:
        raise click.ClickException("The sample's counsellor is not there.")
    return visit.as_viewer(viewer)


def _walk(events: list[Event]) -> Iterator[Event]:
    with click.progressbar(events, label="Loading the couples", file=sys.stderr) as bar:
        yield from bar


def _now(today: str) -> datetime:
    if not today:
        return datetime.now(UTC)  # noqa: TID251 - a command has no visit yet
    try:
        return datetime.combine(date.fromisoformat(today), EVENING)
    except ValueError as problem:
        raise click.BadParameter("write the day like 2026-03-27", param_hint="--today") from problem


def _build(engine: Engine, now: datetime) -> None:
    settings = alembic_config()
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        alembic.command.upgrade(settings, "head")
        connection.commit()
    with sessions(engine).begin() as db:
        install_catalogue(db, now)


if __name__ == "__main__":
    sample()
