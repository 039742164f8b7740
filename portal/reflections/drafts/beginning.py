"""Beginning a draft: one for each writer of a round, whichever of their devices is first."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.exercises.form.definition import Field
from portal.foundation.errors import NotFound
from portal.homework.cards import TaskCard
from portal.homework.models import Round
from portal.people.cards import OwnCoupleCard
from portal.policies.audiences import settle
from portal.reflections import answers
from portal.reflections.drafts.carrying import carried_into
from portal.reflections.drafts.counting import first_count
from portal.reflections.drafts.queries import (
    own_reflection,
    proposed_audiences,
    shares_now,
)
from portal.reflections.models import DRAFT, DraftField, Reflection, Revision
from portal.visit import Visit
from portal.vocabulary import ReflectionState


def begun(
    visit: Visit, task: TaskCard, own: OwnCoupleCard, fields: tuple[Field, ...]
) -> Reflection:
    """This writer's piece of a round, locked; begun in this instant where it was not there."""
    found = own_reflection(visit, task.round_id, lock=True)
    if found is None:
        # Whoever moves work between the chairs of this round goes first; what came here is found then.
        here = select(Round.id).where(Round.id == task.round_id)
        visit.db.scalars(here.with_for_update(read=True, key_share=True)).one()
        found = own_reflection(visit, task.round_id, lock=True)
    if found is None:
        try:
            with visit.db.begin_nested():
                _begin(visit, task, own, fields)
        except IntegrityError:
            # Another device began it in the same instant; theirs is as good as ours.
            visit.db.expire_all()
        found = own_reflection(visit, task.round_id, lock=True)
    if found is None:
        raise NotFound
    return found


def _begin(visit: Visit, task: TaskCard, own: OwnCoupleCard, fields: tuple[Field, ...]) -> None:
    me = visit.viewer.me()
    reflection = Reflection(
        round_id=task.round_id,
        couple_id=task.couple_id,
        respondent_id=me,
        state=ReflectionState.DRAFT,
        revision=0,
        started_at=visit.now,
        saved_at=visit.now,
    )
    visit.db.add(reflection)
    visit.db.flush()  # the database says here whether it was begun elsewhere
    revision = Revision(
        reflection_id=reflection.id,
        number=DRAFT,
        policy=own.secrets_policy,
        policy_version=own.policy_version,
    )
    visit.db.add(revision)
    before, shared = carried_into(visit, task, fields), shares_now(visit, task)
    chosen = {
        key: settle(before.audiences.get(key), proposed, shared_now=shared)
        for key, proposed in proposed_audiences(fields).items()
    }
    visit.db.add_all(
        DraftField(
            reflection_id=reflection.id,
            field_key=key,
            respondent_id=me,
            counter=first_count(visit.now),
            audience=each,
        )
        for key, each in chosen.items()
    )
    visit.db.flush()  # the saving that follows counts these
    carried = [field for field in fields if field.key in before.values]
    if carried:
        sheet = answers.Sheet(revision.id, me, me, 0)
        answers.write(visit, answers.Lot(sheet, carried, before.values, chosen, {}))
