"""One neutral letter a day at most, in safe hours, and none when there is nothing more to say."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.homework.service import withdraw
from portal.notices.models import Letter
from portal.notices.service import Wish, choose, put
from portal.people.models import Person
from portal.reflections.models import Reflection
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import give_back, mark_read
from portal.vocabulary import ContactLevel, NoticeKind, Role, Seat
from tests.notices.outbox import DAY, HOUR, later, owed, set_contact, stop
from tests.reflections.material import issues
from tests.support.moments import START
from tests.support.post import Mailroom, PostOffice, wants_mail
from tests.support.world import CoupleHere, World


class TestSending:
    def test_a_letter_goes_to_who_chose_it(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        address = wants_mail(world, couple.a)
        world.an_assignment(couple)
        mailroom.work()
        assert office.letters == [], "the minute of a deed is nobody's business"
        later(world, mailroom)
        assert [to for _from, to in office.envelopes] == [(address,)]
        (letter,) = office.letters
        assert letter["Subject"] == "You have a message"
        assert letter["From"] == "Weft <post@portal.example.org>"
        assert str(letter["Message-ID"]).endswith("@portal.example.org>")
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["X-Auto-Response-Suppress"] == "All"
        assert letter["List-Unsubscribe"] == "<https://portal.example.org/accounts/mail>"
        lines = [line for line in letter.get_content().splitlines() if line]
        assert lines[0] == (
            "There is something new on your page, for when you have a quiet ten minutes."
        )
        assert lines[1].startswith("https://portal.example.org/desk/go/")
        assert len(lines) == 2
        assert all(row.sent_at == world.now for row in owed(world, couple.a))

    def test_nobody_who_did_not_choose_is_written_to(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        world.an_assignment(couple)
        wants_mail(world, couple.a)
        later(world, mailroom)
        assert office.letters == [], "what was there before the choice is no news"
        with world.as_(couple.a, Role.PARTNER) as visit:
            choose(visit, Wish())
        world.an_assignment(couple)
        later(world, mailroom)
        assert office.letters == []

    def test_one_letter_a_day_over_everything(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        wants_mail(world, couple.a)
        for _n in range(3):
            world.an_assignment(couple)
            later(world, mailroom)
        assert len(office.letters) == 1
        mailroom.work_until(START + 2 * DAY)
        assert len(office.letters) == 2, "what came later that day is in the next day's letter"
        mailroom.work_until(START + 4 * DAY)
        assert len(office.letters) == 2

    def test_only_in_safe_hours_of_the_readers_own_zone(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        wants_mail(world, couple.a, from_hour=20, until_hour=22)
        with world.visit() as visit:
            visit.db.get_one(Person, couple.a).time_zone = "Asia/Kolkata"
        world.an_assignment(couple)
        mailroom.work_until(START + DAY)
        assert len(office.letters) == 1
        assert owed(world, couple.a)[0].sent_at == datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

    def test_an_address_on_two_accounts_needs_both(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        assert couple.b
        wants_mail(world, couple.a, address="Both@example.org", shares=True)
        wants_mail(world, couple.b, address="both@EXAMPLE.org")
        world.an_assignment(couple)
        later(world, mailroom)
        assert office.letters == []
        with world.as_(couple.b, Role.PARTNER) as visit:
            choose(visit, Wish("both@example.org", shares=True, from_hour=0, until_hour=24))
        world.an_assignment(couple)
        later(world, mailroom)
        assert len(office.letters) == 2

    def test_without_a_server_nothing_is_sent_and_nothing_is_kept_for_long(
        self, world: World, mailroom: Mailroom, office: PostOffice, tmp_path: Path
    ) -> None:
        (tmp_path / "data").mkdir()
        room = Mailroom(world, tmp_path / "data", None)
        couple = world.a_couple()
        wants_mail(world, couple.a)
        world.an_assignment(couple)
        later(world, room)
        assert not any(row.is_settled for row in owed(world, couple.a)), "it may be a slip"
        room.work_until(START + 2 * DAY)
        assert all(row.dropped_at for row in owed(world, couple.a))
        room.close()
        later(world, mailroom)
        assert office.letters == []


class TestDone:
    """What is done, gone or stopped when the letter would be sent is not mailed."""

    def about(self, world: World, couple: CoupleHere) -> UUID:
        wants_mail(world, couple.a)
        (round_id,) = world.an_assignment(couple)
        return round_id

    def test_sent_meanwhile(self, world: World, mailroom: Mailroom, office: PostOffice) -> None:
        couple = world.a_couple()
        round_id = self.about(world, couple)
        world.a_reflection(couple.a, round_id, issues("x"))
        later(world, mailroom)
        assert office.letters == []
        assert all(row.dropped_at for row in owed(world, couple.a))

    def test_taken_away_meanwhile(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        self.about(world, couple)
        given = owed(world, couple.a)[0].subject_id
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            withdraw(visit, given)
        later(world, mailroom)
        assert office.letters == []

    @pytest.mark.parametrize("what", ["put away", "sample", "left", "joint work", "suspended"])
    def test_stopped_meanwhile(
        self, world: World, mailroom: Mailroom, office: PostOffice, what: str
    ) -> None:
        couple = world.a_couple()
        self.about(world, couple)
        stop(world, couple, what)
        mailroom.work_until(START + 2 * DAY)
        assert office.letters == []

    def test_no_contact_stops_whatever_hints_at_the_other(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        self.about(world, couple)
        set_contact(world, couple, ContactLevel.NO_CONTACT)
        later(world, mailroom)
        assert office.letters == []
        world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
        later(world, mailroom)
        assert len(office.letters) == 1


class TestKinds:
    """Every kind of deed that somebody hears of, and when it stops being news."""

    def couple(self, world: World) -> CoupleHere:
        couple = world.a_couple()
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.a, round_id, issues("a"))
        return couple

    def round_of(self, world: World, couple: CoupleHere) -> UUID:
        with world.visit() as visit:
            query = sa.select(Reflection.round_id).where(Reflection.couple_id == couple.id)
            return visit.db.scalars(query).one()

    def test_a_counsellor_hears_of_something_to_read_once(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        wants_mail(world, couple.counsellor_id, Role.COUNSELLOR)
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.a, round_id, issues("a"))
        later(world, mailroom)
        assert len(office.letters) == 1
        assert couple.b
        world.a_reflection(couple.b, round_id, issues("b"))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for part in visit.db.scalars(sa.select(Reflection)).all():
                mark_read(visit, part.id)
        mailroom.work_until(START + 2 * DAY)
        assert len(office.letters) == 1, "it was read before it could be written"

    def test_returned_work(self, world: World, mailroom: Mailroom, office: PostOffice) -> None:
        couple = self.couple(world)
        wants_mail(world, couple.a)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            give_back(visit, visit.db.scalars(sa.select(Reflection.id)).one(), "A little more")
        later(world, mailroom)
        assert len(office.letters) == 1

    def test_an_open_round_tells_both_and_not_without_contact(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = self.couple(world)
        assert couple.b
        round_id = self.round_of(world, couple)
        world.a_reflection(couple.b, round_id, issues("b"))
        for who in (couple.a, couple.b):
            wants_mail(world, who)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for part in visit.db.scalars(sa.select(Reflection)).all():
                mark_read(visit, part.id)
            open_round(visit, round_id)
        set_contact(world, couple, ContactLevel.NO_CONTACT)
        later(world, mailroom)
        assert office.letters == []
        set_contact(world, couple, ContactLevel.TOGETHER)
        with world.visit() as visit:
            put(visit, [couple.a], NoticeKind.ROUND_OPENED, round_id)
        later(world, mailroom)
        assert len(office.letters) == 1

    def test_the_letter_of_a_link_is_kept_without_its_link(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        wants_mail(world, couple.a)
        world.an_assignment(couple)
        later(world, mailroom)
        with world.visit() as visit:
            (letter,) = visit.db.scalars(sa.select(Letter)).all()
        assert letter.code is None
        assert letter.code_mark not in office.letters[0].as_string()


class TestReminding:
    def test_the_day_before_once_and_only_where_it_is_not_sent(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        assert couple.b
        (round_id,) = world.an_assignment(couple)
        world.a_reflection(couple.b, round_id, issues("b"))
        for who in (couple.a, couple.b):
            wants_mail(world, who)
        days: list[int] = []
        while world.now < START + 10 * DAY:
            mailroom.remind(HOUR)
            mailroom.work()
            days += [(world.now - START).days] * (len(office.letters) - len(days))
            world.now += 8 * HOUR
        (notice,) = [n for n in owed(world, couple.a) if n.kind is NoticeKind.ROUND_DUE]
        assert notice.subject_id == round_id
        with world.as_(couple.a, Role.PARTNER) as visit:
            due_on = visit.db.scalars(sa.text("SELECT due_on FROM round")).one()
        assert str(due_on)[:10] == str((notice.made_at + DAY).date())
        assert len(days) == 1
        assert not [n for n in owed(world, couple.b) if n.sent_at]

    def test_a_half_done_draft_is_reminded_of(
        self, world: World, mailroom: Mailroom, office: PostOffice
    ) -> None:
        couple = world.a_couple()
        (round_id,) = world.an_assignment(couple)
        wants_mail(world, couple.a)
        world.a_draft(couple.a, round_id, {"start_with": "Half"})
        while world.now < START + 10 * DAY:
            mailroom.remind(HOUR)
            mailroom.work()
            world.now += 8 * HOUR
        assert len(office.letters) == 1
