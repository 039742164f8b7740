"""A counselling hour as its counsellor writes it down."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.fields import HiddenField, RadioField, SelectMultipleField

from portal.agenda.forms import (
    BOTH,
    PASSED,
    SKIPPED,
    ClockField,
    DayField,
    Given,
    MinutesField,
    moment_at,
    with_whom,
)
from portal.people.cards import MemberCard
from portal.sessions.cards import SessionCard
from portal.sessions.service import Hour
from portal.vocabulary import Seat
from portal.web.choices import choice
from portal.web.editing import EditForm
from portal.web.forms import PortalForm, WordsField, clean_line

MOST_STEPS = 30
STEP_LENGTH = 300
THERE = "there"


class SessionForm(PortalForm):
    """Who came, what was said for whom, what was agreed, and when they come next."""

    version = HiddenField(default="0")
    day = DayField(_l("Day"), validators=[Given(_l("Choose a day."))])
    clock = ClockField(_l("Time"), validators=[Given(_l("Choose a time."))])
    minutes = MinutesField(_l("Minutes"), default=60)
    attended = SelectMultipleField(_l("Who was there"), validate_choice=False)
    shared_summary = WordsField(_l("Shared summary"))
    agreed = WordsField(_l("Agreed steps"), most=6000)
    progress_note = WordsField(_l("Progress note"))
    process_note = WordsField(_l("Process note"))
    next_day = DayField(_l("Next session: day"))
    next_clock = ClockField(_l("Time"))
    next_with = RadioField(_l("With"), default=THERE)

    def __init__(self, members: Sequence[MemberCard], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attended.choices = [choice(m.seat.value, m.person.first_name) for m in members]
        same = choice(THERE, str(_("Whoever was there this time")))
        each = with_whom({m.seat: m.person.first_name for m in members})
        self.next_with.choices = [same, *(each if len(members) > 1 else ())]

    def validate_next_with(self, field: RadioField) -> None:
        """Where nobody came, nobody is told of a next hour by accident."""
        if self.next_day.data is None and self.next_clock.data is None:
            return
        if field.data == THERE and self._is_of_two and not self._there:
            raise ValidationError(
                _("Nobody was there this time. Choose with whom the next one is.")
            )

    def validate_agreed(self, field: WordsField) -> None:
        """A step is a line, not a page."""
        steps = self.steps
        if len(steps) > MOST_STEPS:
            raise ValidationError(_("Use at most %(most)s steps.", most=MOST_STEPS))
        if any(len(step) > STEP_LENGTH for step in steps):
            raise ValidationError(_("Keep each step under %(most)s characters.", most=STEP_LENGTH))
        field.data = "\n".join(steps)

    @property
    def steps(self) -> tuple[str, ...]:
        """What was agreed, one step a line."""
        lines = (clean_line(line) for line in (self.agreed.data or "").split("\n"))
        return tuple(line for line in lines if line)

    def hour(self, zone: str, now: datetime) -> Hour | None:
        """What was typed, where all of it fits."""
        day, clock = self.day.data, self.clock.data
        if not self.validate_on_submit() or day is None or clock is None:
            return None
        starts_at = moment_at(day, clock, zone)
        if starts_at is None:
            self.clock.errors = [str(SKIPPED)]
            return None
        if day > now.astimezone(ZoneInfo(zone)).date():
            self.day.errors = [_("This day is still to come. Plan it as the next session instead.")]
            return None
        return Hour(
            starts_at=starts_at,
            minutes=self.minutes.data or 0,
            attended=self._there,
            shared_summary=self.shared_summary.data or "",
            progress_note=self.progress_note.data or "",
            process_note=self.process_note.data or "",
            agreed=self.steps,
        )

    def next_at(self, zone: str, now: datetime) -> datetime | None:
        """When they come next, where that was typed and fits; else it says what is missing."""
        if self.next_day.data is None and self.next_clock.data is None:
            return None
        if self.next_day.data is None:
            self.next_day.errors = [_("Choose a day.")]
            return None
        if self.next_clock.data is None:
            self.next_clock.errors = [_("Choose a time.")]
            return None
        found = moment_at(self.next_day.data, self.next_clock.data, zone)
        if found is None:
            self.next_clock.errors = [str(SKIPPED)]
        elif found <= now:
            self.next_day.errors = [str(PASSED)]
            return None
        return found

    @property
    def next_seat(self) -> Seat | None:
        """With whom alone they come next, where it is not with all who take part."""
        chosen, there = self.next_with.data, self._there
        if chosen == THERE:
            return there[0] if self._is_of_two and len(there) == 1 else None
        return Seat(chosen) if chosen != BOTH else None

    @property
    def _there(self) -> tuple[Seat, ...]:
        here = self.attended.data or []
        return tuple(seat for seat in Seat if seat.value in here)

    @property
    def _is_of_two(self) -> bool:
        return len(self.attended.choices or ()) > 1


class EditSessionForm(EditForm, SessionForm):
    """The same over what is stored: a box that was left alone brings nothing back."""

    def clashes(self, moved: Sequence[str]) -> list[str]:  # noqa: ARG002 - none is asked about here
        """An overtaken page is shown whole once more, with both versions side by side."""
        return []


def values_of(card: SessionCard, members: Sequence[MemberCard], zone: str) -> dict[str, object]:
    """A session as the form shows it, in the couple's zone."""
    there = card.starts_at.astimezone(ZoneInfo(zone))
    return {
        "day": there.date(),
        "clock": there.time(),
        "minutes": card.minutes,
        "attended": [m.seat.value for m in members if m.person.id in card.attended],
        "shared_summary": card.shared_summary,
        "agreed": "\n".join(card.agreed),
        "progress_note": card.progress_note,
        "process_note": card.process_note,
    }
