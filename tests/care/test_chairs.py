"""The wrong chair: words go to who wrote them, and nobody reads them on the way."""

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry
from portal.care.chairs.service import give_to_writer
from portal.exercises.form.reading import Reading
from portal.foundation.errors import NotFound, Refused
from portal.foundation.vault import SealBrokenError
from portal.homework.models import Recipient
from portal.homework.queries import task
from portal.policies import chairs
from portal.reflections.answers import place_of
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import leave_words, save
from portal.reflections.models import Answer, PrivateWord, Reflection
from portal.reflections.openings.queries import open_state, own_answers
from portal.reflections.queries import reflections_on
from portal.reflections.sending.service import give_back
from portal.review.models import Feedback
from portal.review.service import release_feedback, write_feedback
from portal.vocabulary import Act, Pocket, ReflectionState, Role, Seat
from tests.care.deeds import PAIRED, WORDS
from tests.care.wrong_chair import a_round_for_both, rehome
from tests.homework.looking import Desk, issues, unmarked
from tests.support.browser import Browser
from tests.support.world import CoupleHere, World

Given = tuple[CoupleHere, UUID]
PRIVATE = {"private_note": "only for you"}


@pytest.fixture
def given(world: World, couple: CoupleHere) -> Given:
    """A paired round; both have read the promise."""
    return couple, a_round_for_both(world, couple)


def values_of(world: World, person_id: UUID | None, round_id: UUID) -> dict[str, object]:
    assert person_id is not None
    with world.as_(person_id, Role.PARTNER) as visit:
        return dict(draft(visit, round_id).reading.values)


def sent_by(world: World, couple: CoupleHere, round_id: UUID) -> dict[UUID, str]:
    """What the counsellor reads of each."""
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        parts = reflections_on(visit, [task(visit, round_id)], "en")[round_id]
        return {
            part.respondent_id: " ".join(
                [card.shown.text for card in part.answers]
                + [card.shown.text for card in part.private]
            )
            for part in parts
        }


def test_a_draft_is_its_writers_draft_and_the_wrong_chair_has_not_begun(
    world: World, given: Given
) -> None:
    couple, round_id = given
    fresh = values_of(world, couple.a, round_id)
    world.a_draft(couple.a, round_id, WORDS)
    rehome(world, couple, round_id)
    assert values_of(world, couple.b, round_id) == {**fresh, **WORDS}
    with world.as_(couple.a, Role.PARTNER) as visit:
        card = draft(visit, round_id)
        assert (card.state, card.counters, card.kept, card.return_line) == (None, {}, (), "")
        assert dict(card.reading.values) == fresh


def test_what_was_sent_is_sent_by_its_writer_with_all_that_belongs_to_it(
    world: World, given: Given
) -> None:
    couple, round_id = given
    assert couple.b is not None
    world.a_reflection(couple.a, round_id, {**WORDS, **PRIVATE}, opens=True)
    rehome(world, couple, round_id)
    seen = sent_by(world, couple, round_id)
    assert set(seen) == {couple.b}
    assert "my answer" in seen[couple.b]
    assert "only for you" in seen[couple.b]
    with world.visit() as visit:
        rows = visit.db.execute(sa.select(Recipient.person_id, Recipient.reached))
        reached = {row[0]: row[1] for row in rows}
        assert reached == {couple.a: None, couple.b: ReflectionState.SUBMITTED}
        state = open_state(visit, [round_id])
        assert not any(state.says_yes(round_id, who) for who in (couple.a, couple.b))
        acts = list(visit.db.scalars(sa.select(AuditEntry.act)))
    assert acts.count(Act.CHANGED_CHAIRS) == 1


def test_no_yes_counts_where_two_pieces_change_places(world: World, given: Given) -> None:
    """Each of the two pieces was begun before either yes, so that only the exchange itself ends it."""
    couple, round_id = given
    assert couple.b is not None
    for who in (couple.a, couple.b):
        world.a_draft(who, round_id, WORDS)
    for who in (couple.a, couple.b):
        world.a_reflection(who, round_id, WORDS, opens=True)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_to_writer(visit, round_id, Seat.A, exchange=True)
    with world.visit() as visit:
        state = open_state(visit, [round_id])
    assert not any(state.says_yes(round_id, who) for who in (couple.a, couple.b))


def test_no_yes_of_before_is_presumed_when_the_wrong_chair_begins_anew(
    world: World, given: Given
) -> None:
    couple, round_id = given
    world.a_reflection(couple.a, round_id, WORDS, opens=True)
    rehome(world, couple, round_id)
    world.a_draft(couple.a, round_id, {"guess": "mine, at last"})
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert own_answers(visit, round_id, 1) == {}


def test_the_words_open_under_their_writers_name_alone(world: World, given: Given) -> None:
    couple, round_id = given
    assert couple.b is not None
    world.a_reflection(couple.a, round_id, {**WORDS, **PRIVATE})
    rehome(world, couple, round_id)
    with world.visit() as visit:
        rows = list(visit.db.scalars(sa.select(Answer)))
        assert rows
        for row in rows:
            assert visit.vault.open(
                place_of(row.id, row.field_key, couple.b, row.version), row.value
            )
            with pytest.raises(SealBrokenError):
                visit.vault.open(place_of(row.id, row.field_key, couple.a, row.version), row.value)
        for word in visit.db.scalars(sa.select(PrivateWord)):
            assert word.respondent_id == couple.b
            assert visit.vault.open(word.place, word.value)
        visit.vault.destroy(couple.a, world.now)
    with world.visit() as visit:
        for row in visit.db.scalars(sa.select(Answer)):
            place = place_of(row.id, row.field_key, couple.b, row.version)
            assert visit.vault.open(place, row.value)


def test_returned_work_keeps_its_line_and_every_version(world: World, given: Given) -> None:
    couple, round_id = given
    assert couple.b is not None
    world.a_reflection(couple.a, round_id, WORDS)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (piece,) = visit.db.scalars(sa.select(Reflection.id))
        give_back(visit, piece, "Say a little more.")
    kept = {"guess": "typed elsewhere"}
    with world.as_(couple.a, Role.PARTNER) as visit:
        leave_words(visit, round_id, Reading(values=kept, present=frozenset(kept)))
    rehome(world, couple, round_id)
    with world.as_(couple.b, Role.PARTNER) as visit:
        card = draft(visit, round_id)
    assert (card.state, card.return_line) == (ReflectionState.RETURNED, "Say a little more.")
    assert [each.text for each in card.kept] == ["typed elsewhere"]
    assert card.reading.values["my_answer"] == "my answer"


def test_where_both_have_written_the_two_change_places(world: World, given: Given) -> None:
    couple, round_id = given
    assert couple.b is not None
    world.a_reflection(couple.a, round_id, {**WORDS, "my_answer": "of Ben"})
    world.a_draft(couple.b, round_id, {**WORDS, "my_answer": "of Ann"})
    rehome(world, couple, round_id, exchange=True)
    assert "of Ben" in sent_by(world, couple, round_id)[couple.b]
    assert values_of(world, couple.a, round_id)["my_answer"] == "of Ann"
    rehome(world, couple, round_id, exchange=True)
    assert "of Ben" in sent_by(world, couple, round_id)[couple.a]
    assert values_of(world, couple.b, round_id)["my_answer"] == "of Ann"


def test_a_page_that_is_still_open_loses_nothing(world: World, given: Given) -> None:
    couple, round_id = given
    world.a_draft(couple.a, round_id, WORDS)
    with world.as_(couple.a, Role.PARTNER) as visit:
        counters = draft(visit, round_id).counters
    rehome(world, couple, round_id)
    typed = {"guess": "typed on"}
    with world.as_(couple.a, Role.PARTNER) as visit:
        saved = save(
            visit, round_id, Reading(values=typed, present=frozenset(typed), counters=counters)
        )
    assert [clash.key for clash in saved.conflicts] == ["guess"]
    with world.as_(couple.a, Role.PARTNER) as visit:
        assert [each.text for each in draft(visit, round_id).kept] == ["typed on"]
    assert values_of(world, couple.b, round_id)["guess"] == WORDS["guess"]


def test_work_of_one_person_goes_to_the_other_ones_own_copy(world: World, given: Given) -> None:
    couple, _ = given
    assert couple.b is not None
    (mine,) = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    world.a_draft(couple.a, mine, {"happy_times": "by the sea"})
    with pytest.raises(Refused, match=chairs.NO_HOME):
        rehome(world, couple, mine)
    (theirs,) = world.an_assignment(couple, "needs-and-values", to=(Seat.B,))
    rehome(world, couple, mine)
    assert values_of(world, couple.b, theirs)["happy_times"] == "by the sea"
    assert "happy_times" not in values_of(world, couple.a, mine)


def test_a_drafted_answer_goes_along_and_a_given_one_keeps_it_there(
    world: World, given: Given
) -> None:
    couple, round_id = given
    assert couple.b is not None
    world.a_reflection(couple.a, round_id, WORDS)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        feedback = write_feedback(visit, round_id, Pocket.A, "Thank you for this.").id
    rehome(world, couple, round_id)
    with world.visit() as visit:
        row = visit.db.get_one(Feedback, feedback)
        assert (row.pocket, row.owner_id) == (Pocket.B, couple.b)
        assert row.words(visit.vault, "text", couple.b) == "Thank you for this."
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        release_feedback(visit, feedback)
    with pytest.raises(Refused, match=chairs.ANSWERED):
        rehome(world, couple, round_id, Seat.B)


def test_somebody_who_has_not_joined_is_given_nothing(world: World, couple: CoupleHere) -> None:
    (round_id,) = world.an_assignment(couple, PAIRED)
    world.a_draft(couple.a, round_id, WORDS)
    with pytest.raises(Refused, match=chairs.NOT_HERE):
        rehome(world, couple, round_id)


def test_only_who_cares_for_them_and_only_where_something_lies(world: World, given: Given) -> None:
    couple, round_id = given
    stranger = world.a_couple()
    with pytest.raises(NotFound):
        rehome(world, couple, round_id)
    world.a_draft(couple.a, round_id, WORDS)
    with world.as_(stranger.counsellor_id, Role.COUNSELLOR) as visit, pytest.raises(NotFound):
        give_to_writer(visit, round_id, Seat.A)


def test_the_wrong_chair_is_byte_for_byte_as_before_anything_was_written(
    world: World, given: Given, sit_down: Callable[[UUID], Browser]
) -> None:
    couple, round_id = given
    pages = (
        *("/desk/week", "/reflections/mine", "/records/mine/data", "/reports/mine"),
        *(f"/reflections/{round_id}", f"/reflections/{round_id}/write/1"),
    )

    def look() -> list[tuple[int, str]]:
        browser = sit_down(couple.a)
        return [unmarked(browser.client.get(page)) for page in pages]

    before = look()
    world.a_reflection(couple.a, round_id, {**WORDS, **PRIVATE}, opens=True)
    assert look() != before
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_to_writer(visit, round_id, Seat.A)
    assert look() == before


def test_the_page_shows_no_word_and_asks_to_be_sure(
    world: World, desk: Desk, given: Given, sit_down: Callable[[UUID], Browser]
) -> None:
    couple, _ = given
    assert couple.b is not None
    (round_id,) = world.an_assignment(couple)
    world.a_reflection(couple.a, round_id, issues("nobody reads this"))
    page = desk.open(f"/review/{round_id}")
    page = desk.open(page.link("Did somebody else write what stands under Ann?"))
    assert "nobody reads this" not in page.text
    page = desk.press("Give it to Ben")
    assert "Tick this once you are sure." in page.said
    page = desk.press("Give it to Ben", {"sure": "y"})
    assert page.path == f"/review/{round_id}"
    assert "It lies with who wrote it now." in page.said
    assert "nobody reads this" not in sit_down(couple.a).open(f"/reflections/{round_id}").text
    assert "nobody reads this" in sit_down(couple.b).open(f"/reflections/{round_id}").text
