"""Words in a form that cannot be taken come back on the page, and only to whoever typed them."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.sessions import service
from portal.vocabulary import Role
from portal.web.given_back import words_sent
from tests.support.browser import Browser, an_account, filled_in
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

NOTES = {
    "shared_summary": "We spoke of the summer",
    "agreed": "A walk on Sunday",
    "progress_note": "Calmer than last time",
    "process_note": "Mine alone to think about",
}


@pytest.fixture
def writes(world: World, app: Flask, couple: CoupleHere, clock: StandingClock) -> Browser:
    """The counsellor, with the form for an hour's notes open."""
    browser = Browser(app, clock)
    browser.sign_in(an_account(world, app, couple.counsellor_id, Role.COUNSELLOR))
    browser.open(f"/sessions/{couple.id}/new")
    return browser


def test_notes_of_an_hour_outlast_a_sign_in_that_has_rested(
    writes: Browser, clock: StandingClock
) -> None:
    clock.move(minutes=30)
    answer = writes.send_and_stay(NOTES)
    assert answer.status_code == 401
    missing = [words for words in NOTES.values() if words not in answer.get_data(as_text=True)]
    assert missing == []


def test_and_a_page_that_was_open_before_signing_in_again(
    world: World, app: Flask, couple: CoupleHere, writes: Browser, clock: StandingClock
) -> None:
    assert writes.page is not None
    typed = filled_in(writes.page.form(), NOTES)
    path = writes.page.path
    writes.client.get("/accounts/leave")
    writes.sign_in(an_account(world, app, couple.counsellor_id, Role.COUNSELLOR))
    answer = writes.client.post(path, data=typed)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert [words for words in NOTES.values() if words not in text] == []
    assert str(typed["csrf_token"][0]) not in text


def test_what_another_site_sent_is_not_shown(writes: Browser, couple: CoupleHere) -> None:
    answer = writes.client.post(
        f"/sessions/{couple.id}/new", data=NOTES, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 400
    assert NOTES["agreed"] not in answer.get_data(as_text=True)


def test_a_password_is_never_given_back(app: Flask) -> None:
    typed = {"login": "somebody like me", "password": "copper lantern orbit violet"}
    text = app.test_client().post("/accounts/sign-in", data=typed).get_data(as_text=True)
    assert "rested too long" in text
    assert [words for words in typed.values() if words in text] == []


@pytest.mark.parametrize("name", ["process_note", "progress_note", "line", "reason", "agreement"])
def test_a_single_word_is_words_too(app: Flask, name: str) -> None:
    with app.test_request_context("/", method="POST", data={name: "Relapsed"}):
        assert [each.text for each in words_sent()] == ["Relapsed"]


@pytest.mark.parametrize(
    ("name", "typed"), [("contact", "07700900123"), ("first_name", "Ann"), ("hours", "9-17")]
)
def test_so_is_a_single_word_in_a_box_of_one_line(app: Flask, name: str, typed: str) -> None:
    with app.test_request_context("/", method="POST", data={name: typed}):
        assert [each.text for each in words_sent()] == [typed]


def test_what_was_chosen_is_none(app: Flask) -> None:
    chosen = {"contact": "separated_contact", "time_zone": "Europe/Dublin", "stance": "leaning_in"}
    with app.test_request_context("/", method="POST", data=chosen):
        assert words_sent() == []


@pytest.mark.parametrize("name", ["piece", "seen", "csrf_token", "counter.need"])
def test_nor_is_what_a_page_says_about_itself(app: Flask, name: str) -> None:
    mark = f"{uuid4()}.3.271234567.judgement.1.{uuid4()}"
    with app.test_request_context("/", method="POST", data={name: mark}):
        assert words_sent() == []


def test_each_box_of_the_notes_keeps_its_name(writes: Browser) -> None:
    assert writes.page is not None
    form = writes.page.form()
    called = {
        str(box["name"]): writes.page.soup.select(f'label[for="{box["id"]}"]')[0].get_text(
            strip=True
        )
        for box in form.select("textarea")
    }
    writes.clock.move(minutes=20)
    answer = writes.client.post(writes.page.path, data=filled_in(form, NOTES))
    assert answer.status_code == 401
    page = BeautifulSoup(answer.text, "html.parser")
    found = {
        box.get_text().strip(): page.select(f'label[for="{box["id"]}"]')[0].get_text(strip=True)
        for box in page.select("textarea")
    }
    assert found == {words: called[name] for name, words in NOTES.items()}


def test_words_for_a_thing_that_is_gone_come_back(writes: Browser) -> None:
    assert writes.page is not None
    typed = filled_in(writes.page.form(), NOTES)
    answer = writes.client.post(f"/sessions/{uuid4()}/new", data=typed)
    assert answer.status_code == 404
    assert [words for words in NOTES.values() if words not in answer.text] == []


def test_and_after_trouble_of_ours(
    writes: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert writes.page is not None
    typed = filled_in(writes.page.form(), {**NOTES, "clock": "09:00"})

    def breaks(*_given: object, **_named: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(service, "write_session", breaks)
    running = app.extensions["weft"]
    monkeypatch.setattr(running, "config", running.config.model_copy(update={"testing": False}))
    answer = writes.client.post(writes.page.path, data=typed)
    assert answer.status_code == 500
    assert [words for words in NOTES.values() if words not in answer.text] == []
    assert "Go back" not in answer.text
