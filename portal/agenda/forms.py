"""Days, times and lengths as people type them, and the form that plans an hour."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, ValidationError
from wtforms.fields import DateField, Field, IntegerField, RadioField, TimeField
from wtforms.validators import NumberRange, StopValidation

from portal.people.cards import CoupleCard
from portal.vocabulary import Seat
from portal.web.choices import choice
from portal.web.forms import PortalForm

DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))")
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
YEARS = range(2000, 2101)
NOT_A_DAY = _l("Write the day like 2026-05-14 or 14/05/2026.")
NOT_A_TIME = _l("Write the time like 18:30.")
NOT_A_NUMBER = _l("Write a whole number of minutes, like 60.")
SKIPPED = _l("The clocks go forward that night, so this time does not exist. Choose another one.")
BOTH = "both"
PASSED = _l("That moment has passed already. Choose one that is still to come.")


class DayField(DateField):
    """A day; what cannot be understood stays in the box as it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a day in one of the ways in which people write it."""
        self.data = None
        typed = " ".join(valuelist).strip()
        if typed:
            self.data = day_in(typed)
            if self.data is None:
                raise ValueError(str(NOT_A_DAY))

    def _value(self) -> str:
        if self.data is not None:
            return self.data.isoformat()
        return " ".join(self.raw_data or [])


class ClockField(TimeField):
    """A time of day on a clock of 24 hours."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a time as a clock shows it."""
        self.data = None
        typed = " ".join(valuelist).strip()
        if typed:
            self.data = time_in(typed)
            if self.data is None:
                raise ValueError(str(NOT_A_TIME))

    def _value(self) -> str:
        if self.data is not None:
            return self.data.strftime("%H:%M")
        return " ".join(self.raw_data or [])


class MinutesField(IntegerField):
    """How long an hour takes."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        fits = NumberRange(min=10, max=480, message=_l("Write a number from 10 to 480."))
        super().__init__(label, validators=[Given(NOT_A_NUMBER), fits], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a whole number."""
        self.data = None
        typed = " ".join(valuelist).strip()
        if typed:
            if not re.fullmatch(r"[0-9]{1,4}", typed):
                raise ValueError(str(NOT_A_NUMBER))
            self.data = int(typed)


class Given:
    """Something has to be typed here; what could not be read has had its own sentence already."""

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, _form: Form, field: Field) -> None:
        """Ask for it where nothing was typed."""
        if field.process_errors:
            raise StopValidation
        if field.data is None:
            raise StopValidation(str(self.sentence))


class PlanForm(PortalForm):
    """When two people, or one of them, and their counsellor next sit together."""

    day = DayField(_l("Day"), validators=[Given(_l("Choose a day."))])
    clock = ClockField(_l("Time"), validators=[Given(_l("Choose a time."))])
    minutes = MinutesField(_l("Minutes"), default=60)
    with_whom = RadioField(_l("With"), default=BOTH, validate_choice=False)

    def between(self, couple: CoupleCard) -> "PlanForm":
        """Offer the people whom an hour can be planned with; one who comes alone needs no choice.

        Where something speaks against an hour with both, the counsellor has to choose it: it is not set for them.
        """
        seats = {m.seat: m.person.first_name for m in couple.taking_part}
        self.with_whom.choices = with_whom(seats)
        if len(seats) == 1:
            self.with_whom.data = next(iter(seats)).value
        elif not couple.sits_together and not self.with_whom.raw_data:
            self.with_whom.data = None
        return self

    def validate_with_whom(self, field: RadioField) -> None:
        """A page from before somebody joined does not ask; nobody is told of an hour by accident."""
        offered = [value for value, *_ in field.iter_choices()]
        if len(offered) > 1 and not (field.raw_data and field.data in offered):
            raise ValidationError(_("Choose with whom."))

    @property
    def with_seat(self) -> Seat | None:
        """With whom alone, where it is not with both."""
        return Seat(self.with_whom.data) if self.with_whom.data != BOTH else None

    def starts_at(self, zone: str, now: datetime) -> datetime | None:
        """The moment that was typed, where it exists and is still to come."""
        day, clock = self.day.data, self.clock.data
        if not self.validate_on_submit() or day is None or clock is None:
            return None
        found = moment_at(day, clock, zone)
        if found is None:
            self.clock.errors = [str(SKIPPED)]
        elif found <= now:
            self.day.errors = [str(PASSED)]
            return None
        return found


def with_whom(seats: Mapping[Seat, str]) -> list[Any]:
    """With whom an hour can be: both or one alone; with the only one where nobody else takes part."""
    each = [choice(seat.value, str(_("%(name)s alone", name=n))) for seat, n in seats.items()]
    return each if len(each) == 1 else [choice(BOTH, str(_("Both"))), *each]


def day_in(typed: str) -> date | None:
    """A day from its numbers; none where there is no such day."""
    found = DAY.fullmatch(typed)
    if found is None:
        return None
    y, m, d, d2, m2, y2 = (int(part) if part else 0 for part in found.groups())
    try:
        day = date(y or y2, m or m2, d or d2)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def time_in(typed: str) -> time | None:
    """A time of day from its numbers; none where no clock shows it."""
    found = TIME.fullmatch(typed)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment_at(day: date, clock: time, zone: str) -> datetime | None:
    """This day and time in this zone; none where the clocks skip it."""
    there = ZoneInfo(zone)
    here = datetime.combine(day, clock, there)
    back = here.astimezone(UTC).astimezone(there)
    return here if back.replace(tzinfo=None) == here.replace(tzinfo=None) else None
