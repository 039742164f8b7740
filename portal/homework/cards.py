"""Homework as one viewer may be shown it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.exercises.cards import EditionCard
from portal.homework.windows import Phase, Window
from portal.policies.gates import Verdict
from portal.vocabulary import AssignmentState, Cadence, Mode


@dataclass(frozen=True)
class TaskCard:
    """One round of one assignment: what is asked, of whom, by when."""

    round_id: UUID
    assignment_id: UUID
    couple_id: UUID
    edition: EditionCard
    mode: Mode
    cadence: Cadence
    solo: bool
    hold_mark: str
    number: int
    of: int
    first_on: date
    due_on: date
    last_on: date | None
    assigned_at: datetime
    state: AssignmentState
    ended_at: datetime | None
    personal_line: str
    recipients: tuple[UUID, ...]

    @property
    def title(self) -> str:
        """The exercise's title."""
        return self.edition.title

    @property
    def held(self) -> bool:
        """Whether the counsellor lets what would open of it wait."""
        return bool(self.hold_mark)

    @property
    def is_paired(self) -> bool:
        """Whether both answer it, each for themselves."""
        return self.mode is Mode.PAIRED

    @property
    def is_running(self) -> bool:
        """Whether the assignment has neither ended nor still to begin."""
        return self.state is AssignmentState.OPEN

    @property
    def mark(self) -> str:
        """A short mark by which a printed piece can be found again."""
        return self.assignment_id.hex[:8]

    @property
    def window(self) -> Window:
        """The days on which it takes work."""
        return Window(self.number, self.first_on, self.due_on, self.last_on)

    @property
    def days(self) -> int:
        """How many days a diary goes on."""
        return self.edition.content.exercise.run.days or 1

    def phase(self, today: date) -> Phase:
        """Where a day of its writer lies in its window."""
        return self.window.phase(today)

    def takes_work(self, today: date) -> bool:
        """Whether words can be written and sent today; the due day never locks."""
        return self.is_running and self.phase(today) in (Phase.NOW, Phase.LATE)

    def is_over(self, today: date) -> bool:
        """Whether it takes no more work: it was ended, or its last day has passed."""
        return self.phase(today) is Phase.OVER or not self.is_running


@dataclass(frozen=True)
class OfferCard:
    """An exercise as the counsellor may give it to this couple now."""

    edition: EditionCard
    verdict: Verdict

    @property
    def is_ready(self) -> bool:
        """Whether it can be given with no statement to confirm."""
        return not self.verdict.is_refused and not self.verdict.to_tick


@dataclass(frozen=True)
class GivingCard:
    """One exercise with what stands for or against giving it now, and to whom."""

    edition: EditionCard
    verdict: Verdict
    for_whom: str = ""
    was_given: bool = False

    @property
    def id(self) -> UUID:
        """The edition that would be given."""
        return self.edition.id

    @property
    def choice(self) -> str:
        """What choosing it says: the exercise, and for whom where it suits only one of them."""
        return f"{self.id}@{self.for_whom}" if self.for_whom else str(self.id)

    @property
    def questions(self) -> int:
        """How many questions it asks."""
        return sum(field.type != "info" for field in self.edition.content.exercise.fields)


@dataclass(frozen=True)
class ShelfCard:
    """What can be given to these people now: the likely first, the rest, and what cannot."""

    first: tuple[GivingCard, ...]
    others: tuple[GivingCard, ...]
    to_confirm: tuple[GivingCard, ...]
    for_one: tuple[GivingCard, ...]
    refused: tuple[GivingCard, ...]

    @property
    def count(self) -> int:
        """How many exercises there are to choose among."""
        return sum(len(part) for part in (self.first, self.others, self.to_confirm, self.for_one))


@dataclass(frozen=True)
class AssignmentCard:
    """Homework that was given, as its counsellor sees it."""

    id: UUID
    rounds: tuple[TaskCard, ...]
    ticked: tuple[str, ...]

    @property
    def task(self) -> TaskCard:
        """Its newest round."""
        return self.rounds[-1]
