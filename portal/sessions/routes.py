"""Writing down a counselling hour."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.agenda import service as agenda
from portal.agenda.queries import appointments_between, next_hours
from portal.foundation.errors import Stale
from portal.people.cards import CoupleCard
from portal.people.queries import couple_card
from portal.policies import deeds
from portal.policies.viewer import require
from portal.sessions import queries, service
from portal.sessions.cards import SessionCard
from portal.sessions.forms import EditSessionForm, SessionForm, values_of
from portal.vocabulary import Role, Seat
from portal.web.access import allow
from portal.web.once import once
from portal.web.pages import form_page
from portal.web.visits import visit

pages = Blueprint("sessions", __name__)
BACK, AHEAD = timedelta(days=7), timedelta(hours=12)


@pages.route("/sessions/<uuid:couple_id>/new", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
@once
def write(couple_id: UUID) -> ResponseReturnValue:
    """An hour that took place is written down."""
    here = visit()
    couple = couple_card(here, couple_id)
    form = SessionForm(couple.taking_part, data=_likely(couple))
    hour, next_at = form.hour(couple.time_zone, here.now), form.next_at(couple.time_zone, here.now)
    if hour is None or form.errors:
        return _session_page("sessions/write.html", form, couple)
    service.write_session(here, couple.id, hour)
    _plan(couple, next_at, form.next_seat)
    flash(_("Saved."), "done")
    return redirect(url_for("today.couple", couple_id=couple.id), 303)


@pages.route("/sessions/<uuid:session_id>", methods=["GET", "POST"])
@allow(Role.COUNSELLOR)
def edit(session_id: UUID) -> ResponseReturnValue:
    """What was written about an hour is gone on with."""
    here = visit()
    card = queries.session_card(here, session_id)
    require(deeds.may_care_for(here.viewer, card.couple_id))
    couple = couple_card(here, card.couple_id)
    values = values_of(card, couple.taking_part, couple.time_zone)
    form = EditSessionForm.over(values, couple.taking_part, version=str(card.version))
    hour, next_at = form.hour(couple.time_zone, here.now), form.next_at(couple.time_zone, here.now)
    if hour is None or form.errors:
        return _session_page("sessions/edit.html", form, couple, card)
    try:
        service.change_session(here, session_id, hour, _version(form))
    except Stale as problem:
        form.form_errors.append(_(problem.message))
        form.version.data = str(card.version)
        return _session_page("sessions/edit.html", form, couple, card, stored=card)
    _plan(couple, next_at, form.next_seat)
    flash(_("Saved."), "done")
    return redirect(url_for("today.couple", couple_id=couple.id), 303)


def _session_page(
    template: str,
    form: SessionForm,
    couple: CoupleCard,
    card: SessionCard | None = None,
    stored: SessionCard | None = None,
) -> ResponseReturnValue:
    hours = next_hours(visit(), couple.id)
    return form_page(template, form, couple=couple, card=card, stored=stored, hours=hours)


def _plan(couple: CoupleCard, next_at: datetime | None, seat: Seat | None) -> None:
    """When they come next; what is planned with other people stays as it is."""
    here = visit()
    if next_at is None:
        return
    planned = next_hours(here, couple.id)
    same = [h for h in planned if (h.with_seat is seat if seat else h.is_with_all)]
    if not same or same[0].starts_at != next_at:
        agenda.plan(here, couple.id, next_at, with_seat=seat)


def _likely(couple: CoupleCard) -> dict[str, object]:
    """The hour that is to be written down, with whom it was planned; with nobody where that is not clear."""
    here, zone = visit(), ZoneInfo(couple.time_zone)
    planned = appointments_between(here, [couple.id], here.now - BACK, here.now + AHEAD)
    waiting = queries.unwritten(here, couple.id, planned)
    begun = [hour for hour in waiting if hour.starts_at <= here.now]
    if not waiting:
        with_all = couple.sits_together and all(hour.is_with_all for hour in planned)
        return {
            "day": here.now.astimezone(zone).date(),
            "attended": _expected(couple, None) if with_all else [],
        }
    likely = begun[-1] if begun else waiting[0]
    there = likely.starts_at.astimezone(zone)
    meant = [
        _expected(couple, hour.with_seat)
        for hour in planned
        if hour.starts_at == likely.starts_at
        or (hour in begun and hour.starts_at.astimezone(zone).date() == there.date())
    ]
    return {
        "day": there.date(),
        "clock": there.time(),
        "minutes": likely.minutes,
        "attended": meant[0] if all(people == meant[0] for people in meant) else [],
    }


def _expected(couple: CoupleCard, seat: Seat | None) -> list[str]:
    return [m.seat.value for m in couple.taking_part] if seat is None else [seat.value]


def _version(form: SessionForm) -> int:
    typed = form.version.data or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
