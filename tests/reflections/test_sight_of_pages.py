"""What a page of one partner shows of the other: nothing, until it is open."""

from uuid import UUID

from sqlalchemy import select

from portal.care.service import set_joint_work
from portal.homework.models import Assignment
from portal.homework.service import withdraw
from portal.reflections.drafts.queries import draft
from portal.reflections.openings.service import open_round
from portal.reflections.queries import reflections_on
from portal.reflections.sending.service import mark_read
from portal.review.queries import reading
from portal.review.service import release_feedback, write_feedback
from portal.vocabulary import JointWork, Pocket, Role, Seat
from tests.reflections.material import SitDown, issues, leaf
from tests.support.world import CoupleHere, World


class TestTheOther:
    def test_nothing_of_the_other_shows_until_it_opens(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        world.a_reflection(couple.a, round_id, issues("mine"))
        ann = sit_down(couple.a)
        paths = ("/desk/week", "/reflections/mine", f"/reflections/{round_id}")
        before = [ann.open(path).said for path in paths]
        assert "Not open yet" in before[2]
        world.a_reflection(couple.b, round_id, issues("theirs"))
        assert [ann.open(path).said for path in paths] == before

    def test_what_is_open_stands_on_facing_pages(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        world.a_reflection(couple.a, round_id, issues("mine"))
        world.a_reflection(couple.b, round_id, issues("theirs"))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            for part in reading(visit, round_id).parts:
                mark_read(visit, part.id)
            visit.db.flush()
            open_round(visit, round_id)
            words = write_feedback(visit, round_id, Pocket.JOINT, "Well listened, both.")
            visit.db.flush()
            release_feedback(visit, words.id)
        page = sit_down(couple.a).open(f"/reflections/{round_id}")
        facing = [spread.get_text(" ", strip=True) for spread in page.soup.select(".spread")]
        assert any("lonely mine" in text and "lonely theirs" in text for text in facing)
        for hidden in ("quiet theirs", "secret theirs", "secret mine"):
            assert hidden not in page.said
        assert "quiet mine" in page.said
        assert "Your counsellor wrote to you both" in page.said
        assert "Not open yet" not in page.said
        assert not page.soup.select('form[action$="consent"], form[action$="take-back"]')

    def test_a_strangers_piece_is_not_found(
        self, world: World, round_id: UUID, sit_down: SitDown
    ) -> None:
        stranger = sit_down(world.a_couple().a)
        for path in ("", "/write/1", "/check", "/sent", "/decline"):
            assert stranger.open(f"/reflections/{round_id}{path}").status == 404

    def test_individual_work_is_found_by_its_writer_alone(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert couple.b is not None
        (round_id,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
        ben = sit_down(couple.b)
        assert ben.open(f"/reflections/{round_id}").status == 404

    def test_a_changed_plan_is_one_sentence(
        self, world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
    ) -> None:
        world.a_draft(couple.a, round_id, issues("mine"))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            withdraw(visit, visit.db.scalars(select(Assignment.id)).one())
        ann = sit_down(couple.a)
        page = ann.open(f"/reflections/{round_id}")
        assert "Your counsellor has changed the plan for now." in page.said
        assert "Not open yet" not in page.said
        assert not page.soup.select('main a[href*="/write/"]')


class TestMyWriting:
    def test_is_empty_until_something_is_written(
        self, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        assert "Nothing here yet" in sit_down(couple.a).open("/reflections/mine").said

    def test_hides_a_title_that_stands_nowhere_else(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (round_id,) = world.an_assignment(couple, "deciding-to-raise-it", to=(Seat.A,))
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = draft(visit, round_id)
        world.a_draft(couple.a, round_id, {card.fields[-1].key: "words"})
        ann = sit_down(couple.a)
        for path in ("/desk/week", "/reflections/mine", f"/reflections/{round_id}"):
            page = ann.open(path)
            assert "A private page" in page.said
            assert card.task.title not in page.text
        assert card.task.title in ann.open(leaf(round_id, 1)).said


class TestGates:
    def test_when_joint_work_stops_nothing_can_be_shared(
        self, world: World, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        (alone,) = world.an_assignment(couple, "self-care", to=(Seat.A,))
        with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
            set_joint_work(visit, couple.id, JointWork.INDIVIDUAL_ONLY, "For now.")
        page = sit_down(couple.a).open(leaf(alone, 1))
        assert not page.soup.select('select[name^="audience."]')

    def test_others_cards_hold_no_state(
        self, world: World, couple: CoupleHere, round_id: UUID
    ) -> None:
        assert couple.b is not None
        world.a_reflection(couple.b, round_id, issues("theirs"))
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = draft(visit, round_id)
            assert reflections_on(visit, [card.task])[round_id] == ()
