"""What happens to one piece of the sample's homework, from the first draft to the last word back."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from portal.exercises.form.reading import Reading
from portal.exercises.queries import newest_edition
from portal.homework import service as homework
from portal.homework.models import Assignment
from portal.homework.programmes.service import give
from portal.homework.queries import assignment_rounds, task, verdict_on
from portal.people.queries import couple_card
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.openings.service import open_round, release
from portal.reflections.queries import opened_rounds, reflections_on
from portal.reflections.sending.cards import Said
from portal.reflections.sending.service import decline, give_back, mark_read, send
from portal.review.service import release_feedback, write_feedback
from portal.sample.answers import values_of
from portal.sample.stage import Event, Stage
from portal.visit import Visit
from portal.vocabulary import AssignmentState, Pocket, Seat

ASSIGN, WRITE, READ, OPEN, ANSWER, END = 1, 2, 3, 4, 6, 8


class SampleError(Exception):
    """The sample says something that the portal did not let happen."""


class Work:
    """One assignment of the sample, played deed by deed."""

    def __init__(self, stage: Stage, given: dict[str, Any]) -> None:
        self.stage, self.given = stage, given
        self.rounds: dict[int, UUID] = {}
        self.assignment_id: UUID | None = None

    def events(self) -> Iterator[Event]:
        """Everything that happens to it."""
        given, stage = self.given, self.stage
        yield stage.counsellor(given["assigned"], ASSIGN, self._assign)
        for sent in given["submissions"]:
            yield from self._submission(sent)
        yield from self._after(OPEN, "reveals", self._open)
        yield from self._after(OPEN, "releases", self._release)
        yield from self._after(ANSWER, "feedback", self._answer)
        if "ended" in given:
            yield stage.counsellor(given["ended"], END, self._end)

    def _after(self, rank: int, what: str, deed: Callable[..., None]) -> Iterator[Event]:
        for one in self.given.get(what, ()):
            yield self.stage.counsellor(one, rank, partial(deed, one=one))

    def _assign(self, here: Visit) -> None:
        """Give it as the counsellor would, every statement that is asked for ticked."""
        stage, given = self.stage, self.given
        couple = couple_card(here, stage.cast.couple_id)
        seats = stage.cast.seats(str(given["to"]))
        edition = newest_edition(here.db, str(given["exercise"]))
        to = [member for member in couple.members if member.seat in seats]
        order = homework.Order(
            edition_id=edition.id,
            to=seats,
            due_on=stage.calendar.day(str(given["due"])),
            personal_line=str(given.get("personal_line", "")),
            ticked=verdict_on(here, edition, couple, to).to_tick,
        )
        (assignment,) = give(here, couple.id, order)
        here.db.flush()  # its rounds are looked up at once
        self.assignment_id = assignment.id
        self.rounds = {r.number: r.round_id for r in assignment_rounds(here, assignment.id)}

    def _submission(self, sent: dict[str, Any]) -> Iterator[Event]:
        stage, number = self.stage, round_in(sent)
        seat = Seat(sent["by"]) if sent["by"] != "couple" else Seat.A
        yield from self.writing(sent)
        if "reviewed" in sent:
            yield stage.counsellor(
                sent["reviewed"], READ, lambda here: mark_read(here, self._part(here, number, seat))
            )
        if "returned" in sent:
            line = str(sent["returned"]["why"])
            yield stage.counsellor(
                sent["returned"],
                READ,
                lambda here: give_back(here, self._part(here, number, seat), line),
            )

    def writing(self, sent: dict[str, Any]) -> Iterator[Event]:
        """One person writes and sends in one sitting."""
        yield self.stage.partner(
            Seat(sent["by"]), sent, WRITE, lambda here: self._write(here, sent)
        )

    def _write(self, here: Visit, sent: dict[str, Any]) -> None:
        round_id = self._round(round_in(sent))
        card = draft(here, round_id)
        written = {**sent["answers"], **sent.get("after", {})}
        values = values_of(card.fields, written, self.stage.calendar, card.own.currency)
        every = frozenset(field.key for field in card.fields)
        reading = Reading(values=values, present=every, counters=card.counters)
        save(here, round_id, reading, card)
        here.db.flush()  # sending looks at what was just saved
        if sent["state"] == "declined":
            decline(here, round_id)
        elif sent["state"] != "draft":
            send(here, round_id, self._said(sent))

    def _said(self, sent: dict[str, Any]) -> Said:
        """The answers on the check page, as the sample has them."""
        this = (round_in(sent), revision_in(sent))
        releases = {
            str(one["field"]): True
            for one in self.given.get("releases", ())
            if sent["by"] in one["agreed_by"] and (round_in(one), revision_in(one)) == this
        }
        return Said(bool(sent.get("agrees_to_open", False)), releases)

    def _open(self, here: Visit, one: dict[str, Any]) -> None:
        card = task(here, self._round(round_in(one)))
        if one["by"] == "counsellor":
            open_round(here, card.round_id)
        elif card.round_id not in opened_rounds(here, [card]):
            raise SampleError(f"{self.given['id']} should have opened by itself")

    def _release(self, here: Visit, one: dict[str, Any]) -> None:
        if not one["opened"]:
            return
        number = round_in(one)
        card = task(here, self._round(number))
        rules = card.edition.content.exercise.safety.rules
        ticked = tuple(
            text
            for rule in rules
            for text in (getattr(rule, "ask", ""), getattr(rule, "or_tick", ""))
            if text
        )
        part_id = self._part(here, number, Seat(one["agreed_by"][0]))
        release(here, part_id, str(one["field"]), ticked)

    def _answer(self, here: Visit, one: dict[str, Any]) -> None:
        round_id = self._round(round_in(one))
        feedback = write_feedback(here, round_id, Pocket(one["to"]), str(one["text"]))
        here.db.flush()  # released in the same breath
        release_feedback(here, feedback.id)

    def _end(self, here: Visit) -> None:
        """Close or withdraw it, unless leaving ‘clear’ has done so in the same moment."""
        if self.assignment_id is None:
            raise SampleError(f"{self.given['id']} ended before it was given")
        wanted = AssignmentState(self.given["state"])
        row = here.db.get_one(Assignment, self.assignment_id)
        if row.state is not wanted:
            end = homework.close if wanted is AssignmentState.CLOSED else homework.withdraw
            end(here, row.id)

    def _part(self, here: Visit, number: int, seat: Seat) -> UUID:
        card = task(here, self._round(number))
        for part in reflections_on(here, [card])[card.round_id]:
            if part.seat is seat:
                return part.id
        raise SampleError(f"{self.given['id']} has nothing from {seat.value}")

    def _round(self, number: int) -> UUID:
        if number not in self.rounds:
            raise SampleError(f"{self.given['id']} has no round {number} yet")
        return self.rounds[number]


def round_in(node: dict[str, Any]) -> int:
    """Which round something is about; where there is only one the sample does not say so."""
    return int(node.get("round", 1))


def revision_in(node: dict[str, Any]) -> int:
    """Which sending of a round something is about."""
    return int(node.get("revision", 1))
