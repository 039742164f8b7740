"""Letters about an answer that was released, a paper that is there, and the file of both that is asked for."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.care.service import hold
from portal.desk.letters.queries import page_for
from portal.notices.cards import LetterCard
from portal.notices.models import Notice
from portal.notices.service import put
from portal.records.release import service as files
from portal.reports import service as reports
from portal.sessions.service import Hour, change_session, write_session
from portal.vocabulary import ContactLevel, NoticeKind, Role, Seat
from tests.notices.outbox import later, owed, set_contact
from tests.promises.release_deeds import Jar, Letter, Released
from tests.support.post import Mailroom, PostOffice, wants_mail
from tests.support.world import CoupleHere, World


@pytest.fixture
def couple(world: World) -> CoupleHere:
    return world.a_couple()


def sent(world: World, couple: CoupleHere, of: type[Released]) -> Released:
    """Sent by whoever writes it, with their yes to its release; both want letters from now on."""
    made = of.given(world, couple)
    for seat in of.writers:
        made.write(seat, "a line")
        made.send(seat, says_yes=True)
    for person_id in (couple.a, couple.b):
        assert person_id is not None
        wants_mail(world, person_id)
    return made


def told(world: World, kind: NoticeKind) -> set[UUID]:
    with world.visit() as visit:
        return set(visit.db.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


def leads(world: World, person_id: UUID, kind: NoticeKind, subject_id: UUID) -> str:
    with world.as_(person_id, Role.PARTNER) as visit:
        return page_for(visit, LetterCard(kind, subject_id, False))[0]


class TestReleased:
    def test_the_other_hears_of_it_and_the_writer_does_not(
        self, world: World, couple: CoupleHere, mailroom: Mailroom, office: PostOffice
    ) -> None:
        assert couple.b
        letter = sent(world, couple, Letter)
        later(world, mailroom)
        assert office.letters == [], "a yes to a release is no release"
        letter.release()
        assert told(world, NoticeKind.ANSWER_RELEASED) == {couple.b}
        later(world, mailroom)
        assert len(office.letters) == 1
        (notice,) = owed(world, couple.b)
        assert notice.sent_at == world.now
        kind = NoticeKind.ANSWER_RELEASED
        assert leads(world, couple.b, kind, letter.round_id) == "reflections.released"
        assert leads(world, couple.a, kind, letter.round_id) == "desk.home"

    def test_what_matches_is_released_to_both_and_lies_on_the_piece_of_each(
        self, world: World, couple: CoupleHere, mailroom: Mailroom, office: PostOffice
    ) -> None:
        assert couple.b
        jar = sent(world, couple, Jar)
        jar.release()
        assert told(world, NoticeKind.ANSWER_RELEASED) == {couple.a, couple.b}
        later(world, mailroom)
        assert len(office.letters) == 2
        for who in (couple.a, couple.b):
            page = leads(world, who, NoticeKind.ANSWER_RELEASED, jar.round_id)
            assert page == "reflections.piece"

    @pytest.mark.parametrize("stopped", ["held", "no contact"])
    @pytest.mark.parametrize("of", [Letter, Jar])
    def test_nothing_is_written_under_a_hold_or_without_contact(
        self,
        world: World,
        couple: CoupleHere,
        mailroom: Mailroom,
        office: PostOffice,
        of: type[Released],
        stopped: str,
    ) -> None:
        sent(world, couple, of).release()
        if stopped == "no contact":
            set_contact(world, couple, ContactLevel.NO_CONTACT)
        else:
            with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
                hold(visit, couple.id, True, "Somebody is afraid.")
        later(world, mailroom)
        assert office.letters == []

    def test_a_round_of_which_nothing_is_released_is_nothing_to_write_about(
        self, world: World, couple: CoupleHere, mailroom: Mailroom, office: PostOffice
    ) -> None:
        assert couple.b
        letter = sent(world, couple, Letter)
        with world.visit() as visit:
            put(visit, [couple.b], NoticeKind.ANSWER_RELEASED, letter.round_id)
        later(world, mailroom)
        assert office.letters == []
        assert all(row.dropped_at for row in owed(world, couple.b))


class TestPaper:
    @pytest.mark.parametrize("there", [(Seat.A, Seat.B), (Seat.A,)])
    def test_only_who_was_in_the_hour_hears_of_its_paper(
        self,
        world: World,
        couple: CoupleHere,
        mailroom: Mailroom,
        office: PostOffice,
        there: tuple[Seat, ...],
    ) -> None:
        for person_id in (couple.a, couple.b):
            assert person_id is not None
            wants_mail(world, person_id)
        begins = world.now
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            hour = Hour(begins, 60, (Seat.A, Seat.B), shared_summary="A walk.")
            session_id = write_session(visit, couple.id, hour).id
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            document_id = reports.order(visit, session_id, "couple").id
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            reports.finish(visit, document_id, reports.Paper(b"%PDF", "0" * 64, 1))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            hour = Hour(begins, 60, there, shared_summary="A walk.")
            change_session(visit, session_id, hour, 1)
        later(world, mailroom)
        assert len(office.letters) == len(there)


class TestFile:
    def asked(self, world: World, couple: CoupleHere) -> UUID:
        for person_id in (couple.a, couple.b):
            assert person_id is not None
            wants_mail(world, person_id)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            return files.ask(visit, couple.id, "Court office", "For the hearing.").id

    def test_both_hear_that_they_are_asked(
        self, world: World, couple: CoupleHere, mailroom: Mailroom, office: PostOffice
    ) -> None:
        release_id = self.asked(world, couple)
        assert told(world, NoticeKind.FILE_ASKED) == {couple.a, couple.b}
        later(world, mailroom)
        assert len(office.letters) == 2
        kind = NoticeKind.FILE_ASKED
        assert leads(world, couple.a, kind, release_id) == "records.asked"
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            assert page_for(visit, LetterCard(kind, release_id, False))[0] == "desk.home"

    def test_who_has_answered_is_not_written_to_and_the_other_is(
        self, world: World, couple: CoupleHere, mailroom: Mailroom, office: PostOffice
    ) -> None:
        assert couple.b
        release_id = self.asked(world, couple)
        with world.as_(couple.a, Role.PARTNER) as visit:
            files.answer(visit, release_id, yes=False)
        later(world, mailroom)
        assert len(office.letters) == 1
        assert [bool(row.sent_at) for row in owed(world, couple.a)] == [False]
        assert [bool(row.sent_at) for row in owed(world, couple.b)] == [True]

    def test_nobody_is_written_to_when_it_is_not_asked_any_more(
        self, world: World, couple: CoupleHere, mailroom: Mailroom, office: PostOffice
    ) -> None:
        release_id = self.asked(world, couple)
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            files.end(visit, release_id)
        later(world, mailroom)
        assert office.letters == []

    def test_who_does_not_take_part_is_not_asked(self, world: World) -> None:
        alone = world.a_couple(takes_part=(True, False))
        with world.as_(alone.counsellor_id, Role.COUNSELLOR) as visit:
            files.ask(visit, alone.id, "Court office", "For the hearing.")
        assert told(world, NoticeKind.FILE_ASKED) == {alone.a}
