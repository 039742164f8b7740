"""What every finished paper is read for: also words that stand on no page any more, or on no page of the reader's."""

from uuid import UUID

import pytest

from portal.care.service import come_apart, hold
from portal.people.queries import couple_card
from portal.reports.protected import protected_passages
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat, SummaryEdition
from tests.promises.release_deeds import Letter
from tests.support.world import CoupleHere, World

CLINICAL, COUPLE, PARTNER = SummaryEdition.CLINICAL, SummaryEdition.COUPLE, SummaryEdition.PARTNER
FIRST, NEWEST = "What I wrote before I slept on it.", "What I wrote when I had slept."
GIVEN_BACK = "A little more, please."
ALONE = {seat: f"With {seat.value} alone we spoke of leaving." for seat in Seat}
STEP = {seat: f"A step that only {seat.value} takes home." for seat in Seat}
HELD, LIFTED, AGREED = "One of them is afraid.", "That has been cleared up.", "They live apart now."


@pytest.fixture
def couple(world: World) -> CoupleHere:
    """Two with a text that was sent twice, an hour with each alone, and decisions with their reasons."""
    couple = world.a_couple()
    letter = Letter.given(world, couple)
    letter.write(Seat.A, FIRST)
    letter.send(Seat.A, says_yes=False)
    letter.give_back(Seat.A)
    letter.write(Seat.A, NEWEST)
    letter.send(Seat.A, says_yes=False)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        for seat in Seat:
            hour = Hour(world.now, 60, (seat,), shared_summary=ALONE[seat], agreed=(STEP[seat],))
            write_session(visit, couple.id, hour)
    for stands, reason in ((True, HELD), (False, LIFTED)):
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            hold(visit, couple.id, stands, reason)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        come_apart(visit, couple.id, AGREED)
    return couple


def kept_out(
    world: World, couple: CoupleHere, edition: SummaryEdition, reader_id: UUID | None = None
) -> set[str]:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        here = couple_card(visit, couple.id)
        return set(protected_passages(visit, here, edition, reader_id))


def test_what_the_other_sent_before_their_newest_text(world: World, couple: CoupleHere) -> None:
    theirs = {FIRST, NEWEST, GIVEN_BACK}
    assert theirs <= kept_out(world, couple, PARTNER, couple.b)
    assert theirs <= kept_out(world, couple, COUPLE)
    assert theirs.isdisjoint(kept_out(world, couple, PARTNER, couple.a))
    assert theirs.isdisjoint(kept_out(world, couple, CLINICAL))


def test_an_hour_in_which_not_every_reader_was(world: World, couple: CoupleHere) -> None:
    of_a, of_b = {ALONE[Seat.A], STEP[Seat.A]}, {ALONE[Seat.B], STEP[Seat.B]}
    assert of_a | of_b <= kept_out(world, couple, COUPLE)
    for reader, own, others in ((couple.a, of_a, of_b), (couple.b, of_b, of_a)):
        found = kept_out(world, couple, PARTNER, reader)
        assert others <= found
        assert own.isdisjoint(found)
    assert (of_a | of_b).isdisjoint(kept_out(world, couple, CLINICAL))


@pytest.mark.parametrize("edition", [COUPLE, PARTNER])
def test_every_reason_that_was_ever_written_down(
    world: World, couple: CoupleHere, edition: SummaryEdition
) -> None:
    reader = couple.a if edition is PARTNER else None
    assert {HELD, LIFTED, AGREED} <= kept_out(world, couple, edition, reader)
    assert {HELD, LIFTED, AGREED}.isdisjoint(kept_out(world, couple, CLINICAL))
