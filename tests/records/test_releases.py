"""The file of both leaves on everybody's yes to this recipient, each line of it in the log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.care.service import hold
from portal.foundation.errors import NotAllowed, NotFound, Refused, TooLate
from portal.people.models import Membership
from portal.people.queries import couple_card
from portal.policies.editions import FILE_IS_HELD, FILE_NEEDS_ALL
from portal.records.release import service
from portal.records.release.cards import CoupleFile, ReleaseCard
from portal.records.release.models import FileConsent
from portal.records.release.queries import own_requests, releases_of
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import mark_read
from portal.review.queries import reading
from portal.review.service import release_feedback, write_feedback
from portal.sessions.service import Hour, write_session
from portal.visit import Visit
from portal.vocabulary import Act, Pocket, Role, Seat
from tests.homework.looking import Desk
from tests.promises.sheets_of_two import a_sent_sheet
from tests.reflections.material import SitDown, issues
from tests.support.world import CoupleHere, World


@contextmanager
def counselling(world: World, couple: CoupleHere) -> Iterator[Visit]:
    world.now += timedelta(minutes=1)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        yield visit


def asked(world: World, couple: CoupleHere, recipient: str = "Court office") -> UUID:
    with counselling(world, couple) as visit:
        return service.ask(visit, couple.id, recipient, "For the hearing.").id


def says(world: World, person_id: UUID | None, release_id: UUID, *, yes: bool = True) -> None:
    assert person_id is not None
    world.now += timedelta(minutes=1)
    with world.as_(person_id, Role.PARTNER) as visit:
        service.answer(visit, release_id, yes=yes)


def handed_out(world: World, couple: CoupleHere, release_id: UUID) -> CoupleFile:
    """The file that was drawn when it left."""
    drawn: list[CoupleFile] = []

    def draw(file: CoupleFile) -> str:
        drawn.append(file)
        return "a page"

    with counselling(world, couple) as visit:
        service.hand_out(visit, release_id, draw)
    return drawn[0]


def line(world: World, couple: CoupleHere) -> ReleaseCard:
    with counselling(world, couple) as visit:
        return releases_of(visit, couple_card(visit, couple.id))[0]


def worked(world: World, couple: CoupleHere, round_id: UUID) -> None:
    """A round that is open to both, words back in each pocket, and an hour with all its notes."""
    assert couple.b is not None
    world.a_reflection(couple.a, round_id, issues("of ann and quite long enough to be noticed"))
    world.a_reflection(couple.b, round_id, issues("of ben and quite long enough to be noticed"))
    with counselling(world, couple) as visit:
        for part in reading(visit, round_id).parts:
            mark_read(visit, part.id)
        visit.db.flush()
        open_round(visit, round_id)
        for pocket in Pocket:
            words = write_feedback(visit, round_id, pocket, f"Said to {pocket.value} alone or not.")
            visit.db.flush()
            release_feedback(visit, words.id)
        hour = Hour(
            starts_at=world.now,
            minutes=50,
            attended=(Seat.A, Seat.B),
            shared_summary="We spoke of autumn.",
            progress_note="Progress, for the counsellor's own eyes.",
            process_note="Process, for nobody else at all.",
            agreed=("A walk on Sunday",),
        )
        write_session(visit, couple.id, hour)


def test_it_leaves_only_on_both_their_yes(world: World, couple: CoupleHere) -> None:
    release_id = asked(world, couple)
    for answers in ([], [couple.a]):
        for person in answers:
            says(world, person, release_id)
        with pytest.raises(Refused) as no:
            handed_out(world, couple, release_id)
        assert no.value.reasons == (FILE_NEEDS_ALL,)
    says(world, couple.b, release_id)
    handed_out(world, couple, release_id)
    found = line(world, couple)
    assert found.released_at is not None
    assert found.released_by == "Nadia Example"
    assert found.recipient == "Court office"
    assert [answer.says_yes for answer in found.answers] == [True, True]
    assert len(found.content_hash) == 64


def test_a_yes_is_taken_back_until_it_left_and_counts_for_one_wish_alone(
    world: World, couple: CoupleHere
) -> None:
    first, second = asked(world, couple), asked(world, couple, "A lawyer")
    for person in (couple.a, couple.b):
        says(world, person, first)
    says(world, couple.a, first, yes=False)
    for release_id in (first, second):
        with pytest.raises(Refused):
            handed_out(world, couple, release_id)
    says(world, couple.a, first)
    handed_out(world, couple, first)
    with pytest.raises(TooLate):
        says(world, couple.a, first, yes=False)
    with pytest.raises(TooLate):
        handed_out(world, couple, first)
    with world.visit() as visit:
        kept = visit.db.scalars(sa.select(FileConsent.says_yes)).all()
    assert sorted(kept) == [False, True, True, True]


def test_a_hold_keeps_it_and_what_is_asked_no_longer_stays(
    world: World, couple: CoupleHere
) -> None:
    release_id = asked(world, couple)
    for person in (couple.a, couple.b):
        says(world, person, release_id)
    with counselling(world, couple) as visit:
        hold(visit, couple.id, True, "Fear.")
    with pytest.raises(Refused) as no:
        handed_out(world, couple, release_id)
    assert no.value.reasons == (FILE_IS_HELD,)
    with counselling(world, couple) as visit:
        hold(visit, couple.id, False, "")
        service.end(visit, release_id)
    with pytest.raises(TooLate):
        handed_out(world, couple, release_id)
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert own_requests(visit) == []


def test_the_file_holds_what_both_may_see_and_no_word_of_one_alone(
    world: World, couple: CoupleHere, round_id: UUID, desk: Desk
) -> None:
    worked(world, couple, round_id)
    release_id = asked(world, couple)
    for person in (couple.a, couple.b):
        says(world, person, release_id)
    page = desk.open(f"/records/{couple.id}/releases")
    page = desk.press("Hand it out")
    assert "Written into the log" in page.said
    answer = desk.client.get(f"/records/releases/{release_id}/file")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="file-')
    text = answer.get_data(as_text=True)
    for shared in ("lonely of ann", "lonely of ben", "We spoke of autumn.", "A walk on Sunday",
                   "Said to joint", "Court office", "For the hearing.", "Authorised by Ann"):  # fmt: skip
        assert shared in text
    for private in ("secret", "quiet of", "Progress,", "Process,", "Said to a ", "Said to b "):
        assert private not in text
    with world.visit() as visit:
        acts = list(visit.db.scalars(sa.select(AuditEntry.act)))
    assert (acts.count(Act.RELEASED_FILE), acts.count(Act.FETCHED_FILE)) == (1, 1)


def test_the_second_net_keeps_a_file_that_holds_too_much(
    world: World, couple: CoupleHere, round_id: UUID
) -> None:
    worked(world, couple, round_id)
    release_id = asked(world, couple)
    for person in (couple.a, couple.b):
        says(world, person, release_id)
    for words in ("secret of ann and quite long enough to be noticed",
                  "Progress, for the counsellor's own eyes."):  # fmt: skip
        page = f"<p>{words}</p>".replace(" and ", " <b>and</b> ")
        with counselling(world, couple) as visit, pytest.raises(Refused):
            service.hand_out(visit, release_id, _always(page))
        assert line(world, couple).released_at is None


def _always(page: str) -> Callable[[object], str]:
    return lambda _file: page


def test_neither_partner_can_tell_what_the_other_said(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    release_id = asked(world, couple)
    ann = sit_down(couple.a)
    paths = ("/records/asked", "/records/mine", "/desk/week", "/reports/mine")
    before = [ann.open(path).said for path in paths]
    assert "Court office" in before[0]
    for yes in (True, False, True):
        says(world, couple.b, release_id, yes=yes)
        assert [ann.open(path).said for path in paths] == before


def test_a_partner_answers_on_their_own_page(
    world: World, couple: CoupleHere, sit_down: SitDown, desk: Desk
) -> None:
    asked(world, couple)
    ann = sit_down(couple.a)
    ann.open("/records/asked")
    assert "You said yes" in ann.send(press="Yes, it may be handed out").said
    assert "You said no" in ann.send(press="No, it stays").said
    page = desk.open(f"/records/{couple.id}/releases")
    assert "Ann said no" in page.said
    assert "Ben has not answered" in page.said


def test_the_counsellor_asks_on_the_page_and_says_to_whom(desk: Desk, couple: CoupleHere) -> None:
    desk.open(f"/records/{couple.id}/releases")
    page = desk.press("Ask both", {"recipient": "", "purpose": "A hearing"})
    assert page.status == 422
    assert "Write down who would be given it." in page.said
    assert "A hearing" in str(page.soup)
    page = desk.press("Ask both", {"recipient": "Dr Example", "purpose": "A hearing"})
    assert "Dr Example" in page.said
    page = desk.press("Stop asking")
    assert "Not asked any more" in page.said


def test_somebody_who_joined_later_was_never_asked_and_so_it_stays(world: World) -> None:
    couple = world.a_couple()
    release_id = asked(world, couple)
    with world.visit() as visit:
        row = visit.db.scalars(sa.select(Membership).where(Membership.person_id == couple.b)).one()
        row.joined_at = world.now + timedelta(days=1)
    world.now += timedelta(days=2)
    assert couple.b is not None
    with world.as_(couple.b, Role.PARTNER) as visit:
        assert own_requests(visit) == []
        with pytest.raises(NotFound):
            service.answer(visit, release_id, yes=True)
    says(world, couple.a, release_id)
    with pytest.raises(Refused):
        handed_out(world, couple, release_id)


def test_others_find_nothing(world: World, couple: CoupleHere) -> None:
    release_id = asked(world, couple)
    other = world.a_couple(names=("Cleo Far", "Dan Far"))
    for person, role in ((other.counsellor_id, Role.COUNSELLOR), (other.a, Role.PARTNER)):
        with world.as_(person, role) as visit:
            for deed in (
                lambda v: service.end(v, release_id),
                lambda v: service.answer(v, release_id, yes=True),
                lambda v: service.ask(v, couple.id, "x", "y"),
                lambda v: service.hand_out(v, release_id, lambda _file: ""),
            ):
                with pytest.raises((NotFound, NotAllowed)):
                    deed(visit)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotAllowed):
        service.answer(visit, release_id, yes=True)


def test_what_two_wrote_on_one_sheet_is_in_it_and_what_one_kept_narrow_is_not(
    world: World, couple: CoupleHere
) -> None:
    words: dict[str, str] = {}

    def word(of: str) -> str:
        return words.setdefault(of, f"{world.marker()} with enough letters to be noticed")

    a_sent_sheet(world, couple, word)
    release_id = asked(world, couple)
    for person in (couple.a, couple.b):
        says(world, person, release_id)
    held = repr(handed_out(world, couple, release_id))
    assert {of for of, text in words.items() if text in held} == {"shared", "own of a"}


def test_the_week_of_each_says_that_they_are_asked_until_they_have_answered_themselves(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    assert couple.b is not None
    ann, ben = sit_down(couple.a), sit_down(couple.b)
    line = 'main a[href="/records/asked"]'
    release_id = asked(world, couple)
    before = ben.open("/desk/week").said
    assert ann.open("/desk/week").soup.select(line)
    says(world, couple.a, release_id, yes=False)
    assert not ann.open("/desk/week").soup.select(line)
    assert ben.open("/desk/week").said == before
    with counselling(world, couple) as visit:
        service.end(visit, release_id)
    assert not ben.open("/desk/week").soup.select(line)
