"""The wrong chair in the same instant as another deed: nothing typed is lost, nothing stands half."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.care.chairs.service import give_to_writer
from portal.exercises.form.reading import Reading
from portal.foundation.errors import DomainError
from portal.people import service as people
from portal.reflections.answers import place_of
from portal.reflections.drafts.counting import first_count
from portal.reflections.drafts.service import save
from portal.reflections.models import Answer, DraftField, KeptVersion, Opening, Reflection, Revision
from portal.vocabulary import Role, Seat
from tests.promises.round_deeds import RealRound
from tests.support.browser import Browser
from tests.support.promised import newest
from tests.support.world import World

Deed = Callable[[RealRound], None]
A, B = Seat.A, Seat.B


def move(real: RealRound) -> None:
    with real.counsels() as visit:
        give_to_writer(visit, real.round_id, A, exchange=True)


def typing(seat: Seat, *, saved: int) -> Deed:
    """One answer from a page that was drawn before anything moved, after so many savings."""

    def deed(real: RealRound) -> None:
        count = first_count(real.world.now) + saved if saved else 0
        typed, counters = {"shared": "typed on"}, {"shared": count}
        with real.by(seat) as visit:
            reading = Reading(values=typed, present=frozenset(typed), counters=counters)
            save(visit, real.round_id, reading)

    return deed


OTHERS: dict[str, Deed] = {
    "typing": typing(A, saved=1),
    "beginning": typing(B, saved=0),
    "sending": lambda real: real.send(A, says_yes=True),
    "taking back": lambda real: real.take_back(A),
    "opening": lambda real: real.open(),
    "moving": move,
}
BOTH = ("opening",)
SENT = ("taking back", "opening")


def at_once(real: RealRound, *deeds: Deed) -> list[str]:
    """What became of each; whatever is no plain refusal is told by its name."""
    gate, results = threading.Barrier(len(deeds)), [""] * len(deeds)

    def run(number: int, deed: Deed) -> None:
        own = World(real.world.engine, real.world.keyring, real.world.chest)
        own.now = real.world.now
        gate.wait()
        try:
            deed(replace(real, world=own))
            results[number] = "done"
        except DomainError:
            results[number] = "refused"
        except Exception as problem:
            results[number] = repr(problem)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads), "it stands still"
    return results


def words_in(real: RealRound) -> str:
    """Every word that stands anywhere, each opened under the name of whose chair it lies in."""
    found = []
    with real.world.visit() as visit:
        pieces = {row.id: row for row in visit.db.scalars(sa.select(Reflection))}
        homes = {row.id: row.reflection_id for row in visit.db.scalars(sa.select(Revision))}
        for row in visit.db.scalars(sa.select(Answer)):
            who = pieces[homes[row.revision_id]].respondent_id
            place = place_of(row.id, row.field_key, who, row.version)
            found.append(visit.vault.open(place, row.value))
        for kept in visit.db.scalars(sa.select(KeptVersion)):
            assert kept.respondent_id == pieces[kept.reflection_id].respondent_id
            found.append(visit.vault.open(kept.place, kept.value))
        for field in visit.db.scalars(sa.select(DraftField)):
            assert field.respondent_id == pieces[field.reflection_id].respondent_id
    return " ".join(found)


@pytest.fixture
def real(world: World) -> RealRound:
    couple = world.a_couple()
    assert couple.b is not None
    for who in (couple.a, couple.b):
        with world.as_(who, Role.PARTNER) as visit:
            people.acknowledge_policy(visit, newest(visit))
    return RealRound.given(world, couple)


@pytest.mark.parametrize("name", list(OTHERS))
def test_nothing_is_lost_and_nothing_stands_half(real: RealRound, name: str) -> None:
    for turn in range(2):
        each = RealRound.given(real.world, real.couple) if turn else real
        each.write(A, "words of one")
        if name in BOTH or turn:
            each.write(B, "words of two")
        for seat in (A, B) if name in BOTH else (A,) if name in SENT else ():
            each.send(seat, says_yes=True)
        results = at_once(each, move, OTHERS[name])
        assert set(results) <= {"done", "refused"}, results
        words = words_in(each)
        assert "words of one" in words
        assert "words of two" in words or not (name in BOTH or turn)
        if name in ("typing", "beginning") and results[1] == "done":
            assert "typed on" in words
        with each.world.visit() as visit:
            query = sa.select(Opening).where(Opening.round_id == each.round_id)
            opened = visit.db.scalars(query).first() is not None
        assert not (opened and results[0] == "done")


def test_the_check_page_waits_in_the_order_of_everybody_else(
    real: RealRound, sit_down: Callable[..., Browser]
) -> None:
    each, codes = RealRound.given(real.world, real.couple), list[int]()
    each.write(A, "words of one")
    ann, path = sit_down(each.person(A)), f"/reflections/{each.round_id}/check"
    ann.open(path)

    def press(_: RealRound) -> None:
        codes.append(ann.send_and_stay({}, to=path).status_code)

    assert at_once(each, move, press) == ["done", "done"]
    assert codes == [303]
    assert "words of one" in words_in(each)
