"""What somebody has only begun is nothing that could be answered: words to them are refused until they hand something in."""

import pytest

from portal.foundation.errors import Refused
from portal.reflections.sending.service import decline
from portal.review.service import NOTHING_SENT, release_feedback, write_feedback
from portal.vocabulary import Pocket, Role, Seat
from tests.promises.round_deeds import RealRound
from tests.support.sheets import second
from tests.support.world import CoupleHere, World


def answered(real: RealRound, pocket: Pocket) -> None:
    with real.counsels() as visit:
        words = write_feedback(visit, real.round_id, pocket, "Thank you for telling me.")
        visit.db.flush()
        release_feedback(visit, words.id)


def test_a_draft_is_not_answered(world: World, couple: CoupleHere) -> None:
    real = RealRound.given(world, couple)
    real.write(Seat.A, "sent")
    real.send(Seat.A, says_yes=True)
    real.write(Seat.B, "one word, not sent")
    answered(real, Pocket.A)
    with pytest.raises(Refused) as no:
        answered(real, Pocket.B)
    assert no.value.reasons == (NOTHING_SENT,)


@pytest.mark.parametrize("how", ["sent", "left out", "returned"])
def test_what_was_handed_in_is(world: World, couple: CoupleHere, how: str) -> None:
    real = RealRound.given(world, couple)
    if how == "left out":
        with world.as_(second(couple), Role.PARTNER) as visit:
            decline(visit, real.round_id)
    else:
        real.write(Seat.B, "sent")
        real.send(Seat.B, says_yes=True)
    if how == "returned":
        real.give_back(Seat.B)
    answered(real, Pocket.B)
