"""In the file of both stands what was released of work that one was given alone, and nothing else of it."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.homework.queries import task, tasks_of
from portal.reflections.drafts.queries import draft
from portal.reflections.models import Reflection
from portal.reflections.openings.service import release
from portal.sessions.service import Hour, write_session
from portal.vocabulary import Role, Seat
from tests.care.test_leaving_clear import LETTING_GO
from tests.homework.looking import Desk
from tests.records.test_releases import asked, handed_out, says, worked
from tests.support.world import CoupleHere, World

SAID = "What I can say to you for now."


@pytest.fixture
def alone(world: World, couple: CoupleHere) -> UUID:
    """Work that the first was given alone and sent, with a yes to releasing one answer of it."""
    (made,) = world.an_assignment(couple, "letting-go", to=(Seat.A,))
    values = {**LETTING_GO, "for_now": SAID}
    world.a_reflection(couple.a, made, values, releases={"for_now": True})
    world.now += timedelta(minutes=1)
    return made


def title_of(world: World, couple: CoupleHere, key: str) -> str:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (title,) = {each.title for each in tasks_of(visit, [couple.id]) if each.edition.key == key}
    return title


def file_of(world: World, couple: CoupleHere) -> str:
    release_id = asked(world, couple)
    for person in (couple.a, couple.b):
        says(world, person, release_id)
    return str(handed_out(world, couple, release_id))


def test_it_stands_there_and_the_rest_does_not(
    world: World, couple: CoupleHere, alone: UUID
) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        query = sa.select(Reflection.id).where(Reflection.round_id == alone)
        release(visit, visit.db.scalars(query).one(), "for_now")
    world.now += timedelta(minutes=1)
    found = file_of(world, couple)
    assert SAID in found
    others = [each for each in LETTING_GO.values() if isinstance(each, str) and len(each) > 8]
    assert others
    assert [each for each in others if each != SAID and each in found] == []


@pytest.mark.parametrize("first", ["the letter", "the shared work"])
def test_its_place_does_not_tell_when_it_was_given(
    world: World, couple: CoupleHere, first: str
) -> None:
    def letter() -> UUID:
        (made,) = world.an_assignment(couple, "letting-go", to=(Seat.A,))
        values = {**LETTING_GO, "for_now": SAID}
        world.a_reflection(couple.a, made, values, releases={"for_now": True})
        return made

    before = letter() if first == "the letter" else None
    world.now += timedelta(minutes=1)
    worked(world, couple, world.an_assignment(couple, "name-the-issues")[0])
    world.now += timedelta(minutes=1)
    alone = before or letter()
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        query = sa.select(Reflection.id).where(Reflection.round_id == alone)
        release(visit, visit.db.scalars(query).one(), "for_now")
    world.now += timedelta(minutes=1)
    release_id = asked(world, couple)
    for person in (couple.a, couple.b):
        says(world, person, release_id)
    found = [piece.title for piece in handed_out(world, couple, release_id).pieces]
    assert found == [
        title_of(world, couple, "name-the-issues"),
        title_of(world, couple, "letting-go"),
    ]


def test_the_file_of_one_does_not_name_who_takes_no_part(world: World) -> None:
    couple = world.a_couple(takes_part=(True, False))
    release_id = asked(world, couple)
    says(world, couple.a, release_id)
    assert handed_out(world, couple, release_id).names == ("Ann Example",)


def test_nothing_of_it_does_before(world: World, couple: CoupleHere, alone: UUID) -> None:
    found = file_of(world, couple)
    assert SAID not in found
    assert str(alone) not in found


def test_a_note_that_names_what_was_asked_keeps_no_file_in(
    world: World, couple: CoupleHere, round_id: UUID, desk: Desk
) -> None:
    worked(world, couple, round_id)
    with world.as_(couple.a, Role.PARTNER) as visit:
        asked_for = draft(visit, round_id).fields
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        title = task(visit, round_id).title
        note = " We came to: ".join([title, *(each.label for each in asked_for)])
        write_session(
            visit,
            couple.id,
            Hour(world.now + timedelta(minutes=1), 50, (Seat.A, Seat.B), process_note=note),
        )
    release_id = asked(world, couple)
    for person in (couple.a, couple.b):
        says(world, person, release_id)
    desk.open(f"/records/{couple.id}/releases")
    assert "Written into the log" in desk.press("Hand it out").said
    found = desk.client.get(f"/records/releases/{release_id}/file").get_data(as_text=True)
    assert title in found
