"""How couples stand: joint work, a silent hold, and whether the two have come apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.people.models import Couple, JointWorkEntry, Parting, SafetyHold
from portal.policies.deeds import may_read_file
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import JointWork

Entry = TypeVar("Entry", JointWorkEntry, SafetyHold, Parting)


@dataclass(frozen=True)
class Standings:
    """The newest entry of each kind for some couples; what was never decided is missing."""

    joint: Mapping[UUID, JointWorkEntry]
    holds: Mapping[UUID, SafetyHold]
    partings: Mapping[UUID, Parting]

    def hold(self, couple_id: UUID) -> SafetyHold | None:
        """The hold that stands for this couple now."""
        entry = self.holds.get(couple_id)
        return entry if entry is not None and entry.stands else None

    def parting(self, couple_id: UUID) -> Parting | None:
        """The agreement by which these two are apart now."""
        entry = self.partings.get(couple_id)
        return entry if entry is not None and entry.stands else None


def standings(visit: Visit, couple_ids: Sequence[UUID]) -> Standings:
    """Three look-ups, however many couples."""
    # Of two decisions in one moment the one that stops counts.
    return Standings(
        _newest(visit, JointWorkEntry, couple_ids),
        _newest(visit, SafetyHold, couple_ids, SafetyHold.stands),
        _newest(visit, Parting, couple_ids, Parting.stands),
    )


def decided_words(visit: Visit, couple_id: UUID) -> tuple[str, ...]:
    """Every reason for joint work or a hold and every agreement, the newest and all before; for staff alone."""
    require(may_read_file(visit.viewer, couple_id))
    entries: list[JointWorkEntry | SafetyHold | Parting] = [
        *visit.db.scalars(select(JointWorkEntry).where(JointWorkEntry.couple_id == couple_id)),
        *visit.db.scalars(select(SafetyHold).where(SafetyHold.couple_id == couple_id)),
        *visit.db.scalars(select(Parting).where(Parting.couple_id == couple_id)),
    ]
    return tuple(
        row.words(visit.vault, "agreement" if isinstance(row, Parting) else "reason", couple_id)
        for row in entries
    )


def _newest(
    visit: Visit, table: type[Entry], couple_ids: Sequence[UUID], *last: InstrumentedAttribute[bool]
) -> dict[UUID, Entry]:
    query = select(table).where(table.couple_id.in_(couple_ids))
    rows = visit.db.scalars(query.order_by(table.set_at, *last, table.id))
    return {row.couple_id: row for row in rows}


def joint_work_at(entry: JointWorkEntry | None, now: datetime) -> JointWork:
    """The status that an entry means now; a lapsed ‘clear’ counts as not asked."""
    if entry is None:
        return JointWork.NOT_ASKED
    lapsed = entry.lapses_at is not None and entry.lapses_at <= now
    return JointWork.NOT_ASKED if entry.status is JointWork.CLEAR and lapsed else entry.status


def joint_work_told(entry: JointWorkEntry | None, couple: Couple, now: datetime) -> JointWork:
    """The status that two partners know of by what they were told.

    A ‘clear’ that ran out ends for them when its line is drawn, with the one sentence about it: their pages
    do not change before. Nothing opens meanwhile, for that asks what holds to the second.
    """
    drawn_at = couple.yes_counts_from_at
    lapses_at = entry.lapses_at if entry else None
    is_drawn = lapses_at is None or (drawn_at is not None and drawn_at >= lapses_at)
    return entry.status if entry and not is_drawn else joint_work_at(entry, now)


def lapsed_couples(db: Session, now: datetime) -> list[tuple[UUID, UUID]]:
    """Where ‘clear’ ran out and nobody has drawn the line yet: couple and practice."""
    newer = aliased(JointWorkEntry)
    is_newest = ~exists().where(
        newer.couple_id == JointWorkEntry.couple_id, newer.set_at > JointWorkEntry.set_at
    )
    query = (
        select(Couple.id, Couple.practice_id)
        .join(JointWorkEntry, JointWorkEntry.couple_id == Couple.id)
        .where(
            JointWorkEntry.status == JointWork.CLEAR,
            JointWorkEntry.lapses_at <= now,
            Couple.yes_counts_from_at.is_(None)
            | (Couple.yes_counts_from_at < JointWorkEntry.lapses_at),
            is_newest,
        )
    )
    return [(row[0], row[1]) for row in db.execute(query.distinct().order_by(Couple.id))]
