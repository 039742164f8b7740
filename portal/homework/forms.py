"""What is chosen when homework is given."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import BooleanField, RadioField, SelectField

from portal.agenda.forms import DayField, Given
from portal.homework.cards import GivingCard
from portal.homework.giving.queries import BOTH, seats_of, ways_of
from portal.homework.service import DUE_PASSED, Order
from portal.people.cards import CoupleCard
from portal.web.choices import choice
from portal.web.forms import PortalForm, Said, WordsField


class AssignForm(PortalForm):
    """An exercise, for whom, by when, with which line; and another one for the other, where wanted."""

    exercise = RadioField(
        _l("Exercise"), validators=[Said(_l("Choose an exercise."))], validate_choice=False
    )
    to = RadioField(_l("For whom"), validate_choice=False)
    other = SelectField(_l("What, and for whom"), validate_choice=False)
    due_on = DayField(_l("For which day"), validators=[Given(_l("Choose a day."))])
    personal_line = WordsField(_l("A line from you"), most=600)
    held = BooleanField(_l("Hold it: nothing opens to the other until I lift the hold"))

    def __init__(
        self,
        couple: CoupleCard,
        due_on: date,
        way: str,
        alone: Mapping[str, list[GivingCard]],
        **kwargs: Any,
    ) -> None:
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
        self.offered = {card.choice: card for cards in alone.values() for card in cards}
        self.other.choices = self._others()

    @property
    def way(self) -> str:
        """For whom: one of the choices that there are, without whoever is to get something else."""
        ways = ways_of(self.couple)
        way = self.to.data if self.to.data in ways else next(iter(ways), BOTH)
        if way == BOTH and self.for_other is not None:
            return next(key for key in ways if key not in (BOTH, self.for_other[1]))
        return way

    @property
    def for_other(self) -> tuple[UUID, str] | None:
        """What one of them is to get instead, and which of them."""
        edition, _at, way = (self.other.data or "").partition("@")
        try:
            return (UUID(edition), way) if way in self.names and way != BOTH else None
        except ValueError:
            return None

    @property
    def beside(self) -> GivingCard | None:
        """The same, where it can be given now."""
        return self.offered.get(self.other.data or "")

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

    @property
    def ticked_beside(self) -> list[str]:
        """Those of what one of them is to get instead, wherever on the page they were confirmed."""
        names = (
            [f"{name}-{self.for_other[0]}" for name in ("tick", "other")] if self.for_other else []
        )
        return [sentence for name in names for sentence in request.form.getlist(name)]

    def orders(self, today: date) -> tuple[Order, ...]:
        """What is to be given, in one act; nothing where something does not fit."""
        due_on = self.due_on.data if self.validate_on_submit() else None
        if due_on is None:
            return ()
        if self.chosen is None:
            self.exercise.errors = [_("Choose an exercise.")]
            return ()
        if due_on < today:
            self.due_on.errors = [_(DUE_PASSED)]
            return ()
        order = Order(
            edition_id=self.chosen,
            to=seats_of(self.couple, self.way),
            due_on=due_on,
            personal_line=self.personal_line.data or "",
            ticked=tuple(self.ticked),
            held=self.held.data,
        )
        return self._with_other(order) if self.other.data else (order,)

    def _with_other(self, order: Order) -> tuple[Order, ...]:
        """The same act, and in it something else for one of them."""
        if self.for_other is None:
            self.other.errors = [_("Choose one of these, or nothing else.")]
            return ()
        edition_id, way = self.for_other
        to = seats_of(self.couple, way)
        if to == order.to:
            says = _(
                "Both exercises are for %(name)s. Choose who gets which.", name=self.names[way]
            )
            self.other.errors = [says]
            return ()
        ticked = tuple(self.ticked_beside)
        return order, replace(order, edition_id=edition_id, to=to, ticked=ticked)

    def _others(self) -> list[Any]:
        found = [choice("", _("Nothing else"))]
        if self.for_other and not self.beside:
            # It stays chosen, so that nobody gets by mistake what the other was to get.
            found.append(choice(self.other.data, _("Something that cannot be given now")))
        return [*found, *map(self._other, self.offered.values())]

    def _other(self, card: GivingCard) -> Any:
        name, title = self.names[card.for_whom], card.edition.title
        if card.verdict.to_tick:
            label = _("%(name)s: %(title)s (once you confirm)", name=name, title=title)
        else:
            label = _("%(name)s: %(title)s", name=name, title=title)
        return choice(card.choice, label, _("For %(name)s", name=name))
