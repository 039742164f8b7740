"""Words that came back, in a form that was not taken or to be copied, are kept nowhere, and so are not let go of."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from portal.review import service
from portal.sessions.models import TherapySession
from portal.vocabulary import Pocket, Role
from tests.journeys.asking import asked
from tests.journeys.conftest import SitDown
from tests.reflections.material import issues
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.proof]
BACK, NOTES = ".compose textarea", 'textarea[name="process_note"]'
SAVE = 'main form:has(textarea) button[type="submit"]:visible'
GIVEN_BACK = "textarea[readonly]"
LONG = "A long answer, about which somebody thought for half an hour."
POSTED = """([to, text]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = to;
  form.append(document.querySelector("[name=csrf_token]").cloneNode());
  const box = document.createElement("textarea");
  box.name = "text";
  box.value = text;
  form.append(box);
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture
def counsellor(couple: CoupleHere, sit_down: SitDown) -> Page:
    made = sit_down(couple.counsellor_id, role=Role.COUNSELLOR)
    made.clock.install()
    return made


@pytest.fixture
def refused(world: World, couple: CoupleHere, round_id: UUID, counsellor: Page) -> Page:
    """A long answer came back, because nobody was chosen to read it."""
    counsellor.goto(f"/review/{round_id}")
    counsellor.fill(BACK, LONG)
    counsellor.click(".compose >> text=Send")
    expect(counsellor.locator(".compose .error")).to_contain_text("Choose to whom you write")
    counsellor.wait_for_load_state()
    return counsellor


@pytest.fixture
def given_back(world: World, couple: CoupleHere, round_id: UUID, counsellor: Page) -> Page:
    """A draft was gone on with on one page while another had sent it: what was typed is given back."""
    world.a_reflection(couple.a, round_id, issues("w"))
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        draft = service.write_feedback(visit, round_id, Pocket.A, "A first line.")
        draft_id = draft.id
    counsellor.goto(f"/review/{round_id}")
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        service.release_feedback(visit, draft_id)
    counsellor.fill(f"#text-{draft_id}", LONG)
    counsellor.click(f'form:has(#text-{draft_id}) button[value="keep"]')
    expect(counsellor.locator(GIVEN_BACK)).to_have_value(LONG)
    return counsellor


def leave_by(page: Page, link: str) -> None:
    page.wait_for_load_state()  # with its scripts
    page.locator(link).first.click(no_wait_after=True)
    page.wait_for_timeout(500)


def rest(page: Page, clock: StandingClock) -> None:
    """Longer than a sign-in rests."""
    page.wait_for_load_state()
    clock.move(minutes=17)
    page.clock.fast_forward(17 * 60 * 1000)
    expect(page.locator("dialog.cover")).to_be_visible()
    page.clock.fast_forward(2000)


def test_leaving_a_form_that_came_back_is_asked_about(refused: Page) -> None:
    questions, at = asked(refused), refused.url
    leave_by(refused, "header nav a")
    assert questions == ["beforeunload"]
    assert refused.url == at
    expect(refused.locator(BACK)).to_have_value(LONG)


def test_what_fits_by_now_is_sent_and_nobody_is_asked_any_more(refused: Page) -> None:
    questions = asked(refused)
    refused.locator(".compose input[type=radio]").first.check(force=True)
    refused.click(".compose >> text=Keep as a draft")
    expect(refused.locator("main")).to_contain_text("Only you see it")
    refused.click("header nav a >> nth=0")
    refused.wait_for_url(lambda at: "/review/" not in at)
    assert questions == []


def test_on_a_dead_line_what_came_back_stays_on_the_page(refused: Page) -> None:
    at = refused.url
    refused.locator(".compose input[type=radio]").first.check(force=True)
    refused.context.set_offline(True)
    refused.locator(".compose >> text=Send").click(no_wait_after=True)
    expect(refused.locator("[data-line-says]")).to_have_count(1)
    refused.clock.run_for(100)
    expect(refused.locator("[data-line-says]")).to_contain_text("stays here")
    assert refused.url == at
    expect(refused.locator(BACK)).to_have_value(LONG)


def test_notes_that_came_back_are_not_closed_by_a_rest(
    world: World, couple: CoupleHere, counsellor: Page, clock: StandingClock
) -> None:
    counsellor.goto(f"/sessions/{couple.id}/new")
    counsellor.fill(NOTES, LONG)
    counsellor.click(SAVE)
    expect(counsellor.locator(".summary")).to_contain_text("Choose a time")
    rest(counsellor, clock)
    counsellor.click("text=Come back")
    expect(counsellor.locator(NOTES)).to_have_value(LONG)
    with world.visit() as visit:
        assert visit.db.scalar(sa.select(sa.func.count()).select_from(TherapySession)) == 0


def test_a_page_of_words_given_back_is_not_closed_by_a_rest(
    given_back: Page, clock: StandingClock
) -> None:
    rest(given_back, clock)
    given_back.click("text=Come back")
    expect(given_back.locator(GIVEN_BACK)).to_have_value(LONG)


def test_leaving_a_page_of_words_given_back_is_asked_about(given_back: Page) -> None:
    questions = asked(given_back)
    leave_by(given_back, "main a.btn")
    assert questions == ["beforeunload"]
    expect(given_back.locator(GIVEN_BACK)).to_have_value(LONG)


def test_and_where_the_sign_in_had_rested(
    couple: CoupleHere, counsellor: Page, clock: StandingClock
) -> None:
    counsellor.goto(f"/sessions/{couple.id}/new")
    clock.move(minutes=20)
    counsellor.fill(NOTES, LONG)
    counsellor.click(SAVE)
    expect(counsellor.locator(GIVEN_BACK)).to_have_value(LONG)
    questions = asked(counsellor)
    leave_by(counsellor, "main a.btn")
    assert questions == ["beforeunload"]
    expect(counsellor.locator(GIVEN_BACK)).to_have_value(LONG)


@pytest.mark.parametrize("how", ["the link", "the key"])
def test_leaving_at_once_asks_nobody(couple: CoupleHere, sit_down: SitDown, how: str) -> None:
    page = sit_down(couple.a)
    page.evaluate(POSTED, [f"/reflections/{uuid4()}/write/1", LONG])
    expect(page.locator(GIVEN_BACK)).to_have_value(LONG)
    questions = asked(page)
    leave_by(page, "footer >> text=Sign out")
    assert questions == ["beforeunload"], "a partner is asked as well"
    if how == "the link":
        page.click(".top__end [data-leave]", no_wait_after=True)
    else:
        for _press in range(3):
            page.keyboard.press("Shift")
    expect(page.locator(GIVEN_BACK)).to_have_count(0)
    page.wait_for_timeout(2500)
    assert questions == ["beforeunload"]
    assert LONG not in page.content()
