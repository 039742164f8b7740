"""A yes is one to the words it was said of: thrown away, they take it along."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.exercises.form.reading import Reading
from portal.foundation.errors import Refused
from portal.homework.queries import task
from portal.policies.openings import NOT_BOTH_YES
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.reflections.models import Consent
from portal.reflections.openings.queries import open_state
from portal.reflections.openings.service import why_not_open
from portal.reflections.sending.queries import check
from portal.vocabulary import Audience, OpeningRule, Role, Seat
from tests.promises.release_deeds import Letter
from tests.promises.round_deeds import RealRound
from tests.support.sheets import second
from tests.support.world import CoupleHere, World

RULES = pytest.mark.parametrize("rule", list(OpeningRule))


def sent_and_thrown_away(real: RealRound) -> None:
    for deed in (
        lambda: real.write(Seat.A, "for both"),
        lambda: real.send(Seat.A, says_yes=True),
        lambda: real.take_back(Seat.A),
        lambda: real.discard(Seat.A),
    ):
        assert real.tried(deed)


def written_for_the_counsellor_alone(world: World, real: RealRound, person_id: UUID) -> None:
    real.write(Seat.A, "for nobody else")
    with world.as_(person_id, Role.PARTNER) as visit:
        card = draft(visit, real.round_id)
        shared = [key for key, who in card.audiences.items() if who is not Audience.COUNSELLOR]
        save(
            visit,
            real.round_id,
            Reading(
                values=card.reading.values,
                present=frozenset(shared),
                counters=card.counters,
                audiences=dict.fromkeys(shared, "counsellor"),
            ),
        )
    world.now += timedelta(minutes=1)


@RULES
@pytest.mark.parametrize("log", ["as it is", "as it was kept before"])
def test_a_yes_to_them_opens_nothing_that_is_written_afterwards(
    world: World, rule: OpeningRule, log: str
) -> None:
    """Before, nothing was written into the log of consents where a draft was thrown away."""
    couple = world.a_couple(opening=rule)
    real = RealRound.given(world, couple)
    sent_and_thrown_away(real)
    if log == "as it was kept before":
        with world.visit() as visit:
            visit.db.execute(sa.delete(Consent).where(Consent.says_yes.is_(False)))
    written_for_the_counsellor_alone(world, real, couple.a)
    with real.by(Seat.A) as visit:
        assert check(visit, real.round_id).asked == ()
    assert real.tried(lambda: real.send(Seat.A, says_yes=False))
    real.write(Seat.B, "what Ben hopes")
    assert real.tried(lambda: real.send(Seat.B, says_yes=True))
    with real.counsels() as visit:
        state = open_state(visit, [real.round_id])
        assert not state.opened
        assert not state.says_yes(real.round_id, couple.a)
        assert state.says_yes(real.round_id, second(couple))
        assert NOT_BOTH_YES in why_not_open(visit, task(visit, real.round_id))
    assert Seat.B not in real.seen_by(Seat.A)


def test_it_is_written_down_as_withdrawn(world: World, couple: CoupleHere) -> None:
    real = RealRound.given(world, couple)
    sent_and_thrown_away(real)
    with world.visit() as visit:
        query = sa.select(Consent).where(Consent.round_id == real.round_id)
        said = [row.says_yes for row in visit.db.scalars(query.order_by(Consent.given_at))]
    assert said == [True, False]


def test_nor_is_an_answer_released_on_it(world: World, couple: CoupleHere) -> None:
    real = Letter.given(world, couple)
    real.write(Seat.A, "a line for her")
    real.send(Seat.A, says_yes=True)
    world.now += timedelta(minutes=1)
    real.take_back(Seat.A)
    world.now += timedelta(minutes=1)
    real.discard(Seat.A)
    world.now += timedelta(minutes=1)
    real.write(Seat.A, "a line for nobody", narrow=True)
    real.send(Seat.A, says_yes=False)
    world.now += timedelta(minutes=1)
    with pytest.raises(Refused):
        real.release()
    with real.counsels() as visit:
        assert not any(open_state(visit, [real.round_id]).yes.values())
