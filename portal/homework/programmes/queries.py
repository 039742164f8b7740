"""Finding programmes, inside the fence and for staff alone, in the same few look-ups however many."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.exercises import queries as exercises
from portal.exercises.cards import EditionCard
from portal.exercises.form.definition import ProgrammeDefinition
from portal.foundation.errors import NotFound
from portal.homework.models import Assignment, Recipient
from portal.homework.programmes.cards import (
    OfferedProgramme,
    PlanStep,
    ProgrammeCard,
    ProgrammeLine,
    ReachedCard,
    Stages,
    StepCard,
    WeekCard,
)
from portal.homework.programmes.models import WEEK, Programme, ProgrammeStep
from portal.homework.queries import Reached, couple_facts, reached_in, weighed
from portal.homework.service import today_in
from portal.people.cards import CoupleCard, MemberCard
from portal.people.queries import couple_card, couple_cards
from portal.policies.gates import NEEDS_CLEAR, Verdict, weigh_programme
from portal.policies.sight import sees_programme
from portal.visit import Visit
from portal.vocabulary import PartnerRole, ProgrammeState, StepFor, StepHold, StepState

NO_ROLE = "Say in their file which of the two is in this role, or choose for whom it is."


def programme_of(visit: Visit, programme_id: UUID) -> Programme:
    """One programme, where it exists for this viewer."""
    found = visit.db.get(Programme, programme_id)
    if found is None or not sees_programme(visit.viewer, found.couple_id):
        raise NotFound
    return found


def programme_card(visit: Visit, programme_id: UUID) -> ProgrammeCard:
    """A programme laid out in its weeks, with what each step waits for now."""
    row = programme_of(visit, programme_id)
    couple = couple_card(visit, row.couple_id)
    steps = _steps_of(visit, [row.id])
    definition = exercises.programmes()[row.key]
    stages = Stages(definition, steps)
    desk, reached = _Desk(visit, row, couple, stages), reached_by_step(visit, couple, steps)
    cards = [desk.step(step, reached[step.id]) for step in steps]
    last = max([definition.weeks, *(card.week for card in cards)])
    return ProgrammeCard(
        id=row.id,
        couple=couple,
        definition=definition,
        state=row.state,
        started_on=row.started_on,
        paused_on=row.paused_on,
        today=desk.today,
        weeks=tuple(desk.week(number, cards) for number in range(last + 1)),
    )


def step_of(visit: Visit, programme_id: UUID, step_id: UUID) -> tuple[ProgrammeCard, StepCard]:
    """One step with the programme that it stands in."""
    card = programme_card(visit, programme_id)
    found = next((step for step in card.steps if step.id == step_id), None)
    if found is None:
        raise NotFound
    return card, found


def programme_lines(visit: Visit, couples: Iterable[CoupleCard]) -> list[ProgrammeLine]:
    """Where these couples stand in their programmes, the newest first."""
    seen = {c.id: c for c in couples if sees_programme(visit.viewer, c.id)}
    query = select(Programme).where(Programme.couple_id.in_(list(seen)))
    rows = visit.db.scalars(query.order_by(Programme.started_at.desc(), Programme.id)).all()
    steps = _steps_of(visit, [row.id for row in rows])
    return [
        _line(
            row,
            [step for step in steps if step.programme_id == row.id],
            today_in(visit, seen[row.couple_id].time_zone),
        )
        for row in rows
    ]


def everybody(visit: Visit) -> list[tuple[CoupleCard, tuple[ProgrammeLine, ...]]]:
    """Every couple in this viewer's care with where they stand; those without one come last."""
    couples = couple_cards(visit)
    lines = programme_lines(visit, couples)
    found = [(c, tuple(line for line in lines if line.couple_id == c.id)) for c in couples]
    return sorted(found, key=lambda pair: not any(line.is_running for line in pair[1]))


def offered(visit: Visit, couple: CoupleCard) -> list[OfferedProgramme]:
    """Every programme of the catalogue, those that suit this couple first, with every reason."""
    titles = {card.key: shown_title(card) for card in exercises.newest_editions(visit.db)}
    query = select(Programme.key).where(
        Programme.couple_id == couple.id, Programme.state != ProgrammeState.ENDED
    )
    running = set(visit.db.scalars(query))
    found = [
        OfferedProgramme(
            definition=programme,
            refused=reasons_not_to_begin(programme, couple),
            steps=tuple(
                PlanStep(
                    week=step.week,
                    title=titles.get(step.exercise, ""),
                    optional=step.optional,
                    hold=StepHold(step.hold) if step.hold else None,
                    for_whom=StepFor(step.to),
                )
                for step in programme.steps
            ),
            is_running=programme.id in running,
        )
        for programme in exercises.programmes().values()
    ]
    return sorted(found, key=lambda offer: (bool(offer.refused), offer.definition.title))


def reasons_not_to_begin(programme: ProgrammeDefinition, couple: CoupleCard) -> tuple[str, ...]:
    """Why a programme is not for this couple now."""
    facts = couple_facts(couple)
    return weigh_programme(programme.contact_levels, facts, for_one=programme.for_one_partner)


def recipients_of(for_whom: StepFor, couple: CoupleCard) -> tuple[MemberCard, ...]:
    """Who gets a step as things are now; nobody where the role is not set."""
    here = couple.taking_part
    if for_whom in (StepFor.EACH, StepFor.COUPLE):
        return here
    if for_whom is StepFor.CLIENT:
        return here[:1]
    if for_whom in (StepFor.HURT, StepFor.INVOLVED):
        return tuple(m for m in here if m.role is PartnerRole(for_whom.value))
    return tuple(m for m in here if m.seat.value == for_whom.value)


def still_without(
    step: ProgrammeStep, to: Sequence[MemberCard], reached: Sequence[ReachedCard]
) -> tuple[MemberCard, ...]:
    """Whom a step is still to be given to: who never got it, or had it taken back."""
    if step.state is not StepState.GIVEN:
        return tuple(to)
    having = {each.seat for each in reached if not each.is_taken_back}
    return tuple(member for member in to if member.seat not in having)


def shown_title(edition: EditionCard) -> str:
    """A title as it may lie on the table: some exercises are named nowhere but where they are done."""
    hidden = exercises.standing().partner_sees.hidden_title
    return hidden if edition.hides_title else edition.title


class _Desk:
    """What is looked up once for all the steps of one programme."""

    def __init__(self, visit: Visit, row: Programme, couple: CoupleCard, stages: Stages) -> None:
        self.row, self.couple, self.stages = row, couple, stages
        self.today = today_in(visit, couple.time_zone)
        self.editions = {card.key: card for card in exercises.newest_editions(visit.db)}
        self.done: Reached = reached_in(visit, couple)

    def step(self, step: ProgrammeStep, reached: tuple[ReachedCard, ...]) -> StepCard:
        """One step as things are now."""
        edition = self.editions[step.exercise_key]
        to = recipients_of(step.for_whom, self.couple)
        left = still_without(step, to, reached)
        verdict = weighed(edition, self.couple, left or to, self.done)
        return StepCard(
            id=step.id,
            week=step.week,
            place=step.place,
            stage=self.stages.of_step(step),
            first_on=self.row.first_day_of(step.week),
            edition=edition,
            title=shown_title(edition),
            for_whom=step.for_whom,
            to=to,
            left=left,
            optional=step.optional,
            hold=step.hold,
            note=step.note,
            state=step.state,
            verdict=verdict,
            refused=_refused(step, self.couple, verdict, has_people=bool(to)),
            reached=reached,
        )

    def week(self, number: int, cards: Sequence[StepCard]) -> WeekCard:
        """One week with its days."""
        first_on = self.row.first_day_of(number)
        last_on = first_on + timedelta(days=WEEK - 1)
        here = tuple(card for card in cards if card.week == number)
        stages = {card.stage for card in here} or {self.stages.of_week(number)}
        return WeekCard(
            number=number,
            first_on=first_on,
            last_on=last_on,
            stage=stages.pop() if len(stages) == 1 else "",
            is_now=first_on <= self.today <= last_on,
            steps=here,
        )


def _refused(
    step: ProgrammeStep, couple: CoupleCard, verdict: Verdict, *, has_people: bool
) -> tuple[str, ...]:
    """Why a step cannot go out now; a hold for ‘clear’ counts also where the exercise asks nothing."""
    if not has_people and step.for_whom in (StepFor.HURT, StepFor.INVOLVED):
        return (NO_ROLE,)
    held = step.hold is StepHold.CLEAR and not couple_facts(couple).is_clear and not verdict.solo
    return tuple(dict.fromkeys((*verdict.refused, *((NEEDS_CLEAR,) if held else ()))))


def _steps_of(visit: Visit, programme_ids: Sequence[UUID]) -> Sequence[ProgrammeStep]:
    query = select(ProgrammeStep).where(ProgrammeStep.programme_id.in_(list(programme_ids)))
    ordered = query.order_by(ProgrammeStep.week, ProgrammeStep.place, ProgrammeStep.id)
    return visit.db.scalars(ordered).all()


def reached_by_step(
    visit: Visit, couple: CoupleCard, steps: Sequence[ProgrammeStep]
) -> dict[UUID, tuple[ReachedCard, ...]]:
    """How far everybody got with what these steps gave them."""
    acts = [step.act_id for step in steps if step.act_id is not None]
    query = (
        select(Assignment, Recipient)
        .join(Recipient, Recipient.assignment_id == Assignment.id)
        .where(Assignment.couple_id == couple.id, Assignment.act_id.in_(acts))
        .order_by(Assignment.assigned_at, Assignment.id)
    )
    members = {member.person.id: member for member in couple.members}
    rows = visit.db.execute(query).all()
    read = exercises.editions(visit.db, {row.Assignment.edition_id for row in rows})
    found: dict[tuple[UUID, str], list[ReachedCard]] = {}
    for row in rows:
        given, to = row.Assignment, members[row.Recipient.person_id]
        card = ReachedCard(
            seat=to.seat,
            name=to.person.first_name,
            assignment_id=given.id,
            state=given.state,
            reached=row.Recipient.reached,
            cadence=given.cadence,
        )
        found.setdefault((given.act_id, read[given.edition_id].key), []).append(card)
    mine = {s.id: found.get((s.act_id, s.exercise_key), []) for s in steps if s.act_id}
    return {s.id: tuple(sorted(mine.get(s.id, ()), key=lambda c: c.seat.value)) for s in steps}


def _line(row: Programme, steps: Sequence[ProgrammeStep], today: date) -> ProgrammeLine:
    left = [step for step in steps if step.state is StepState.SCHEDULED]
    definition = exercises.programmes()[row.key]
    last = max([definition.weeks, *(step.week for step in steps)])
    at = row.paused_on or today
    return ProgrammeLine(
        id=row.id,
        couple_id=row.couple_id,
        title=definition.title,
        state=row.state,
        started_on=row.started_on,
        week=min(max((at - row.started_on).days // WEEK, 0), last),
        last_week=last,
        given=sum(step.state is StepState.GIVEN for step in steps),
        of=sum(step.state is not StepState.DROPPED for step in steps),
        due=sum(row.first_day_of(step.week) <= today for step in left),
    )
