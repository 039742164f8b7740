"""How a sheet of two is played: both write on it, each from their own sign-in, and both confirm it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from portal.exercises.form.reading import Reading
from portal.reflections.joint.agreeing import confirm
from portal.reflections.joint.queries import sheet
from portal.reflections.joint.service import save
from portal.reflections.sending.cards import Said
from portal.reflections.sheets import is_own_question
from portal.sample.answers import values_of
from portal.sample.stage import Event
from portal.sample.work import WRITE, Work, round_in
from portal.visit import Visit
from portal.vocabulary import Seat


class SheetWork(Work):
    """One joint assignment of the sample, played deed by deed."""

    def writing(self, sent: dict[str, Any]) -> Iterator[Event]:
        """Both have written when the first of them confirms; the second yes sends the sheet."""
        said = {seat: sent["confirmed"][seat.value] for seat in Seat}
        first = min(said.values(), key=self.stage.calendar.at)
        for seat in Seat:
            yield self.stage.partner(seat, first, WRITE, partial(self._fill, sent=sent, seat=seat))
        for seat, at in said.items():
            yield self.stage.partner(seat, at, WRITE, partial(self._confirm, sent=sent, seat=seat))

    def _fill(self, here: Visit, sent: dict[str, Any], seat: Seat) -> None:
        """One's own answers, and every second one of the shared: the sample does not say whose hand."""
        round_id = self._round(round_in(sent))
        card = sheet(here, round_id)
        fields = {field.key: field for field in card.draft.fields}
        own = {key for key, field in fields.items() if is_own_question(card.draft.task, field)}
        shared = [key for key in fields if key in sent["answers"] and key not in own]
        mine = shared[0 if seat is Seat.A else 1 :: 2]
        alone = {key: said[seat.value] for key, said in sent["answers"].items() if key in own}
        written = {
            **{key: sent["answers"][key] for key in mine},
            **alone,
            **sent.get("after", {}).get(seat.value, {}),
        }
        values = values_of(card.draft.fields, written, self.stage.calendar, card.draft.own.currency)
        save(here, round_id, Reading(values=values, present=frozenset(values)), dict(card.bases))

    def _confirm(self, here: Visit, sent: dict[str, Any], seat: Seat) -> None:
        round_id = self._round(round_in(sent))
        opens = bool(sent.get("agrees_to_open", {}).get(seat.value, False))
        confirm(here, round_id, sheet(here, round_id).seen, Said(opens, {}))
