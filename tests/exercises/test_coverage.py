"""Every practice of the article has an exercise that can be given to a couple whom it suits."""

from portal.exercises.queries import catalogue, newest_editions, practices
from portal.vocabulary import Mode
from tests.support.suited import SuitedCouples
from tests.support.world import World

EXERCISES, PRACTICES = 45, 126


def traced() -> list[tuple[str, tuple[str, ...]]]:
    """Every practice with its exercises, as the trace has them."""
    sections = catalogue().trace["sections"]
    return [
        (f"{section['key']}: {line['practice']}", tuple(line["exercises"]))
        for section in sections
        for line in section["practices"]
    ]


def test_all_exercises_can_be_given_and_all_practices_are_covered(world: World) -> None:
    couples = SuitedCouples(world)
    with world.visit() as visit:
        editions = newest_editions(visit.db)
    given: dict[str, Mode] = {}
    for edition in editions:
        suited = couples.for_two(edition.content.exercise)
        rows = couples.assign(suited, edition.key)
        assert len(rows) == 1, edition.key
        assert rows[0].solo is False
        given[edition.key] = rows[0].mode
    assert len(given) == EXERCISES
    assert {edition.key: edition.mode for edition in editions} == given
    uncovered = [name for name, keys in traced() if not set(keys) & given.keys()]
    assert uncovered == []
    assert len(traced()) == PRACTICES
    assert set(practices()) == set(given)


def test_what_suits_one_alone_can_be_given_to_one_alone(world: World) -> None:
    couples = SuitedCouples(world)
    with world.visit() as visit:
        editions = newest_editions(visit.db)
    count = 0
    for edition in editions:
        exercise = edition.content.exercise
        suited = couples.for_one(exercise)
        if suited is None:
            continue
        (row,) = couples.assign(suited, edition.key)
        assert row.mode is Mode.INDIVIDUAL
        assert row.solo is ("adapted" in (exercise.suits.one_partner, exercise.suits.together))
        count += 1
    assert count >= 40
