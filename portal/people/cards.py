"""People and couples as one viewer may be shown them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.vocabulary import (
    ContactLevel,
    JointWork,
    OpeningRule,
    PartnerRole,
    Seat,
    SecretsPolicy,
    Stance,
)


@dataclass(frozen=True)
class PersonCard:
    """A person by name."""

    id: UUID
    name: str
    first_name: str
    pronouns: str = ""
    time_zone: str = ""


@dataclass(frozen=True)
class MemberCard:
    """A partner as the counsellor sees them: with role and stance."""

    person: PersonCard
    seat: Seat
    participates: bool
    role: PartnerRole
    stance: Stance
    joined_at: datetime | None
    time_zone: str


@dataclass(frozen=True)
class CoupleCard:
    """A couple's file as its counsellor sees it."""

    id: UUID
    members: tuple[MemberCard, ...]
    contact: ContactLevel
    joint_work: JointWork
    joint_work_reason: str
    joint_work_set_at: datetime | None
    joint_work_lapses_at: datetime | None
    time_zone: str
    currency: str
    secrets_policy: SecretsPolicy
    opening_rule: OpeningRule
    archived_at: datetime | None
    held_since: datetime | None = None
    hold_reason: str = ""
    apart_since: datetime | None = None
    agreement: str = ""
    # Which decision a page was drawn with: what was decided since is not undone from there unseen.
    joint_work_mark: str = ""
    hold_mark: str = ""

    @property
    def title(self) -> str:
        """The two first names, as the counsellor calls this couple."""
        return " & ".join(member.person.first_name for member in self.members)

    @property
    def taking_part(self) -> tuple[MemberCard, ...]:
        """Those of the two who take part."""
        return tuple(member for member in self.members if member.participates)

    @property
    def sits_together(self) -> bool:
        """Whether nothing speaks against an hour with both: there is contact, no hold, and they have not parted."""
        stopped = self.held_since or self.apart_since
        return not stopped and self.contact is not ContactLevel.NO_CONTACT

    def member(self, seat: Seat) -> MemberCard | None:
        """The partner in this seat."""
        return next((member for member in self.members if member.seat is seat), None)


@dataclass(frozen=True)
class PromiseCard:
    """Which promise holds for one partner, for their counsellor's eyes."""

    policy: SecretsPolicy
    text_version: int
    read_at: datetime
    is_newest: bool


@dataclass(frozen=True)
class OwnCoupleCard:
    """A partner's own couple as they may know it: the two names, their seat, the promise.

    The promise that holds is the one they read last; the next is there while they have not read it.
    """

    id: UUID
    me: PersonCard
    seat: Seat
    partner: PersonCard | None
    partner_takes_part: bool
    time_zone: str
    currency: str
    secrets_policy: SecretsPolicy
    policy_version: int
    next_policy: SecretsPolicy | None

    @property
    def to_read(self) -> SecretsPolicy:
        """The promise that stands on the page where it is read: the newest."""
        return self.next_policy or self.secrets_policy

    @property
    def promise_mark(self) -> str:
        """What a page that shows their promise says of itself: words typed under it are not sent under another."""
        return f"{self.secrets_policy.value}.{self.policy_version}"

    @property
    def writer_zone(self) -> str:
        """The zone in which this partner's days begin: their own setting, else the couple's."""
        return self.me.time_zone or self.time_zone

    def name_at(self, seat: Seat) -> str:
        """The first name of the partner in this seat."""
        if seat is self.seat:
            return self.me.first_name
        return self.partner.first_name if self.partner else ""
