"""Opening words inside the vault and sealing them again for who wrote them; nobody reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.homework.cards import TaskCard
from portal.reflections.answers import place_of
from portal.reflections.models import (
    Answer,
    DraftField,
    KeptVersion,
    LeftChair,
    PrivateWord,
    Reflection,
    Revision,
)
from portal.reflections.openings.consents import end_every_yes
from portal.reflections.reached import note_anew
from portal.visit import Visit


@dataclass(frozen=True)
class Chair:
    """Somebody's place in one round, and what lies there."""

    task: TaskCard
    person_id: UUID
    piece: Reflection | None

    @property
    def was_sent(self) -> bool:
        """Whether what lies here left its writer's hands."""
        return self.piece is not None and self.piece.sent_at is not None


def change_chairs(visit: Visit, wrong: Chair, right: Chair) -> None:
    """What lies in each of two chairs lies in the other afterwards; no yes of either counts on."""
    visit.vault.warm([wrong.person_id, right.person_id])
    if right.piece is not None:
        # Two pieces cannot lie in one chair, not even for a moment: one waits beside it.
        right.piece.respondent_id = uuid4()
        visit.db.flush()
    counted = _counters(visit, (wrong, right))
    for chair, to in ((wrong, right), (right, wrong)):
        if chair.piece is not None:
            _seat(visit, chair.piece, chair.person_id, to)
            visit.db.add(
                LeftChair(
                    reflection_id=chair.piece.id, person_id=chair.person_id, left_at=visit.now
                )
            )
            _make_stale(visit, chair.piece, to.person_id, counted)
    for chair in (wrong, right):
        end_every_yes(visit, chair.task.round_id, chair.person_id)
        note_anew(visit, chair.task, chair.person_id)


def _seat(visit: Visit, piece: Reflection, old: UUID, to: Chair) -> None:
    """One piece goes to its writer: every sealed word of it, and the marks beside the words."""
    new, vault = to.person_id, visit.vault
    revisions = select(Revision.id).where(Revision.reflection_id == piece.id)
    for answer in visit.db.scalars(select(Answer).where(Answer.revision_id.in_(revisions))):
        spot = (answer.id, answer.field_key)
        text = vault.open(place_of(*spot, old, answer.version), answer.value)
        answer.value = vault.seal(new, place_of(*spot, new, answer.version), text)
        answer.respondent_id = new
    kept = visit.db.scalars(select(KeptVersion).where(KeptVersion.reflection_id == piece.id))
    alone = visit.db.scalars(select(PrivateWord).where(PrivateWord.reflection_id == piece.id))
    for row in (*kept, *alone):
        text = vault.open(row.place, row.value)
        row.respondent_id = new
        row.value = vault.seal(new, row.place, text)
    line = piece.words(vault, "return_line", old)
    piece.put(vault, "return_line", line, new)
    piece.changes += 1
    piece.round_id, piece.respondent_id = to.task.round_id, new
    visit.db.flush()  # the chair is taken before the next piece is looked at


def _counters(visit: Visit, chairs: Iterable[Chair]) -> dict[str, int]:
    """How far each field was counted in either chair."""
    ids = [chair.piece.id for chair in chairs if chair.piece is not None]
    counted: dict[str, int] = {}
    for field in visit.db.scalars(select(DraftField).where(DraftField.reflection_id.in_(ids))):
        counted[field.field_key] = max(field.counter, counted.get(field.field_key, 0))
    return counted


def _make_stale(visit: Visit, piece: Reflection, new: UUID, counted: Mapping[str, int]) -> None:
    """A page that is still open in either chair is stale from here on, whichever of the two it shows."""
    for field in visit.db.scalars(select(DraftField).where(DraftField.reflection_id == piece.id)):
        field.respondent_id = new
        field.counter = counted[field.field_key] + 1
