"""What is chosen when homework is given."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import BooleanField, RadioField

from portal.agenda.forms import DayField, Given
from portal.homework.giving.queries import BOTH, seats_of, ways_of
from portal.homework.service import DUE_PASSED, Order
from portal.people.cards import CoupleCard
from portal.web.choices import choice
from portal.web.forms import PortalForm, Said, WordsField


class AssignForm(PortalForm):
    """An exercise, for whom, by when, with which line."""

    exercise = RadioField(
        _l("Exercise"), validators=[Said(_l("Choose an exercise."))], validate_choice=False
    )
    to = RadioField(_l("For whom"), validate_choice=False)
    due_on = DayField(_l("For which day"), validators=[Given(_l("Choose a day."))])
    personal_line = WordsField(_l("A line from you"), most=600)
    held = BooleanField(_l("Hold it: nothing opens to the other until I lift the hold"))

    def __init__(self, couple: CoupleCard, due_on: date, way: str, **kwargs: Any) -> None:
        ways = ways_of(couple)
        super().__init__(due_on=due_on, to=way if way in ways else next(iter(ways), ""), **kwargs)
        self.couple = couple
        only = (self.exercise.data or "").partition("@")[2]
        if only in ways:
            # Chosen among those that suit only one of them, so it is for that one.
            self.to.data = only
        firsts = {m.seat.value: m.person.first_name for m in couple.members}
        self.names = {key: _("Both") if key == BOTH else firsts[key] for key in ways}
        self.to.choices = [choice(key, name) for key, name in self.names.items()]

    @property
    def way(self) -> str:
        """For whom: one of the choices that there are, the first of them where none was made."""
        ways = ways_of(self.couple)
        return self.to.data if self.to.data in ways else next(iter(ways), BOTH)

    @property
    def chosen(self) -> UUID | None:
        """The edition that was chosen."""
        try:
            return UUID((self.exercise.data or "").partition("@")[0])
        except ValueError:
            return None

    @property
    def ticked(self) -> list[str]:
        """The statements that were confirmed beside the exercise that was chosen."""
        return request.form.getlist(f"tick-{self.chosen}")

    def order(self, today: date) -> Order | None:
        """What is to be given, where everything fits."""
        due_on = self.due_on.data if self.validate_on_submit() else None
        if due_on is None:
            return None
        if self.chosen is None:
            self.exercise.errors = [_("Choose an exercise.")]
            return None
        if due_on < today:
            self.due_on.errors = [_(DUE_PASSED)]
            return None
        return Order(
            edition_id=self.chosen,
            to=seats_of(self.couple, self.way),
            due_on=due_on,
            personal_line=self.personal_line.data or "",
            ticked=tuple(self.ticked),
            held=self.held.data,
        )
