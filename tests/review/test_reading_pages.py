"""The counsellor reads: the queue, both sides, and what is written back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.foundation.errors import TooLate
from portal.homework.queries import task
from portal.homework.service import close
from portal.people.staff.service import share_care
from portal.reflections.models import Opening
from portal.reflections.sending.service import take_back
from portal.vocabulary import Act, ReflectionState, Role, Seat
from tests.exercises.rules.bench import Bench, Work
from tests.homework.looking import Desk, issues, unmarked
from tests.review.material import states
from tests.support.world import CoupleHere, World


def both(couple: CoupleHere) -> tuple[UUID, UUID]:
    assert couple.b is not None
    return couple.a, couple.b


SeatAtDesk = Callable[[UUID, Role], Desk]


class TestQueue:
    def test_nothing_to_read(self, desk: Desk) -> None:
        assert "You are all caught up." in desk.open("/review").said

    def test_who_could_not_answer_freely_comes_first(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        other = world.a_couple(couple.counsellor_id, names=("Kim Older", "Lou Older"))
        third = world.a_couple(couple.counsellor_id, names=("Mia Fear", "Nic Fear"))
        for number, (pair, values) in enumerate(
            (
                (other, {}),
                (third, {"unfinished": "I am terrified of saying it."}),
                (couple, {"could_be_open": "not_alone"}),
            )
        ):
            world.now += timedelta(minutes=number)
            (made,) = world.an_assignment(pair)
            world.a_reflection(pair.a, made, {**issues("x"), **values})
        page = desk.open("/review")
        rows = [row.get_text(" ") for row in page.soup.select("main .task")]
        assert ["Ann" in rows[0], "Mia" in rows[1], "Kim" in rows[2]] == [True] * 3
        assert "Could not answer freely" in rows[0]
        assert "Words to look at" in rows[1]
        assert "It sends no alert" in page.said
        assert page.soup.select_one(".nav .tag").get_text(" ").split()[0] == "3"  # type: ignore[union-attr]


class TestReading:
    def test_both_sides_with_their_readers(self, desk: Desk, round_id: UUID) -> None:
        page = desk.open(f"/review/{round_id}")
        spread = page.soup.select(".spread")
        both = next(s for s in spread if "lonely ann" in s.get_text())
        assert "lonely ben" in both.get_text()
        assert "Both, once the round opens" in both.get_text()
        # What is to be read first stands first; the box for the counsellor stands apart.
        assert "quiet ann" in spread[0].get_text()
        assert "Read this first" in page.said
        private = page.soup.select_one(".card--dawn")
        assert private is not None
        assert "secret ann" in private.get_text()
        assert "Only you" in private.get_text()
        assert all("secret" not in s.get_text() for s in spread)

    def test_numbers_lie_on_one_scale(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        (made,) = world.an_assignment(couple)
        assert couple.b is not None
        world.a_reflection(couple.a, made, {**issues("a"), "how_it_felt": 7})
        world.a_reflection(couple.b, made, {**issues("b"), "how_it_felt": 4})
        page = desk.open(f"/review/{made}")
        assert "3 apart" in page.soup.select_one(".pairscale").get_text()  # type: ignore[union-attr]
        assert "The same" in page.said  # both said six for talking

    def test_phrases_are_underlined_with_their_group(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        (made,) = world.an_assignment(couple)
        words = "Then he <b>checks my phone</b> & I can't  go on."
        world.a_reflection(couple.a, made, {**issues("a"), "unsaid": words})
        page = desk.open(f"/review/{made}")
        assert [m.get_text() for m in page.soup.select("mark")] == [
            "checks my phone",
            "can't  go on",
        ]
        assert "[Control]" in page.said
        assert "<b>checks" not in page.text
        assert "It misses most risk" in page.said

    def test_reading_leaves_a_trace_and_ends_taking_back(
        self, world: World, desk: Desk, couple: CoupleHere, round_id: UUID
    ) -> None:
        desk.open(f"/review/{round_id}")
        with world.visit() as visit:
            query = sa.select(AuditEntry).where(AuditEntry.act == Act.READ)
            assert len(visit.db.scalars(query).all()) == 2
        with world.as_(couple.a, Role.PARTNER) as visit, pytest.raises(TooLate):
            take_back(visit, round_id)

    def test_nothing_sent_yet(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        (made,) = world.an_assignment(couple)
        page = desk.open(f"/review/{made}")
        assert "Nothing has been sent yet." in page.said
        with world.visit() as visit:
            assert (
                visit.db.scalars(sa.select(AuditEntry).where(AuditEntry.act == Act.READ)).all()
                == []
            )


class TestDone:
    def test_one_key_for_each_piece(self, world: World, desk: Desk, couple: CoupleHere) -> None:
        made = []
        for pair in (couple, world.a_couple(couple.counsellor_id)):
            world.now += timedelta(minutes=1)
            (one,) = world.an_assignment(pair)
            world.a_reflection(pair.a, one, issues("x"))
            made.append(one)
        page = desk.open(f"/review/{made[0]}")
        keys = {str(tag["data-key"]) for tag in page.soup.select("[data-key]")}
        assert keys >= {"d", "j", "n"}
        label = "Mark as read, next D"
        page = desk.press(label)
        assert page.path == f"/review/{made[1]}"
        page = desk.press("Mark as read D")
        assert page.path == "/review"
        assert "You are all caught up." in page.said
        assert states(world, made[0]) == [ReflectionState.REVIEWED]

    def test_what_came_in_meanwhile_is_not_passed_over(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        (made,) = world.an_assignment(couple)
        assert couple.b is not None
        world.a_reflection(couple.a, made, issues("a"))
        desk.open(f"/review/{made}")
        world.a_reflection(couple.b, made, issues("b"))
        page = desk.press("Mark as read D")
        assert page.path == f"/review/{made}"
        assert "Something new came in" in page.said
        assert sorted(s.value for s in states(world, made)) == ["reviewed", "submitted"]


class TestOpening:
    def test_it_says_what_it_waits_for_and_opens_once_read(
        self, world: World, desk: Desk, round_id: UUID
    ) -> None:
        page = desk.open(f"/review/{round_id}")
        assert "Read both first, then open it." in page.said
        desk.press("Mark as read D")
        desk.open(f"/review/{round_id}")
        page = desk.press("Open to both")
        assert "This round is open to both." in page.said
        assert "Both: this round is open" in page.said
        assert "once the round opens" not in page.said
        with world.visit() as visit:
            assert visit.db.scalars(sa.select(Opening.round_id)).all() == [round_id]

    def test_what_was_ended_unopened_is_said_to_be_the_counsellors_alone(
        self, world: World, desk: Desk, couple: CoupleHere, round_id: UUID
    ) -> None:
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            close(visit, task(visit, round_id).assignment_id)
        page = desk.open(f"/review/{round_id}")
        assert "Only you: this round was not opened" in page.said
        assert "once the round opens" not in page.said

    def test_a_statement_is_ticked_where_an_answer_keeps_it_closed(
        self, world: World, desk: Desk, couple: CoupleHere
    ) -> None:
        bench = Bench(world)
        work = Work(couple, world.an_assignment(couple, "boundaries")[0], both(couple))
        for number, person in enumerate(work.people):
            bench.answer(work, person, {"safe_no": 2} if number == 0 else {})
        bench.read(work)
        page = desk.open(f"/review/{work.round_id}")
        box = page.form("/open").select_one("input[type=checkbox]")
        assert box is not None
        sentence = str(box["value"])
        assert "An answer keeps this closed until" in page.said
        page = desk.press("Open to both")
        assert page.status == 422
        label = "How safe does it feel to say no to your partner?"
        assert f"An answer keeps this closed: ‘{label}’." in page.said
        assert page.form("/open").select_one(f"label[for={box['id']}]") is not None
        page = desk.press("Open to both", {"tick": sentence})
        assert "This round is open to both." in page.said

    def test_a_hold_stops_it_with_the_reason(self, desk: Desk, round_id: UUID) -> None:
        desk.open(f"/review/{round_id}")
        desk.press("Mark as read D")
        page = desk.open(f"/review/{round_id}")
        token = page.form("/open").select_one("[name=csrf_token]")
        assert token is not None
        assert "You are holding this." in desk.press("Hold it").said
        answer = desk.post(f"/review/{round_id}/open", {"csrf_token": str(token["value"])})
        assert answer.status_code == 422
        assert "You are holding this." in answer.get_data(as_text=True)


class TestTheFence:
    def test_foreign_is_like_missing(self, world: World, desk: Desk) -> None:
        other = world.a_couple()
        (made,) = world.an_assignment(other)
        world.a_reflection(other.a, made, issues("x"))
        foreign, missing = (desk.client.get(f"/review/{one}") for one in (made, uuid4()))
        assert unmarked(foreign) == unmarked(missing)
        assert foreign.status_code == 404

    def test_an_owner_sees_none(
        self, world: World, couple: CoupleHere, round_id: UUID, seat_at_desk: SeatAtDesk
    ) -> None:
        owner = world.a_person(couple.practice_id, "Olive Owner", Role.OWNER)
        desk = seat_at_desk(owner, Role.OWNER)
        for path in ("/review", f"/review/{round_id}"):
            assert desk.client.get(path).status_code == 404


def test_a_supervisor_reads_and_does_nothing(
    world: World, couple: CoupleHere, round_id: UUID, seat_at_desk: SeatAtDesk
) -> None:
    supervisor = world.a_person(couple.practice_id, "Sue Super", Role.SUPERVISOR)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        share_care(visit, couple.id, supervisor, Role.SUPERVISOR)
    desk = seat_at_desk(supervisor, Role.SUPERVISOR)
    page = desk.open(f"/review/{round_id}")
    assert "lonely ann" in page.said
    assert page.soup.select('main form[method="post"], .actionbar') == []
    page = desk.open(f"/desk/couples/{couple.id}")
    assert "Assign exercise" not in page.said
    assert desk.client.get("/review").status_code == 404


def test_one_person_alone_has_one_page(world: World, desk: Desk, couple: CoupleHere) -> None:
    (made,) = world.an_assignment(couple, "starting-point", to=(Seat.A,))
    page = desk.open(f"/review/{made}")
    assert "Both" not in [label.get_text(strip=True) for label in page.soup.select("label")]
