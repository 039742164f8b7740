"""Every exercise filled in as far as it goes and as little as it needs, sent, read, and laid out for paper."""

from uuid import UUID

import pytest

from portal.exercises.form.answers import to_json
from portal.exercises.form.checking import for_sending
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Values
from portal.exercises.queries import newest_editions
from portal.homework.queries import assignment_rounds
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.laying import lay_out
from portal.reflections.queries import reflections_on
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import mark_read, send
from portal.vocabulary import Mode, Role
from tests.support.filled import Filler
from tests.support.moments import START
from tests.support.suited import Suited, SuitedCouples
from tests.support.world import World

pytestmark = pytest.mark.heavy
EXERCISES = 45


@pytest.fixture(params=["sqlite"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """How an answer is kept on either database is asked elsewhere; here all 45 are walked."""
    return str(request.param)


@pytest.mark.parametrize("how", ["full", "least"])
def test_every_exercise_is_answered_read_and_the_same(world: World, how: str) -> None:
    couples = SuitedCouples(world)
    with world.visit() as visit:
        editions = newest_editions(visit.db)
    walked = 0
    for edition in editions:
        exercise = edition.content.exercise
        if edition.mode is Mode.JOINT:
            suited = couples.for_one(exercise)  # the sheet for two has its own walk
            if suited is None:
                continue
        else:
            suited = couples.for_two(exercise)
        filler = Filler(START.date(), tuple(exercise.safety.rules))
        for row in couples.assign(suited, edition.key):
            walk(world, suited, row.id, filler, how)
        walked += 1
    assert walked >= EXERCISES - 1


def walk(
    world: World, suited: Suited, assignment_id: UUID, filler: Filler, how: str
) -> dict[UUID, Values]:
    """The first round of one assignment, by everybody who was given it; what each wrote."""
    counsellor = suited.couple.counsellor_id
    with world.as_(counsellor, Role.COUNSELLOR) as visit:
        task = assignment_rounds(visit, assignment_id)[0]
    written: dict[UUID, tuple[tuple[Field, ...], Values]] = {}
    for person in task.recipients:
        with world.as_(person, Role.PARTNER) as visit:
            card = draft(visit, task.round_id)
            values = getattr(filler, how)(card.fields)
            present = frozenset(values)
            save(visit, task.round_id, Reading(values=values, present=present))
        with world.as_(person, Role.PARTNER) as visit:
            card = draft(visit, task.round_id)
            assert same(card.fields, card.reading.values) == same(card.fields, values), task.title
            sent = for_sending(card.fields, values, card.context)
            written[person] = (card.fields, kept(card.fields, sent))
            send(visit, task.round_id, Said(True, {}))
    with world.as_(counsellor, Role.COUNSELLOR) as visit:
        desk = lay_out(visit, [task], "en", None)
        for row in desk.rows[task.round_id]:
            fields, values = written[row.respondent_id]
            revision = desk.revisions.get(row.id)
            words = desk.words.get((revision.id, row.respondent_id)) if revision else None
            found = words.values if words else {}
            assert same(fields, found) == same(fields, values), task.title
        cards = reflections_on(visit, [task])[task.round_id]
        for read in cards:
            asked = {answer.key for answer in read.answers}
            assert asked == set(written[read.respondent_id][1]), task.title
            mark_read(visit, read.id)
    assert len(cards) == len(task.recipients)
    return {person: values for person, (_, values) in written.items()}


def kept(fields: tuple[Field, ...], values: Values) -> Values:
    """What is kept as an answer: not what was for the counsellor alone."""
    once = {field.key for field in fields if isinstance(field, Question) and field.write_once}
    return {key: value for key, value in values.items() if key not in once}


def same(fields: tuple[Field, ...], values: Values) -> dict[str, str]:
    """Answers in the form in which they are kept, for comparing letter by letter."""
    by_key = {field.key: field for field in fields}
    return {key: to_json(by_key[key], value) for key, value in values.items()}
