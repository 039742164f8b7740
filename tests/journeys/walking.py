"""Whole exercises answered as they are answered at home: by one, by each of two, or on one sheet for two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from portal.exercises.form.answers import to_json
from portal.exercises.form.checking import for_sending
from portal.exercises.form.definition import Field
from portal.exercises.form.fields import Question
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Values
from portal.homework.cards import TaskCard
from portal.homework.queries import assignment_rounds
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.joint import agreeing
from portal.reflections.joint import service as joint
from portal.reflections.joint.queries import sheet
from portal.reflections.laying import Half, lay_out
from portal.reflections.queries import reflections_on
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import mark_read, send
from portal.reflections.sheets import shared_on
from portal.vocabulary import Mode, Role
from tests.support.filled import Filler
from tests.support.suited import Suited
from tests.support.world import World


@dataclass(frozen=True)
class Walked:
    """One round as it was walked: by person, or by couple for a sheet, the questions and what was sent."""

    task: TaskCard
    fields: tuple[Field, ...]
    written: Mapping[UUID, Values]


@dataclass(frozen=True)
class Wish:
    """What a writer chooses besides the answers: yes to opening, yes to releases, narrower audiences."""

    said: Said = field(default_factory=lambda: Said(True, {}))
    audiences: Mapping[str, str] = field(default_factory=dict)


Wishes = Mapping[UUID, Wish]


def walk(
    world: World,
    suited: Suited,
    assignment_id: UUID,
    filler: Filler,
    how: str,
    wishes: Wishes | None = None,
) -> Walked:
    """The first round of one assignment, by everybody who was given it; what each wrote is kept."""
    counsellor = suited.couple.counsellor_id
    with world.as_(counsellor, Role.COUNSELLOR) as visit:
        task = assignment_rounds(visit, assignment_id)[0]
    answer = _on_one_sheet if task.mode is Mode.JOINT and len(suited.to) > 1 else _each_alone
    walked = answer(world, task, filler, how, wishes or {})
    with world.as_(counsellor, Role.COUNSELLOR) as visit:
        desk = lay_out(visit, [task], "en", None)
        found = {
            who: words.values
            for row in desk.rows[task.round_id]
            for who in desk.writers_of(task, row)
            if (words := desk.words_of(Half(row, who))) is not None
        }
        for who, values in walked.written.items():
            here = found.get(who, {})
            assert same(walked.fields, here) == same(walked.fields, values), task.title
        cards = reflections_on(visit, [task])[task.round_id]
        together = shared_on(visit, [task])
        read = {card.respondent_id: card.answers for card in cards}
        read |= {task.couple_id: together[task.round_id].answers} if together else {}
        for who, values in walked.written.items():
            assert {answer.key for answer in read.get(who, ())} == set(values), task.title
        for reflection_id in {card.id for card in cards}:
            mark_read(visit, reflection_id)
    assert len(cards) == len(task.recipients)
    return walked


def _each_alone(world: World, task: TaskCard, filler: Filler, how: str, wishes: Wishes) -> Walked:
    written: dict[UUID, Values] = {}
    fields: tuple[Field, ...] = ()
    for person in task.recipients:
        wish = wishes.get(person, Wish())
        with world.as_(person, Role.PARTNER) as visit:
            card = draft(visit, task.round_id)
            fields = card.fields
            values = getattr(filler, how)(fields)
            reading = Reading(values, present=frozenset(values), audiences=wish.audiences)
            save(visit, task.round_id, reading)
        with world.as_(person, Role.PARTNER) as visit:
            card = draft(visit, task.round_id)
            assert same(fields, card.reading.values) == same(fields, values), task.title
            written[person] = kept(fields, for_sending(fields, values, card.context))
            send(visit, task.round_id, wish.said)
    return Walked(task, fields, written)


def _on_one_sheet(world: World, task: TaskCard, filler: Filler, how: str, wishes: Wishes) -> Walked:
    """The first of the two writes what both share, each of them their own; both confirm."""
    together: Values = {}
    own: dict[UUID, Values] = {}
    for place, person in enumerate(task.recipients):
        wish = wishes.get(person, Wish())
        with world.as_(person, Role.PARTNER) as visit:
            card = sheet(visit, task.round_id)
            fields = card.draft.fields
            values = getattr(filler, how)(fields)
            mine = {key: value for key, value in values.items() if key in _each(task, fields)}
            ours = {key: value for key, value in values.items() if key not in mine}
            own[person] = mine
            together = together if place else ours
            typed = mine if place else values
            reading = Reading(typed, present=frozenset(typed), audiences=wish.audiences)
            joint.save(visit, task.round_id, reading, dict(card.bases))
    for person in task.recipients:
        with world.as_(person, Role.PARTNER) as visit:
            card = sheet(visit, task.round_id)
            wanted = {**together, **own[person]}
            assert same(fields, card.draft.reading.values) == same(fields, wanted), task.title
            sent = kept(fields, for_sending(fields, wanted, card.draft.context))
            own[person] = {key: value for key, value in sent.items() if key in own[person]}
            ours = {key: value for key, value in sent.items() if key not in own[person]}
            said = wishes.get(person, Wish()).said
            is_second = agreeing.confirm(visit, task.round_id, card.seen, said)
    assert is_second
    return Walked(task, fields, {task.couple_id: ours, **own})


def _each(task: TaskCard, fields: tuple[Field, ...]) -> set[str]:
    """What each of two answers alone: the questions for each, and those that end every exercise."""
    asked = {question.key for question in task.edition.content.exercise.fields}
    return {
        question.key
        for question in fields
        if question.key not in asked or getattr(question, "respondent", None) == "each"
    }


def kept(fields: tuple[Field, ...], values: Values) -> Values:
    """What is kept as an answer: not what was for the counsellor alone."""
    once = {each.key for each in fields if isinstance(each, Question) and each.write_once}
    return {key: value for key, value in values.items() if key not in once}


def same(fields: tuple[Field, ...], values: Values) -> dict[str, str]:
    """Answers in the form in which they are kept, for comparing letter by letter."""
    by_key = {each.key: each for each in fields}
    return {key: to_json(by_key[key], value) for key, value in values.items()}
