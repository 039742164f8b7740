"""What partners wrote: reflections, revisions, answers, and every yes that was given."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base
from portal.foundation.errors import TooLate
from portal.foundation.vault import Place, Sealing
from portal.vocabulary import Audience, ConsentKind, ReflectionState, SecretsPolicy

DRAFT = 0  # the number of the revision that was never sent
WRITABLE = (ReflectionState.DRAFT, ReflectionState.RETURNED)


class Reflection(Sealing, Base):
    """One respondent's work on one round; the database itself allows no second."""

    __tablename__ = "reflection"
    __table_args__ = (UniqueConstraint("round_id", "respondent_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), index=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    respondent_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[ReflectionState]
    revision: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0, server_default="0")
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    return_line: Mapped[bytes | None]

    @property
    def is_joint(self) -> bool:
        """Whether the couple itself answers: one sheet for two."""
        return self.respondent_id == self.couple_id

    def mark_of(self, revision_id: UUID) -> str:
        """By which a page says which text it showed, and whose: the same text under the other is another one."""
        return f"{revision_id}.{self.respondent_id}"

    @staticmethod
    def whose(mark: str) -> UUID | None:
        """Whose a text is that a page brings the mark of; nobody's where it is no mark."""
        try:
            return UUID(mark.partition(".")[2])
        except ValueError:
            return None

    def require_writable(self) -> None:
        """Only a draft or returned work can be written in."""
        if self.state not in WRITABLE:
            raise TooLate("This has been sent already. You can take it back until it is read.")

    def send(self, at: datetime) -> int:
        """Hand it in as the next revision; gives that revision's number."""
        self.require_writable()
        self.revision += 1
        self.state = ReflectionState.SUBMITTED
        self.sent_at = self.saved_at = at
        return self.revision

    def take_back(self) -> int:
        """Make it a draft again; gives the number of the revision that is undone."""
        if self.state is not ReflectionState.SUBMITTED:
            raise TooLate("It cannot be taken back any more.")
        undone = self.revision
        self.revision -= 1
        self.state = ReflectionState.RETURNED if self.revision else ReflectionState.DRAFT
        self.sent_at = None
        return undone

    def give_back(self, at: datetime) -> None:
        """Return it to its writer for another round."""
        if self.state not in (ReflectionState.SUBMITTED, ReflectionState.REVIEWED):
            raise TooLate("There is nothing here to return.")
        self.state = ReflectionState.RETURNED
        self.returned_at = at

    def mark_read(self, at: datetime) -> None:
        """Mark it as read by the counsellor."""
        if self.state is not ReflectionState.SUBMITTED:
            raise TooLate("This is not waiting to be read any more.")
        self.state = ReflectionState.REVIEWED
        self.reviewed_at = at

    def decline(self, at: datetime) -> None:
        """The writer would rather not; always allowed until it is sent."""
        self.require_writable()
        self.state = ReflectionState.DECLINED
        self.sent_at = self.saved_at = at


class Revision(Base):
    """The words as they stood at one sending; number 0 is the draft."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("reflection_id", "number"),)

    reflection_id: Mapped[UUID] = mapped_column(ForeignKey("reflection.id"), index=True)
    number: Mapped[int]
    sent_at: Mapped[datetime | None]
    policy: Mapped[SecretsPolicy]
    policy_version: Mapped[int]


class Answer(Base):
    """One field, or one row of a table, of one revision."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("revision_id", "field_key", "row_key", "respondent_id"),)

    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"), index=True)
    field_key: Mapped[str] = mapped_column(String(60))
    row_key: Mapped[str] = mapped_column(String(60), default="")
    position: Mapped[int] = mapped_column(default=0)
    respondent_id: Mapped[UUID]
    audience: Mapped[Audience]
    version: Mapped[int]
    written_by_id: Mapped[UUID | None]
    value: Mapped[bytes]


class DraftField(Base):
    """How often one field of a draft was changed, and whom the writer chose as its readers."""

    __tablename__ = "draft_field"
    __table_args__ = (UniqueConstraint("reflection_id", "field_key", "respondent_id"),)

    reflection_id: Mapped[UUID] = mapped_column(ForeignKey("reflection.id"), index=True)
    field_key: Mapped[str] = mapped_column(String(60))
    respondent_id: Mapped[UUID]
    counter: Mapped[int] = mapped_column(default=0)
    audience: Mapped[Audience]
    changed_by_id: Mapped[UUID | None]


class SheetSide(Base):
    """One person's side of a joint sheet: what they confirmed of it, or that they left it out."""

    __tablename__ = "sheet_side"
    __table_args__ = (UniqueConstraint("reflection_id", "person_id"),)

    reflection_id: Mapped[UUID] = mapped_column(ForeignKey("reflection.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    saved_at: Mapped[datetime | None]
    confirmed: Mapped[int | None]
    policy: Mapped[SecretsPolicy | None]
    policy_version: Mapped[int | None]
    declined_at: Mapped[datetime | None]

    @property
    def promise(self) -> tuple[SecretsPolicy, int] | None:
        """The promise under which its person confirmed: what they wrote goes under it, whoever says yes last."""
        if self.confirmed is None or self.policy is None or self.policy_version is None:
            return None
        return self.policy, self.policy_version


class KeptVersion(Base):
    """Another version of an answer, typed in a second place; kept until its writer decides."""

    __tablename__ = "kept_version"

    reflection_id: Mapped[UUID] = mapped_column(ForeignKey("reflection.id"), index=True)
    field_key: Mapped[str] = mapped_column(String(60))
    respondent_id: Mapped[UUID]
    kept_at: Mapped[datetime]
    value: Mapped[bytes]

    @property
    def place(self) -> Place:
        """Where these words lie, as their seal knows it."""
        return Place("kept_version", self.id, self.field_key, self.respondent_id)


class LeftChair(Base):
    """A piece that was in the wrong chair and left it; the piece itself may be gone by now."""

    __tablename__ = "left_chair"

    reflection_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    left_at: Mapped[datetime]


class PrivateWord(Base):
    """Something for the counsellor alone: written once, never changed, never shown again."""

    __tablename__ = "private_word"
    __table_args__ = (Index("ix_private_word_reflection", "reflection_id", "sent_at"),)

    reflection_id: Mapped[UUID] = mapped_column(ForeignKey("reflection.id"))
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    revision: Mapped[int]
    respondent_id: Mapped[UUID]
    field_key: Mapped[str] = mapped_column(String(60))
    sent_at: Mapped[datetime]
    policy: Mapped[SecretsPolicy | None]
    policy_version: Mapped[int | None]
    value: Mapped[bytes]
    read_at: Mapped[datetime | None]

    @property
    def mark(self) -> str:
        """By which a page says that it showed these words, and whose they are."""
        return f"{self.id}.{self.respondent_id}"

    @property
    def place(self) -> Place:
        """Where these words lie, as their seal knows it."""
        return Place("private_word", self.id, self.field_key, self.respondent_id)


class Consent(Base):
    """One answer on the check page; the newest of its kind counts, and all are kept."""

    __tablename__ = "consent"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[ConsentKind]
    field_key: Mapped[str] = mapped_column(String(60), default="")
    revision: Mapped[int] = mapped_column(default=0)
    says_yes: Mapped[bool]
    text_version: Mapped[int]
    given_at: Mapped[datetime]


class Opening(Base):
    """The moment when a round's answers opened to both; it is never undone."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("round_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"))
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class Release(Base):
    """The same for one answer of one revision."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("reflection_id", "revision", "field_key"),)

    reflection_id: Mapped[UUID] = mapped_column(ForeignKey("reflection.id"), index=True)
    revision: Mapped[int]
    field_key: Mapped[str] = mapped_column(String(60))
    released_at: Mapped[datetime]
    released_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
