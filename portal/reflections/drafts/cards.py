"""A draft as its writer sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.exercises.form.conditions import Context
from portal.exercises.form.definition import Field
from portal.exercises.form.reading import Reading
from portal.homework.cards import TaskCard
from portal.people.cards import OwnCoupleCard
from portal.vocabulary import Audience, ReflectionState


@dataclass(frozen=True)
class KeptCard:
    """Another version of an answer, typed in a second place; hidden where it may not be shown again."""

    id: UUID
    key: str
    label: str
    text: str
    kept_at: datetime
    is_hidden: bool = False


@dataclass(frozen=True)
class DraftCard:
    """Everything that the writing pages need of one draft."""

    task: TaskCard
    own: OwnCoupleCard
    fields: tuple[Field, ...]
    context: Context
    reading: Reading
    counters: dict[str, int]
    audiences: dict[str, Audience]
    choices: dict[str, tuple[Audience, ...]]
    carried: frozenset[str]
    kept: tuple[KeptCard, ...]
    state: ReflectionState | None
    revision: int
    saved_at: datetime | None
    return_line: str
    piece_id: UUID | None = None
    changes: int = 0
    carried_from: UUID | None = None

    @property
    def words_of(self) -> UUID | None:
        """Whose words a page of it shows: this piece's, or before it was begun those of the one it goes on from."""
        return self.piece_id or self.carried_from

    @property
    def seen(self) -> str:
        """A mark of what stands here, of what lies beside it, and of the promise over the last box.

        A page on which it is sent, left out or thrown away brings it back: nothing is done to words that
        were not on that page. Each saving of an answer or of its readers counts on, and so does a move to
        another chair.
        """
        beside = [str(each.id) for each in self.kept]
        counted = f"{self.changes}.{sum(self.counters.values())}"
        return ".".join((str(self.piece_id), counted, self.own.promise_mark, *beside))


@dataclass(frozen=True)
class Conflict:
    """A field that was changed in another place meanwhile; both texts are kept, and these readers hold there."""

    key: str
    text: str
    readers: Audience


@dataclass(frozen=True)
class Saved:
    """What one saving did."""

    counters: dict[str, int]
    conflicts: tuple[Conflict, ...]
    piece_id: UUID | None = None
