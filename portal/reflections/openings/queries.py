"""Who said yes to what, what is open, and what an opening still waits for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from portal.exercises.form.values import Value
from portal.homework.cards import TaskCard
from portal.homework.models import Assignment, Round
from portal.people.cards import CoupleCard, MemberCard
from portal.people.models import Couple, Membership
from portal.people.queries import memberships_of
from portal.policies.gates import may_share
from portal.policies.openings import HalfFacts, OpeningFacts
from portal.policies.sight import is_before
from portal.reflections.models import Consent, Opening, Reflection, Release
from portal.visit import Visit
from portal.vocabulary import ConsentKind, ReflectionState

SENT = (ReflectionState.SUBMITTED, ReflectionState.REVIEWED)
Yes = Mapping[tuple[UUID, UUID, ConsentKind, str, int], bool]


@dataclass(frozen=True)
class OpenState:
    """What is open of some rounds, and every yes that holds."""

    opened: Mapping[UUID, datetime]
    released: Mapping[tuple[UUID, int, str], datetime]
    yes: Yes

    def says_yes(self, round_id: UUID, person_id: UUID) -> bool:
        """Whether this person's yes to the round's opening holds."""
        return self.yes.get((round_id, person_id, ConsentKind.OPEN_ROUND, "", 0), False)

    def is_open_of(self, reflection: Reflection) -> bool:
        """Whether anything of this revision is open to the other partner: its round, or one answer."""
        mine = (reflection.id, reflection.revision)
        released = any((part_id, number) == mine for part_id, number, _ in self.released)
        return released or reflection.round_id in self.opened

    def may_release(self, reflection: Reflection, key: str) -> bool:
        """Whether the writer's yes to this answer of this revision holds."""
        found = (
            self.yes.get(
                (reflection.round_id, reflection.respondent_id, kind, key, reflection.revision)
            )
            for kind in (ConsentKind.RELEASE_ANSWER, ConsentKind.RELEASE_MATCHES)
        )
        return any(found)


def open_state(visit: Visit, round_ids: Iterable[UUID], as_of: datetime | None = None) -> OpenState:
    """Openings, releases and consents of these rounds: three look-ups, however many rounds."""
    ids = list(round_ids)
    opened = select(Opening.round_id, Opening.opened_at).where(Opening.round_id.in_(ids))
    released = (
        select(Release.reflection_id, Release.revision, Release.field_key, Release.released_at)
        .join(Reflection, Reflection.id == Release.reflection_id)
        .where(Reflection.round_id.in_(ids))
    )
    if as_of is not None:
        opened = opened.where(Opening.opened_at <= as_of)
        released = released.where(Release.released_at <= as_of)
    return OpenState(
        {row[0]: row[1] for row in visit.db.execute(opened)},
        {(row[0], row[1], row[2]): row[3] for row in visit.db.execute(released)},
        _said(visit, ids, _still_counts() & _is_of_what_lies_there()),
    )


def own_answers(visit: Visit, round_id: UUID, revision: int) -> dict[tuple[ConsentKind, str], bool]:
    """What this partner has said so far on their own check page, whether or not it still counts."""
    said = _said(visit, [round_id], _is_of_what_lies_there())
    return {
        (kind, key): says_yes
        for (_, person_id, kind, key, number), says_yes in said.items()
        if person_id == visit.viewer.me() and number in (0, revision)
    }


def opening_facts(
    visit: Visit,
    task: TaskCard,
    couple: CoupleCard,
    halves: Iterable[Reflection],
    answers: Iterable[Mapping[str, Value]],
) -> OpeningFacts:
    """What the policy asks before a round opens or an answer is released."""
    state = open_state(visit, [task.round_id])
    exercise = task.edition.content.exercise
    return OpeningFacts(
        halves=tuple(
            HalfFacts(
                sent=half.state in SENT,
                read=half.state is ReflectionState.REVIEWED,
                says_yes=state.says_yes(task.round_id, who),
            )
            for half in halves
            for who in (task.recipients if half.is_joint else (half.respondent_id,))
        ),
        is_clear=is_clear(couple),
        is_running=task.is_running,
        held=task.held or couple.held_since is not None,
        hold_for_review=exercise.safety.hold_for_review,
        opens_anything=task.edition.opens_anything,
        rules=exercise.safety.rules,
        answers=tuple(answers),
        writers=len(task.recipients),
        labels={each.key: each.label for each in exercise.fields},
        is_there_for_both=len(couple.taking_part) < 2 or _is_there(task, couple.members),
    )


def is_clear(couple: CoupleCard) -> bool:
    """Whether anything may open between these two now."""
    here, have_parted = len(couple.taking_part), couple.apart_since is not None
    return may_share(couple.contact, couple.joint_work, here, have_parted=have_parted)


def is_there_for_both(visit: Visit, task: TaskCard) -> bool:
    """Whether both take part, and had joined when this was given: else nothing of it ever opens."""
    return _is_there(task, memberships_of(visit, [task.couple_id]))


def may_still_share(couple: CoupleCard, task: TaskCard) -> bool:
    """Whether what these two write together now could ever open to both."""
    return not task.solo and is_clear(couple) and _is_there(task, couple.members)


def _is_there(task: TaskCard, seats: Iterable[Membership | MemberCard]) -> bool:
    here = [seat for seat in seats if seat.participates]
    return len(here) == 2 and not any(is_before(s.joined_at, task.assigned_at) for s in here)


def _still_counts() -> ColumnElement[bool]:
    """A yes from before the two last left ‘clear’ opens nothing any more."""
    since = Couple.yes_counts_from_at
    return since.is_(None) | (Consent.given_at > since)


def _is_of_what_lies_there() -> ColumnElement[bool]:
    """What was said of work that lies in this chair no more is no answer to what was begun here since."""
    return exists().where(
        Reflection.round_id == Consent.round_id,
        or_(
            Reflection.respondent_id == Consent.person_id,
            Reflection.respondent_id == Reflection.couple_id,
        ),
        Reflection.started_at <= Consent.given_at,
    )


def _said(visit: Visit, round_ids: list[UUID], only: ColumnElement[bool]) -> Yes:
    query = (
        select(Consent)
        .join(Round, Round.id == Consent.round_id)
        .join(Assignment, Assignment.id == Round.assignment_id)
        .join(Couple, Couple.id == Assignment.couple_id)
        .where(Consent.round_id.in_(round_ids), only)
    )
    # Of a yes and a no in one moment the no counts.
    rows = visit.db.scalars(query.order_by(Consent.given_at, Consent.says_yes.desc(), Consent.id))
    return {
        (row.round_id, row.person_id, row.kind, row.field_key, row.revision): row.says_yes
        for row in rows
    }
