"""What somebody has not seen is neither thrown away nor left out by a page of theirs."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.care.chairs.service import give_to_writer
from portal.exercises.form.reading import Reading
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import leave_words
from portal.vocabulary import ReflectionState, Role, Seat
from tests.reflections.material import SitDown, issues
from tests.support.browser import filled_in
from tests.support.world import CoupleHere, World

PAGES = {"discard": "", "decline": "/decline"}
OWN = "two hours of work"


def stands(world: World, couple: CoupleHere, round_id: UUID) -> str:
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
        assert card.state is ReflectionState.DRAFT
        return str(card.reading.values)


@pytest.mark.parametrize("deed", PAGES)
def test_after_the_counsellor_has_exchanged_the_chairs(
    world: World, couple: CoupleHere, sit_down: SitDown, deed: str
) -> None:
    assert couple.b is not None
    (round_id,) = world.an_assignment(couple)
    ann, _ben = sit_down(couple.a), sit_down(couple.b)
    world.a_draft(couple.a, round_id, issues("of the other"))
    world.a_draft(couple.b, round_id, issues(OWN))
    form = ann.open(f"/reflections/{round_id}{PAGES[deed]}").form(f"/{deed}")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_to_writer(visit, round_id, Seat.A, exchange=True)
    ann.client.post(f"/reflections/{round_id}/{deed}", data=filled_in(form, {}))
    assert OWN in stands(world, couple, round_id)


@pytest.mark.parametrize("deed", PAGES)
def test_after_another_device_has_gone_on(
    world: World, couple: CoupleHere, sit_down: SitDown, deed: str
) -> None:
    (round_id,) = world.an_assignment(couple)
    phone = sit_down(couple.a)
    world.a_draft(couple.a, round_id, issues("one line"))
    at = f"/reflections/{round_id}{PAGES[deed]}"
    form = phone.open(at).form(f"/{deed}")
    world.now += timedelta(minutes=5)
    world.a_draft(couple.a, round_id, {"underneath": OWN})
    answer = phone.client.post(f"/reflections/{round_id}/{deed}", data=filled_in(form, {}))
    assert answer.headers["Location"] == at
    assert "This has changed since you looked at it." in phone.open(at).said
    assert OWN in stands(world, couple, round_id)
    phone.send({}, to=f"/{deed}")
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert draft(visit, round_id).state is not ReflectionState.DRAFT


@pytest.mark.parametrize("deed", PAGES)
def test_what_lies_beside_it_counts_as_well(
    world: World, couple: CoupleHere, sit_down: SitDown, deed: str
) -> None:
    (round_id,) = world.an_assignment(couple)
    ann = sit_down(couple.a)
    world.a_draft(couple.a, round_id, issues("one line"))
    form = ann.open(f"/reflections/{round_id}{PAGES[deed]}").form(f"/{deed}")
    with world.as_(couple.a, Role.PARTNER) as visit:
        leave_words(visit, round_id, Reading(values={"underneath": "typed after a rest"}))
    ann.client.post(f"/reflections/{round_id}/{deed}", data=filled_in(form, {}))
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
    assert [each.text for each in card.kept] == ["typed after a rest"]
    assert card.state is ReflectionState.DRAFT
