"""What is chosen when a programme is begun, changed, and given step by step."""

from datetime import date, timedelta
from typing import Any

from flask import request
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import RadioField, SelectField

from portal.agenda.forms import DayField, Given
from portal.exercises.cards import EditionCard
from portal.homework.programmes.cards import OfferedProgramme, ProgrammeCard, StepCard
from portal.homework.programmes.service import Giving
from portal.homework.programmes.steps.service import Placing
from portal.homework.service import DUE_PASSED
from portal.people.cards import CoupleCard
from portal.vocabulary import Cadence, Seat, StepFor
from portal.web.choices import choice
from portal.web.editing import EditForm
from portal.web.forms import PortalForm, Said, SeenField, WordsField
from portal.web.pages import typed

LETTERS = {StepFor.A: Seat.A, StepFor.B: Seat.B}


class StartForm(PortalForm):
    """Which programme, from which day."""

    programme = RadioField(
        _l("Programme"), validators=[Said(_l("Choose a programme."))], validate_choice=False
    )
    starts_on = DayField(_l("First day"), validators=[Given(_l("Choose a day."))])

    def __init__(self, offers: list[OfferedProgramme], today: date) -> None:
        super().__init__(starts_on=today)
        fits = [offer for offer in offers if not offer.refused and not offer.is_running]
        self.programme.choices = [choice(o.key, o.definition.title) for o in fits]

    def chosen(self, today: date) -> tuple[str, date] | None:
        """The programme and its first day, where both fit."""
        starts_on = self.starts_on.data if self.validate_on_submit() else None
        if starts_on is None:
            return None
        if starts_on < today:
            self.starts_on.errors = [_(DUE_PASSED)]
            return None
        return str(self.programme.data), starts_on


class PlaceForm(PortalForm):
    """Which exercise, in which week, for whom."""

    exercise = SelectField(_l("Exercise"))
    week = SelectField(_l("Week"), coerce=int)
    for_whom = SelectField(_l("For whom"))

    def __init__(
        self,
        programme: ProgrammeCard,
        editions: list[EditionCard],
        step: StepCard | None = None,
        **kwargs: Any,
    ) -> None:
        now = next((week.number for week in programme.weeks if week.is_now), 0)
        first = {"exercise": kwargs.pop("exercise", ""), "week": now, "for_whom": "each"}
        super().__init__(**{"data": first, **kwargs})
        self.exercise.choices = [choice(card.key, card.title) for card in editions]
        self.week.choices = week_choices(programme)
        self.for_whom.choices = [
            choice(key.value, label) for key, label in whom_names(programme.couple, step).items()
        ]

    def placing(self) -> Placing | None:
        """What was chosen, where everything fits."""
        if not self.validate_on_submit():
            return None
        return Placing(self.exercise.data, self.week.data, StepFor(self.for_whom.data))


class EditPlaceForm(EditForm, PlaceForm):
    """The same, of a step that is prepared already."""


class TradeForm(PortalForm):
    """With which other step a step changes places."""

    other = SelectField(_l("Change places with"))

    def __init__(self, others: list[StepCard]) -> None:
        super().__init__()
        self.other.choices = [
            choice(str(each.id), _("Week %(week)s: %(title)s", week=each.week, title=each.title))
            for each in others
        ]


class GiveForm(PortalForm):
    """By when a step is given, with which line."""

    due_on = DayField(_l("For which day"), validators=[Given(_l("Choose a day."))])
    personal_line = WordsField(_l("A line from you"), most=600)
    seen = SeenField()

    def __init__(self, step: StepCard, due_on: date) -> None:
        super().__init__(due_on=due_on, seen=step.mark)
        if step.edition.cadence is Cadence.WEEKLY:
            del self.due_on  # its weeks have days of their own

    @property
    def ticked(self) -> list[str]:
        """The statements that were confirmed."""
        return request.form.getlist("tick")

    def giving(self, today: date) -> Giving | None:
        """How it is given, where everything fits."""
        if not self.validate_on_submit():
            return None
        due_on = self.due_on.data if self.due_on else None
        if due_on is not None and due_on < today:
            self.due_on.errors = [_(DUE_PASSED)]
            return None
        line, seen = typed(self.personal_line), typed(self.seen)
        return Giving(due_on, line, tuple(self.ticked), seen)


def placed(step: StepCard) -> dict[str, object]:
    """Where a step stands, as a form shows it."""
    return {
        "exercise": step.edition.key,
        "week": step.week,
        "for_whom": step.for_whom.value,
    }


def week_choices(programme: ProgrammeCard) -> list[Any]:
    """Every week that is laid out and a few more, with the day on which it begins."""
    first_on = programme.started_on
    days = {n: first_on + timedelta(weeks=n) for n in programme.weeks_to_choose}
    return [
        choice(
            str(number),
            _("Week %(week)s, from %(day)s", week=number, day=format_date(day, "d MMM")),
        )
        for number, day in days.items()
    ]


def whom_names(couple: CoupleCard, step: StepCard | None = None) -> dict[StepFor, str]:
    """For whom a step can be, in this couple's names; roles are the counsellor's own words."""
    names = {
        key: member.person.first_name
        for key, seat in LETTERS.items()
        for member in couple.taking_part
        if member.seat is seat
    }
    if len(couple.taking_part) < 2:
        found = {StepFor.CLIENT: _("Whoever comes"), **names}
    else:
        found = {
            StepFor.EACH: _("Each of them"),
            StepFor.COUPLE: _("Both together"),
            StepFor.HURT: _("The hurt partner"),
            StepFor.INVOLVED: _("The involved partner"),
            **names,
        }
    if step is not None and step.for_whom not in found:
        found[step.for_whom] = all_whom_names()[step.for_whom]
    return found


def all_whom_names() -> dict[StepFor, str]:
    """For whom a step of the catalogue is, before anybody is named."""
    return {
        StepFor.EACH: _("each"),
        StepFor.COUPLE: _("both"),
        StepFor.CLIENT: _("whoever comes"),
        StepFor.HURT: _("the hurt partner"),
        StepFor.INVOLVED: _("the involved partner"),
    }
