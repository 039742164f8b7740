"""A yes to a release is a yes to what was sent with it: who narrows an answer has taken the yes back."""

from datetime import timedelta

import pytest

from portal.exercises.form.reading import Reading
from portal.foundation.errors import Refused
from portal.homework.queries import task
from portal.policies.openings import NO_YES, NOT_BOTH_YES, NOT_ON_RELEASE
from portal.reflections.cards import AnswerCard
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.models import Release
from portal.reflections.openings.queries import open_state
from portal.reflections.openings.service import why_not_open
from portal.reflections.queries import reflections_on
from portal.reflections.sending.queries import check
from portal.reflections.sending.service import mark_read
from portal.vocabulary import Role, Seat
from tests.promises.release_deeds import Jar, Letter, Released
from tests.promises.round_deeds import RealRound
from tests.reflections.material import SitDown
from tests.support.world import CoupleHere, World


def sent_twice(world: World, couple: CoupleHere, of: type[Released], seat: Seat) -> Released:
    """Sent with a yes by whoever writes it; then one of them takes it back and narrows it."""
    made = of.given(world, couple)
    for writer in of.writers:
        made.write(writer, "a line")
        made.send(writer, says_yes=True)
    world.now += timedelta(minutes=1)
    made.take_back(seat)
    world.now += timedelta(minutes=1)
    made.write(seat, "a line", narrow=True)
    made.send(seat, says_yes=False)
    world.now += timedelta(minutes=1)
    return made


def seen_of_the_other(real: Released, seat: Seat) -> list[AnswerCard | None]:
    with real.by(seat) as visit:
        (cards,) = reflections_on(visit, [task(visit, real.round_id)]).values()
        return [card.answer(real.field) for card in cards if card.seat is not seat]


@pytest.mark.parametrize("of", [Letter, Jar])
def test_it_is_not_released_on_the_yes_that_was_said_before(
    world: World, couple: CoupleHere, of: type[Released]
) -> None:
    real = sent_twice(world, couple, of, of.writers[-1])
    with pytest.raises(Refused) as no:
        real.release()
    assert no.value.reasons == (NOT_ON_RELEASE,)
    with real.counsels() as visit:
        assert not any(open_state(visit, [real.round_id]).released)
        cards = reflections_on(visit, [task(visit, real.round_id)])[real.round_id]
        offers = {card.seat for card in cards if real.field in card.yes_to_release}
    assert offers == set(of.writers) - {of.writers[-1]}, "the button says what would be refused"


def test_left_to_a_release_again_it_is_asked_about_again(world: World, couple: CoupleHere) -> None:
    real = sent_twice(world, couple, Letter, Seat.A)
    real.take_back(Seat.A)
    world.now += timedelta(minutes=1)
    real.write(Seat.A, "another line")
    with real.by(Seat.A) as visit:
        assert [each.says_yes for each in check(visit, real.round_id).asked] == [False]


def test_a_list_that_is_not_released_plays_no_part_in_what_matches(
    world: World, couple: CoupleHere
) -> None:
    """Were one half ever released alone, nothing of the other could be read from what matches."""
    real = sent_twice(world, couple, Jar, Seat.B)
    with real.counsels() as visit:
        first = next(
            card
            for card in reflections_on(visit, [task(visit, real.round_id)])[real.round_id]
            if card.seat is Seat.A
        )
        visit.db.add(
            Release(
                reflection_id=first.id,
                revision=first.revision,
                field_key=real.field,
                released_at=visit.now,
                released_by_id=visit.viewer.me(),
            )
        )
    (answer,) = seen_of_the_other(real, Seat.B)
    assert answer is not None
    assert answer.shown.lines == ()


def test_a_yes_to_an_opening_ends_where_nothing_is_left_to_open(
    world: World, couple: CoupleHere
) -> None:
    real = RealRound.given(world, couple)
    for seat in Seat:
        real.write(seat, "a line")
        real.send(seat, says_yes=True)
    world.now += timedelta(minutes=1)
    real.take_back(Seat.B)
    world.now += timedelta(minutes=1)
    with real.by(Seat.B) as visit:
        card = draft(visit, real.round_id)
        kept_close = dict.fromkeys(card.audiences, "counsellor")
        reading = Reading(values=card.reading.values, counters=card.counters, audiences=kept_close)
        save(visit, real.round_id, reading)
    real.send(Seat.B, says_yes=False)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        assert why_not_open(visit, task(visit, real.round_id)) == (NOT_BOTH_YES,)


def test_the_yes_to_ones_own_letter_can_be_withdrawn_after_it_was_read(
    couple: CoupleHere, world: World, sit_down: SitDown
) -> None:
    real = Letter.given(world, couple)
    real.write(Seat.A, "a line")
    real.send(Seat.A, says_yes=True)
    with real.counsels() as visit:
        mark_read(visit, real._part(visit, Seat.A))
    ann = sit_down(couple.a)
    ann.open(f"/reflections/{real.round_id}")
    page = ann.send({f"release_answer.{real.field}": "keep_closed"}, to="/consent")
    assert "Changed." in page.said
    with pytest.raises(Refused) as no:
        real.release()
    assert no.value.reasons == (NO_YES,)
