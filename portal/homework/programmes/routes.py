"""Programmes' pages: beginning one, the weeks laid out, changing a step, giving it."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.agenda.queries import next_appointments
from portal.exercises.queries import newest_editions
from portal.foundation.errors import NotFound, Refused, Stale
from portal.homework.programmes import queries, service
from portal.homework.programmes.cards import ProgrammeCard, StepCard
from portal.homework.programmes.forms import (
    EditPlaceForm,
    GiveForm,
    PlaceForm,
    StartForm,
    TradeForm,
    all_whom_names,
    placed,
    whom_names,
)
from portal.homework.programmes.steps import service as steps
from portal.homework.service import today_in, usual_due_day
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.vocabulary import Role
from portal.web.access import STAFF, allow
from portal.web.once import once
from portal.web.pages import form_page, page
from portal.web.visits import visit


@allow(*STAFF)
def programmes() -> ResponseReturnValue:
    """Where every couple stands in its programmes."""
    return page("homework/programmes.html", couples=queries.everybody(visit()))


@allow(Role.COUNSELLOR)
@once
def start(couple_id: UUID) -> ResponseReturnValue:
    """A programme is begun for a couple: prepared, with nothing given."""
    here = visit()
    couple = couple_card(here, couple_id)
    require(deeds.may_care_for(here.viewer, couple.id))
    offers, today = queries.offered(here, couple), today_in(here, couple.time_zone)
    form = StartForm(offers, today)
    chosen = form.chosen(today)
    if chosen is not None:
        try:
            begun = service.start(here, couple.id, *chosen)
        except Refused as no:
            form.programme.errors = [_(reason) for reason in no.reasons]
        else:
            flash(_("Prepared. Nothing is given until you give it."), "done")
            return redirect(url_for("homework.programme", programme_id=begun.id), 303)
    return form_page(
        "homework/start.html", form, couple=couple, offers=offers, whom=all_whom_names()
    )


@allow(*STAFF)
def programme(programme_id: UUID) -> ResponseReturnValue:
    """The weeks of a programme laid out, with what each step waits for."""
    here = visit()
    card = queries.programme_card(here, programme_id)
    may_act = deeds.may_care_for(here.viewer, card.couple.id) and not card.is_over
    return page("homework/programme.html", card=card, may_act=may_act, whom=_whom(card))


@allow(Role.COUNSELLOR)
def pause(programme_id: UUID) -> ResponseReturnValue:
    """A programme stands still."""
    service.pause(visit(), programme_id)
    flash(_("It stands still. Nothing is given until you go on with it."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
def resume(programme_id: UUID) -> ResponseReturnValue:
    """A programme goes on, and what is left moves on."""
    weeks = service.resume(visit(), programme_id)
    moved = ngettext(
        "It goes on. What is left moves on by one week.",
        "It goes on. What is left moves on by %(num)s weeks.",
        weeks,
    )
    flash(moved if weeks else _("It goes on where it was."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
def end(programme_id: UUID) -> ResponseReturnValue:
    """A programme ends; what was given goes on."""
    here = visit()
    if request.method == "GET":
        card = queries.programme_card(here, programme_id)
        return page("homework/end_programme.html", card=card)
    service.end(here, programme_id)
    flash(_("The programme has ended. What was given goes on."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
@once
def add_step(programme_id: UUID) -> ResponseReturnValue:
    """One more exercise is prepared."""
    here = visit()
    card = _changeable(programme_id)
    form = PlaceForm(card, newest_editions(here.db), exercise=request.args.get("exercise", ""))
    placing = form.placing()
    if placing is None:
        return form_page("homework/add_step.html", form, card=card)
    steps.add_step(here, programme_id, placing)
    flash(_("Added. Nothing is given until you give it."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
def step(programme_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A prepared step is moved, meant for others, or makes room for another exercise."""
    here = visit()
    if request.method == "POST":  # what is read from now on is what will be changed: others wait
        service.locked_step(here, programme_id, step_id)
    card, one = _prepared(programme_id, step_id)
    form = EditPlaceForm.over(placed(one), card, newest_editions(here.db), one)
    placing = form.placing()
    if placing is None:
        return _step_page(card, one, form)
    steps.place_step(here, programme_id, step_id, placing)
    flash(_("Changed."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
def trade(programme_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """Two steps change places."""
    card, one = _prepared(programme_id, step_id)
    form = TradeForm(_others(card, one))
    if not form.validate_on_submit():
        return redirect(url_for("homework.step", programme_id=programme_id, step_id=step_id), 303)
    steps.trade_places(visit(), programme_id, step_id, UUID(form.other.data))
    flash(_("The two have changed places."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
def drop(programme_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A step is left out."""
    steps.drop_step(visit(), programme_id, step_id)
    flash(_("Left out. You can bring it back."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
def bring_back(programme_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A step that was left out is taken in again."""
    steps.bring_back(visit(), programme_id, step_id)
    flash(_("It is in again."), "done")
    return _back_to(programme_id)


@allow(Role.COUNSELLOR)
def give(programme_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """One step goes out, by this press and no other."""
    here = visit()
    card, one = _prepared(programme_id, step_id)
    couple = card.couple
    today = today_in(here, couple.time_zone)
    next_at = next_appointments(here, [couple.id]).get(couple.id)
    form = GiveForm(one, usual_due_day(today, next_at, couple.time_zone))
    giving, ticked = form.giving(today), form.ticked
    if giving is not None:
        try:
            service.give_step(here, programme_id, step_id, giving)
        except Refused as no:
            form.form_errors = [_(reason) for reason in no.reasons]
        except Stale as no:
            card, one = _prepared(programme_id, step_id)
            form, ticked = GiveForm(one, usual_due_day(today, next_at, couple.time_zone)), []
            form.seen.data, form.form_errors = one.mark, [_(no.message)]
        else:
            flash(_("Given. They see it on their page now."), "done")
            return _back_to(programme_id)
    return form_page("homework/give.html", form, card=card, step=one, ticked=ticked)


def _changeable(programme_id: UUID) -> ProgrammeCard:
    """The programme, for whoever has the couple in their care."""
    here = visit()
    card = queries.programme_card(here, programme_id)
    require(deeds.may_care_for(here.viewer, card.couple.id))
    queries.programme_of(here, programme_id).must_go_on()
    return card


def _prepared(programme_id: UUID, step_id: UUID) -> tuple[ProgrammeCard, StepCard]:
    card = _changeable(programme_id)
    one = next((each for each in card.steps if each.id == step_id), None)
    if one is None:
        raise NotFound
    return card, one


def _others(card: ProgrammeCard, one: StepCard) -> list[StepCard]:
    return [each for each in card.steps if each.is_prepared and each.id != one.id]


def _step_page(card: ProgrammeCard, one: StepCard, form: PlaceForm) -> ResponseReturnValue:
    others = _others(card, one)
    return form_page(
        "homework/step.html", form, card=card, step=one, trade=TradeForm(others) if others else None
    )


def _whom(card: ProgrammeCard) -> dict[str, str]:
    names = {**all_whom_names(), **whom_names(card.couple)}
    return {key.value: name for key, name in names.items()}


def _back_to(programme_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("homework.programme", programme_id=programme_id), 303)


ONE = "/homework/programmes/<uuid:programme_id>"
STEP = f"{ONE}/steps/<uuid:step_id>"
RULES = (
    ("/homework/programmes", programmes, ["GET"]),
    ("/homework/<uuid:couple_id>/start", start, ["GET", "POST"]),
    (ONE, programme, ["GET"]),
    (f"{ONE}/pause", pause, ["POST"]),
    (f"{ONE}/resume", resume, ["POST"]),
    (f"{ONE}/end", end, ["GET", "POST"]),
    (f"{ONE}/add", add_step, ["GET", "POST"]),
    (STEP, step, ["GET", "POST"]),
    (f"{STEP}/trade", trade, ["POST"]),
    (f"{STEP}/drop", drop, ["POST"]),
    (f"{STEP}/bring-back", bring_back, ["POST"]),
    (f"{STEP}/give", give, ["GET", "POST"]),
)
