"""Laying out some rounds: everything about them fetched once, so that cards cost no more look-ups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from portal.exercises.form.definition import Field
from portal.exercises.form.values import People
from portal.exercises.form.wording import asked
from portal.homework.cards import TaskCard
from portal.people.models import Membership
from portal.people.queries import memberships_of, person_cards
from portal.policies.sight import sees_private
from portal.reflections.answers import Words, open_by_writer
from portal.reflections.models import KeptVersion, PrivateWord, Reflection, Revision, SheetSide
from portal.reflections.openings.queries import OpenState, open_state
from portal.visit import Visit
from portal.vocabulary import Role, Seat


@dataclass(frozen=True)
class LaidOut:
    """Everything about some rounds, opened; only the rule of sight decides what becomes a card."""

    seats: Mapping[UUID, Membership]
    names: Mapping[UUID, str]
    people: Mapping[UUID, People]
    rows: Mapping[UUID, tuple[Reflection, ...]]
    revisions: Mapping[UUID, Revision]
    words: Mapping[tuple[UUID, UUID], Words]
    left_out: frozenset[tuple[UUID, UUID]]
    private: Mapping[UUID, tuple[tuple[PrivateWord, str], ...]]
    state: OpenState
    locale: str

    def halves(self, task: TaskCard) -> list["Half"]:
        """Everybody's part in a round: one's own reflection, or one's side of a joint sheet."""
        return [
            Half(row, who)
            for row in self.rows.get(task.round_id, ())
            for who in (task.recipients if row.is_joint else (row.respondent_id,))
        ]

    def writers_of(self, task: TaskCard, row: Reflection) -> tuple[UUID, ...]:
        """Under whose names words lie: one person's, or each one's and the couple's on a sheet."""
        return (*task.recipients, row.couple_id) if row.is_joint else (row.respondent_id,)

    def words_of(self, half: "Half") -> Words | None:
        """What this person sent, without what the two wrote together."""
        revision = self.revisions.get(half.row.id)
        return self.words.get((revision.id, half.who)) if revision else None


@dataclass(frozen=True)
class Half:
    """One person's part in a reflection; of a joint sheet there are two."""

    row: Reflection
    who: UUID


def lay_out(
    visit: Visit, tasks: Sequence[TaskCard], locale: str, as_of: datetime | None
) -> LaidOut:
    """Fetch all that cards about these rounds will need, now or as of a moment."""
    round_ids = [task.round_id for task in tasks]
    by_round = {task.round_id: task for task in tasks}
    state = open_state(visit, round_ids, as_of)
    rows = _known_rows(visit, round_ids, state)
    seats = {seat.person_id: seat for seat in memberships_of(visit, {t.couple_id for t in tasks})}
    names = person_cards(visit, seats)
    revisions = _latest(visit, rows, as_of)
    numbers = {row.id: row for row in rows}
    fields = {
        r.id: questions(by_round[numbers[r.reflection_id].round_id]) for r in revisions.values()
    }
    private = private_words(visit, [row.id for row in rows])
    return LaidOut(
        seats=seats,
        names={person_id: card.first_name for person_id, card in names.items()},
        people=_people(seats.values(), {i: c.first_name for i, c in names.items()}),
        rows=_grouped(rows),
        revisions=revisions,
        words=_words(visit, revisions, numbers, fields, state),
        left_out=_left_out(visit, rows),
        private=private,
        state=state,
        locale=locale,
    )


def _words(
    visit: Visit,
    revisions: Mapping[UUID, Revision],
    rows: Mapping[UUID, Reflection],
    fields: Mapping[UUID, Sequence[Field]],
    state: OpenState,
) -> dict[tuple[UUID, UUID], Words]:
    """What was sent; of a sheet that is not open a partner's visit fetches no word of the other's own."""
    found = list(revisions.values())
    if visit.viewer.role is not Role.PARTNER:
        return open_by_writer(visit, [r.id for r in found], fields)
    closed = {
        r.id
        for r in found
        if rows[r.reflection_id].is_joint and rows[r.reflection_id].round_id not in state.opened
    }
    free = [r.id for r in found if r.id not in closed]
    mine = (visit.viewer.me(), *visit.viewer.couples)
    return {
        **open_by_writer(visit, free, fields),
        **open_by_writer(visit, closed, fields, mine),
    }


def _known_rows(visit: Visit, round_ids: list[UUID], state: OpenState) -> Sequence[Reflection]:
    """The work on these rounds; a partner's visit never touches what is not open to them."""
    query = select(Reflection).where(Reflection.round_id.in_(round_ids))
    if visit.viewer.role is Role.PARTNER:
        released = {reflection_id for reflection_id, _, _ in state.released}
        query = query.where(
            (Reflection.respondent_id == visit.viewer.me())
            | and_(Reflection.respondent_id == Reflection.couple_id, is_known_to(visit.viewer.me()))
            | Reflection.round_id.in_(state.opened)
            | Reflection.id.in_(released)
        )
    return visit.db.scalars(query).all()


def is_known_to(person_id: UUID) -> ColumnElement[bool]:
    """Whether a sheet for two is begun as far as one of them can tell.

    What the other has written or said for themselves alone begins nothing that this one could find,
    not by an error and not by what a look costs.
    """
    own_side = exists().where(
        SheetSide.reflection_id == Reflection.id, SheetSide.person_id == person_id
    )
    own_words = exists().where(
        KeptVersion.reflection_id == Reflection.id, KeptVersion.respondent_id == person_id
    )
    return or_(Reflection.changes > 0, Reflection.revision > 0, own_side, own_words)


def questions(task: TaskCard) -> tuple[Field, ...]:
    """The questions of a round as they are shown to a reader."""
    return asked(task.edition.content, solo=task.solo, promise="")


def _latest(
    visit: Visit, rows: Sequence[Reflection], as_of: datetime | None
) -> dict[UUID, Revision]:
    """The newest sent revision of each reflection, now or as of a moment."""
    numbers = {row.id: row.revision for row in rows if row.revision}
    query = select(Revision).where(Revision.reflection_id.in_(numbers), Revision.number > 0)
    if as_of is not None:
        query = query.where(Revision.sent_at <= as_of)
    found = visit.db.scalars(query.order_by(Revision.number))
    return {r.reflection_id: r for r in found if r.number <= numbers[r.reflection_id]}


def private_words(visit: Visit, ids: list[UUID]) -> dict[UUID, tuple[tuple[PrivateWord, str], ...]]:
    """What was written for the counsellor alone; nobody else's visit even asks for it."""
    open_to = [c for c in visit.viewer.couples if sees_private(visit.viewer, c)]
    if not open_to:
        return {}
    query = select(PrivateWord).where(
        PrivateWord.reflection_id.in_(ids), PrivateWord.couple_id.in_(open_to)
    )
    found: dict[UUID, tuple[tuple[PrivateWord, str], ...]] = {}
    for word in visit.db.scalars(query.order_by(PrivateWord.sent_at, PrivateWord.id)):
        opened = (word, visit.vault.open(word.place, word.value))
        found[word.reflection_id] = (*found.get(word.reflection_id, ()), opened)
    return found


def _left_out(visit: Visit, rows: Sequence[Reflection]) -> frozenset[tuple[UUID, UUID]]:
    """Which of the two left a joint sheet out; for staff alone."""
    joint = [row.id for row in rows if row.is_joint]
    if not joint or not visit.viewer.is_staff:
        return frozenset()
    query = select(SheetSide).where(
        SheetSide.reflection_id.in_(joint), SheetSide.declined_at.is_not(None)
    )
    return frozenset((row.reflection_id, row.person_id) for row in visit.db.scalars(query))


def _grouped(rows: Sequence[Reflection]) -> dict[UUID, tuple[Reflection, ...]]:
    found: dict[UUID, tuple[Reflection, ...]] = {}
    for row in rows:
        found[row.round_id] = (*found.get(row.round_id, ()), row)
    return found


def _people(seats: Iterable[Membership], names: Mapping[UUID, str]) -> dict[UUID, People]:
    first: dict[UUID, dict[Seat, str]] = {}
    for seat in seats:
        first.setdefault(seat.couple_id, {})[seat.seat] = names.get(seat.person_id, "")
    return {i: People(by.get(Seat.A, ""), by.get(Seat.B, "")) for i, by in first.items()}
