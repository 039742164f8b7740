"""One's own words taken along: all of them, and no byte of anybody else's or of a private box."""

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from portal.audit.models import AuditEntry
from portal.care.service import come_apart
from portal.reflections.models import Reflection
from portal.reflections.sending.service import decline, give_back, take_back
from portal.review.service import release_feedback, write_feedback
from portal.vocabulary import Act, Pocket, Role, Seat
from tests.reflections.material import SitDown, issues
from tests.support.browser import Browser
from tests.support.check_ins import a_begun_check_in, a_check_in, switch_on, typed
from tests.support.sheets import a_sheet, put, second, see
from tests.support.world import CoupleHere, World

FILES = ("/records/mine/pages", "/records/mine/data")


def taken(browser: Browser, path: str) -> TestResponse:
    """The file that this person is handed."""
    answer = browser.client.get(path)
    assert answer.status_code == 200
    return answer


def both_files(browser: Browser) -> list[str]:
    return [taken(browser, path).get_data(as_text=True) for path in FILES]


def test_every_version_and_every_draft_is_there_and_the_private_box_is_not(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    world.a_reflection(couple.a, round_id, issues("first"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        row = visit.db.scalars(sa.select(Reflection)).one()
        give_back(visit, row.id, "Say more.")
    world.a_reflection(couple.a, round_id, issues("second"))
    (alone,) = world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
    world.a_draft(
        couple.a, alone, {"happy_times": "two\nlines <b>", "private_note": "not yet told"}
    )
    switch_on(world, couple)
    a_check_in(world, couple.a, typed(6, comment="a long week", private_note="hush"))
    page, data = both_files(sit_down(couple.a))
    for text in (page, data):
        for own in ("lonely first", "lonely second", "quiet first", "a long week"):
            assert own in text
        for hidden in ("secret", "hush", "not yet told", "Say more."):
            assert hidden not in text
    assert "two<br>lines &lt;b&gt;" in page
    sent = [v for p in json.loads(data)["writing"] for v in p["versions"] if v["sent_at"]]
    assert len(sent) == 2
    assert "Ben" not in page


def test_what_was_taken_back_stands_once_as_the_draft_it_is(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    world.a_reflection(couple.a, round_id, issues("mine"))
    with world.as_(couple.a, Role.PARTNER) as visit:
        take_back(visit, round_id)
    page, _data = both_files(sit_down(couple.a))
    assert page.count("lonely mine") == 1
    assert "secret" not in page


def test_they_stand_in_the_order_of_sending_and_what_is_only_begun_comes_last(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    given = [world.an_assignment(couple)[0] for _ in range(5)]
    world.a_draft(couple.a, given[2], issues("begun"))
    sent = [given[n] for n in (4, 0, 3, 1)]
    for number, round_id in enumerate(sent):
        world.now += timedelta(minutes=5)
        world.a_reflection(couple.a, round_id, issues(f"as {number}"))
    page, data = both_files(sit_down(couple.a))
    for text in (page, data):
        assert re.findall(r"lonely (as \d|begun)", text) == [
            *(f"as {n}" for n in range(4)),
            "begun",
        ]


def test_a_week_that_was_begun_is_there_without_its_private_box(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    switch_on(world, couple)
    a_begun_check_in(world, couple.a, typed(4, comment="begun", private_note="hush"))
    for text in both_files(sit_down(couple.a)):
        assert "begun" in text
        assert "hush" not in text


@pytest.mark.parametrize("path", FILES)
def test_nothing_that_the_other_or_the_counsellor_does_changes_a_byte(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown, path: str
) -> None:
    assert couple.b is not None
    world.a_reflection(couple.a, round_id, issues("mine"))
    ann = sit_down(couple.a)
    before = taken(ann, path)
    world.a_reflection(couple.b, round_id, issues("theirs"))
    switch_on(world, couple)
    a_check_in(world, couple.b, typed(2, comment="theirs too"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        for pocket in (Pocket.A, Pocket.B):
            words = write_feedback(visit, round_id, pocket, f"Said to {pocket.value}.")
            visit.db.flush()
            release_feedback(visit, words.id)
    after = taken(ann, path)
    assert after.get_data() == before.get_data()
    assert sorted(after.headers) == sorted(before.headers)


def test_it_is_there_after_they_came_apart(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    world.a_reflection(couple.a, round_id, issues("mine"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        come_apart(visit, couple.id, "Agreed.")
    assert all("lonely mine" in text for text in both_files(sit_down(couple.a)))


def test_the_way_there_and_a_name_that_says_nothing(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    world.a_reflection(couple.a, round_id, issues("mine"))
    ann = sit_down(couple.a)
    assert "/records/mine" in str(ann.open("/reflections/mine").soup)
    page = ann.open("/records/mine")
    assert {a["href"] for a in page.soup.select("main a.btn")} == set(FILES)
    names = [taken(ann, path).headers["Content-Disposition"] for path in FILES]
    day = ann.clock.now().date().isoformat()
    assert names == [f'attachment; filename="notes-{day}.{end}"' for end in ("html", "json")]
    with world.visit() as visit:
        acts = visit.db.scalars(sa.select(AuditEntry.act)).all()
    assert acts.count(Act.TOOK_OWN_WORDS) == 2


def test_nothing_that_the_two_wrote_together_is_taken_along_as_ones_own(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    """Not even a text that clashed with the other's: their words may stand in it."""
    sheet = a_sheet(world, couple)
    put(world, second(couple), sheet, {"signal": "BENSWORDS on the shared line"})
    seen = see(world, couple.a, sheet)
    put(world, second(couple), sheet, {"signal": "Something else"})
    put(world, couple.a, sheet, {"signal": "BENSWORDS on the shared line and mine"}, seen)
    put(world, couple.a, sheet, {"where_each": "where I would go"})
    ann = sit_down(couple.a)
    assert "BENSWORDS" in ann.open(f"/reflections/{sheet}/sheet").said, (
        "it is kept beside the sheet"
    )
    for text in both_files(ann):
        assert "BENSWORDS" not in text
        assert "Something else" not in text
        assert "where I would go" in text


def test_words_that_came_after_a_piece_was_left_out_unbegun_are_there(
    world: World, couple: CoupleHere, round_id: UUID, sit_down: SitDown
) -> None:
    ann = sit_down(couple.a)
    ann.open(f"/reflections/{round_id}/write/3")
    with world.as_(couple.a, Role.PARTNER) as visit:
        decline(visit, round_id)
    ann.send_and_stay({"f.underneath": "the last long words"}, press="save", to="/3")
    assert all("the last long words" in text for text in both_files(ann))
