"""Words for the counsellor alone that came after a piece was sent: they go after it."""

from uuid import UUID

from portal.audit import service as audit
from portal.exercises.form.answers import to_json
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import SingleChoiceField
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.notices import service as notices
from portal.people.promises import promise_for
from portal.people.queries import carers_of, own_couple
from portal.reflections.drafts.queries import fields_for, kept_beside
from portal.reflections.models import KeptVersion, Reflection
from portal.reflections.sending.freezing import write_private
from portal.visit import Visit
from portal.vocabulary import Act, NoticeKind


def send_after(visit: Visit, task: TaskCard, reflection: Reflection, kept_id: UUID) -> None:
    """The viewer's own late words go to the counsellor, under the promise they had read when they typed them."""
    fields, me = fields_for(task, own_couple(visit)), visit.viewer.me()
    hidden = [one.id for one in kept_beside(visit, reflection, fields) if one.is_hidden]
    if kept_id not in hidden:
        raise NotFound
    kept = visit.db.get_one(KeptVersion, kept_id)
    field = next(each for each in fields if each.key == kept.field_key)
    text = to_json(field, _as_answered(field, visit.vault.open(kept.place, kept.value)))
    promise = promise_for(visit, reflection.couple_id, me, kept.kept_at)
    write_private(visit, reflection, field, text, me, promise)
    visit.db.delete(kept)
    audit.record(visit, Act.SENT, reflection.id, task.couple_id)
    carers = carers_of(visit, task.couple_id)
    notices.put(visit, carers, NoticeKind.REFLECTION_READY, task.round_id)


def _as_answered(field: Field, kept: str) -> str:
    """What was kept to be read, as the answer that it was: of a choice what was chosen, and not how it is called."""
    if not isinstance(field, SingleChoiceField):
        return kept
    return next((option.value for option in field.options if option.label == kept), kept)
