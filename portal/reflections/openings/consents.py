"""Keeping what somebody says yes and no to; nothing said is ever changed, the newest counts."""

from uuid import UUID

from portal.audit import service as audit
from portal.homework.cards import TaskCard
from portal.reflections.models import Consent
from portal.reflections.openings.queries import open_state
from portal.visit import Visit
from portal.vocabulary import Act, ConsentKind

CONSENT_TEXT = 1


def say(
    visit: Visit,
    task: TaskCard,
    kind: ConsentKind,
    says_yes: bool,  # noqa: FBT001 - the answer itself
    spot: tuple[str, int] = ("", 0),
) -> None:
    """Keep what a writer answered on their check page, with its text version and moment."""
    _keep(visit, task.round_id, visit.viewer.me(), (kind, *spot), says_yes)
    act = Act.CONSENTED if says_yes else Act.CONSENT_WITHDRAWN
    audit.record(visit, act, task.round_id, task.couple_id)


def end_every_yes(visit: Visit, round_id: UUID, person_id: UUID) -> None:
    """What this person said yes to is there no more: the words were thrown away, or were another's."""
    said = open_state(visit, [round_id]).yes
    for (_, who, kind, field_key, revision), says_yes in said.items():
        if says_yes and who == person_id:
            _keep(visit, round_id, person_id, (kind, field_key, revision), says_yes=False)


def _keep(
    visit: Visit,
    round_id: UUID,
    person_id: UUID,
    to: tuple[ConsentKind, str, int],
    says_yes: bool,  # noqa: FBT001 - the answer itself
) -> None:
    kind, field_key, revision = to
    visit.db.add(
        Consent(
            round_id=round_id,
            person_id=person_id,
            kind=kind,
            field_key=field_key,
            revision=revision,
            says_yes=says_yes,
            text_version=CONSENT_TEXT,
            given_at=visit.now,
        )
    )
