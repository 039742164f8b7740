"""Rules of safety.yaml that say who reads an answer: who works alone, who narrows, and what is unknown."""

from typing import Any

from portal.exercises.form.reading import Reading
from portal.exercises.queries import catalogue
from portal.policies import gates
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import save
from portal.vocabulary import Audience, JointWork, Mode, Role, Seat
from tests.exercises.rules.bench import Bench, refused
from tests.support.sheets import second

NARROWED = "two-histories"


def solo_counts_as_individual(bench: Bench, _rule: Any) -> None:
    alone = bench.couple(status=JointWork.NOT_ASKED, takes_part=(True, False))
    statements = tuple(catalogue().safety["solo_confirm"])
    assert bench.edition("money-story").mode is Mode.PAIRED
    told = refused(lambda: bench.give(alone, "money-story", (Seat.A,)))
    assert len(told) == len(statements)
    assert gates.NEEDS_CLEAR not in told
    (round_id,) = bench.give(alone, "money-story", (Seat.A,), statements)
    with bench.world.as_(alone.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
    assert card.task.solo
    assert card.task.mode is Mode.INDIVIDUAL
    assert set(card.audiences.values()) == {Audience.COUNSELLOR}
    key = next(
        field.key
        for field in card.fields
        if field.type == "long_text" and getattr(field, "visibility", "") == "after_both"
    )
    assert _choose(bench, alone.a, round_id, key, "after_both") is Audience.COUNSELLOR
    couple = bench.couple()
    (shared,) = bench.world.an_assignment(couple, "money-story")
    assert _choose(bench, couple.a, shared, key, "after_both") is Audience.AFTER_BOTH


def writer_widens(bench: Bench, _rule: Any) -> None:
    couple = bench.couple()
    (round_id,) = bench.world.an_assignment(couple, NARROWED)
    for audience in ("counsellor", "after_both", "counsellor"):
        assert _choose(bench, couple.a, round_id, "biggest_gap", audience).value == audience
    (kept,) = bench.world.an_assignment(couple, "name-the-issues")
    for audience in ("after_both", "at_once", "on_release"):
        assert _choose(bench, couple.a, kept, "unfinished", audience) is Audience.COUNSELLOR
    with bench.world.as_(second(couple), Role.PARTNER) as visit:
        assert draft(visit, round_id).audiences["biggest_gap"] is Audience.AFTER_BOTH


def fail_closed(bench: Bench, _rule: Any) -> None:
    couple = bench.couple()
    (round_id,) = bench.world.an_assignment(couple, NARROWED)
    for unknown in ("everybody", "AFTER_BOTH", "after both"):
        assert _choose(bench, couple.a, round_id, "biggest_gap", "after_both").value == "after_both"
        assert _choose(bench, couple.a, round_id, "biggest_gap", unknown) is Audience.COUNSELLOR


def _choose(bench: Bench, person: Any, round_id: Any, key: str, audience: str) -> Audience:
    with bench.world.as_(person, Role.PARTNER) as visit:
        card = draft(visit, round_id)
        reading = Reading(
            values={key: "words"},
            present=frozenset({key}),
            counters=card.counters,
            audiences={key: audience},
        )
        save(visit, round_id, reading)
    with bench.world.as_(person, Role.PARTNER) as visit:
        return draft(visit, round_id).audiences[key]
