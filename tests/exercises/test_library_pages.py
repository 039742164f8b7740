"""The library of exercises, and one exercise as its two readers would see it."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.exercises.cards import NEEDS
from portal.exercises.queries import catalogue, newest_edition, newest_editions, standing
from portal.vocabulary import Role
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.support.statements import counted
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]


def names_on(desk: Desk, path: str) -> list[str]:
    return [tag.get_text() for tag in desk.open(path).soup.select(".task__name a")]


def test_all_stand_there_and_the_core_shelf_first(world: World, desk: Desk) -> None:
    with world.visit() as visit:
        cards = newest_editions(visit.db)
    core = set(standing().core_shelf)
    names = names_on(desk, "/exercises")
    assert len(names) == 45
    assert set(names[: len(core)]) == {card.title for card in cards if card.key in core}


@pytest.mark.parametrize(
    ("asked", "some", "none"),
    [
        ("q=money+story", "My money story", "The idea jar"),
        ("section=quality-time", "The idea jar", "My money story"),
        ("minutes=short", "One goal, small steps", "My money story"),
        ("load=3", "A letter that takes responsibility", "The idea jar"),
        ("need=hurt", "A letter that takes responsibility", "The idea jar"),
        ("need=warmth", "The idea jar", "A letter that takes responsibility"),
        ("mode=joint", "Our weekly half hour", "The idea jar"),
        ("cadence=daily", "Looking after me", "The idea jar"),
        ("q=massage", "The idea jar", "My money story"),
        ("q=time&cadence=once&need=warmth", "Try something new together", "Looking after me"),
    ],
)
def test_it_can_be_narrowed(desk: Desk, asked: str, some: str, none: str) -> None:
    names = names_on(desk, f"/exercises?{asked}")
    assert some in names
    assert none not in names


def test_nothing_fits_is_said_kindly(desk: Desk) -> None:
    page = desk.open("/exercises?q=zeppelin")
    assert "Nothing fits" in page.said
    box = page.soup.select_one("#q")
    assert box is not None
    assert box["value"] == "zeppelin"


def test_one_exercise_says_what_to_look_for_and_when_to_leave_it(desk: Desk) -> None:
    path = desk.open("/exercises?q=letter+that+takes").link("A letter that takes")
    page = desk.open(path)
    for words in (
        "When not to give it",
        "A letter is contact.",
        "What to look for",
        "Questions for the session",
        "Baucom",
        "As the involved partner sees it",
        "As the other partner sees it",
        "not even its title",
        "Written for the involved partner.",
        "Without contact: not at all",
        "What it practises",
        "Own your mistakes and their effect",
        "Forgiveness work",
    ):
        assert words in page.said


def test_every_exercise_can_be_read_through(world: World, desk: Desk) -> None:
    with world.visit() as visit:
        cards = newest_editions(visit.db)
    for card in cards:
        page = desk.open(f"/exercises/{card.id}")
        assert card.title in page.said


def test_no_look_ups_for_single_exercises(app: Flask, desk: Desk) -> None:
    desk.open("/exercises")
    with counted(app) as whole:
        desk.open("/exercises")
    with counted(app) as narrow:
        desk.open("/exercises?q=zeppelin")
    assert len(whole) == len(narrow)


def test_what_is_not_there_and_who_may_not_look(
    world: World, desk: Desk, couple: CoupleHere, seat_at_desk: Callable[[UUID, Role], Desk]
) -> None:
    assert desk.open(f"/exercises/{uuid4()}").status == 404
    owner = world.a_person(couple.practice_id, "Olive Owner", Role.OWNER)
    assert seat_at_desk(owner, Role.OWNER).client.get("/exercises").status_code == 404


def test_every_part_of_the_article_and_every_exercise_answers_a_need(world: World) -> None:
    sections = {section["key"] for section in catalogue().trace["sections"]}
    assert sections == {section for need in NEEDS.values() for section in need.sections}
    with world.visit() as visit:
        cards = newest_editions(visit.db)
    assert all(card.needs for card in cards)
    assert {need for card in cards for need in card.needs} == set(NEEDS)


def test_from_an_exercise_to_giving_it_is_one_press(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    with world.visit() as visit:
        edition = newest_edition(visit.db, "holding-hope")
    page = desk.open(f"/exercises/{edition.id}")
    page = desk.open(page.link("Ann & Ben"))
    assert page.path == f"/homework/{couple.id}/assign"
    (chosen,) = page.soup.select("input[name=exercise][checked]")
    assert chosen["value"] == str(edition.id)


def test_what_suits_a_couple_is_narrowed_as_the_library_was(desk: Desk, couple: CoupleHere) -> None:
    page = desk.open("/exercises?need=home&mode=paired")
    page = desk.open(page.link("Ann & Ben"))
    assert page.path == f"/homework/{couple.id}/assign"
    labels = [tag.get_text() for tag in page.soup.select(".choice strong")]
    assert labels == ["My money story"]
