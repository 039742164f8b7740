"""Second thoughts about what was sent: a yes taken back, and words that came after it."""

from uuid import UUID

from sqlalchemy import select

from portal.foundation.errors import NotFound, TooLate
from portal.homework.models import Round
from portal.homework.queries import undisturbed
from portal.policies.openings import may_be_asked
from portal.reflections.answers import audience_of
from portal.reflections.drafts.queries import own_reflection, own_task
from portal.reflections.models import Reflection
from portal.reflections.openings import service as openings
from portal.reflections.openings.consents import say
from portal.reflections.openings.queries import is_there_for_both, open_state, own_answers
from portal.reflections.sending.late import send_after
from portal.visit import Visit
from portal.vocabulary import ConsentKind


def change_mind_about(
    visit: Visit,
    round_id: UUID,
    kind: ConsentKind,
    field_key: str,
    says_yes: bool,  # noqa: FBT001 - the answer itself
    seen: openings.Seen = None,
) -> None:
    """Give or withdraw one's yes to a single answer; possible until it is open to the other."""
    task = own_task(visit, round_id)
    # An opening in the same instant waits here, and so finds the newest answer.
    visit.db.scalars(select(Round).where(Round.id == round_id).with_for_update()).one()
    reflection = own_reflection(visit, round_id, lock=True)
    if reflection is None:
        raise NotFound
    said = own_answers(visit, round_id, reflection.revision)
    is_asked = may_be_asked(
        kind,
        was_asked=(kind, field_key) in said,
        sent_to=audience_of(visit, reflection, field_key),
        is_there_for_both=is_there_for_both(visit, task),
    )
    if not is_asked:
        raise NotFound
    if (reflection.id, reflection.revision, field_key) in open_state(visit, [round_id]).released:
        raise TooLate(openings.ALREADY_OPEN)
    if says_yes:
        openings.require_seen(visit, round_id, Reflection.id == reflection.id, seen)
    say(visit, task, kind, says_yes, (field_key, reflection.revision))


def send_on(visit: Visit, round_id: UUID, kept_id: UUID) -> None:
    """Words for the counsellor alone that came after the piece was sent go after it; nobody sees them again."""
    own_task(visit, round_id)
    task = undisturbed(visit, round_id)
    reflection = own_reflection(visit, round_id, lock=True)
    if reflection is None:
        raise NotFound
    send_after(visit, task, reflection, kept_id)
