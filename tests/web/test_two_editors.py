"""Two places that change one thing: what only one changed is kept, what both changed is shown to the second."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from flask import Flask

from portal.people.models import Person
from portal.practice.models import CrisisContact
from portal.vocabulary import Role
from tests.support.browser import Browser, Page, an_account, filled_in
from tests.support.meeting import Deed, meet
from tests.support.moments import StandingClock
from tests.support.world import CoupleHere, World

MOVED = "This was changed in another place meanwhile, to: "
EMPTIED = "This was emptied in another place meanwhile."


@dataclass(frozen=True)
class Edited:
    """A form over something: who sees it and where, one box of it, what it says, and another box."""

    role: Role
    path: str
    box: str
    first: tuple[str, str]  # as it is sent, and as a page says it
    second: str
    beside: tuple[str, str]


FORMS = {
    "terms": Edited(
        *(Role.COUNSELLOR, "/people/couples/{couple}/edit", "contact"),
        *(("no_contact", "There is no contact"), "separated_contact", ("currency", "GBP")),
    ),
    "a partner": Edited(
        *(Role.COUNSELLOR, "/people/couples/{couple}/members/a", "contact"),
        *(("555 0100", "555 0100"), "555 0199", ("pronouns", "she/her")),
    ),
    "the practice": Edited(
        *(Role.OWNER, "/practice/settings", "name"),
        *(("Calm Water", "Calm Water"), "Still Water", ("clear_days", "60")),
    ),
    "a help line": Edited(
        *(Role.OWNER, "/practice/help-lines/{line}", "contact"),
        *(("116 123", "116 123"), "116 124", ("hours", "Day and night")),
    ),
    "a colleague": Edited(
        *(Role.OWNER, "/people/staff/{colleague}", "roles"),
        *(("supervisor", "Supervisor"), "owner", ("", "")),
    ),
    "one's own settings": Edited(
        *(Role.COUNSELLOR, "/accounts/settings", "time_zone"),
        *(("Europe/Paris", "Europe/Paris"), "Europe/Rome", ("theme", "dark")),
    ),
    "mail": Edited(
        *(Role.OWNER, "/practice/mail", "sender_name"), *(("Olu", "Olu"), "Ola", ("", ""))
    ),
}
TWO_BOXES = [name for name, form in FORMS.items() if form.beside[0]]


@dataclass
class Place:
    """A page that was opened somewhere, and what is sent from it."""

    browser: Browser
    path: str
    page: Page

    def saves(self, **changed: str) -> Page | None:
        """Send it with these boxes changed; a page comes back where it was not taken."""
        sent = filled_in(self.page.form(self.path), changed)
        answer = self.browser.client.post(self.path, data=sent)
        if answer.status_code == 303:
            return None
        assert answer.status_code == 422
        self.page = Page.of(answer)
        return self.page

    def saving(self, **changed: str) -> Deed:
        """The same, to be done beside another."""
        return lambda _world: self.saves(**changed)

    def now(self, box: str) -> str | list[str]:
        """What the page of this thing says of a box by now."""
        page = self.browser.open(self.path)
        return filled_in(page.form(self.path), {}).get(box, [])


@pytest.fixture
def sits(
    world: World, app: Flask, couple: CoupleHere, clock: StandingClock
) -> Callable[..., Place]:
    with world.visit() as visit:
        line = CrisisContact(
            practice_id=couple.practice_id,
            position=0,
            kind="emergency",
            name="A line",
            contact="112",
        )
        visit.db.add(line)
        line_id = line.id
    owner = world.a_person(couple.practice_id, "Olu Owner", Role.OWNER)
    colleague = world.a_person(couple.practice_id, "Omar Else", Role.COUNSELLOR)
    people = {
        Role.OWNER: owner,
        Role.COUNSELLOR: couple.counsellor_id,
        Role.PARTNER: couple.a,
    }

    def sit(form: Edited) -> Place:
        person_id = people[form.role]
        browser = Browser(app, clock)
        browser.sign_in(an_account(world, app, person_id, form.role))
        path = form.path.format(couple=couple.id, line=line_id, colleague=colleague)
        return Place(browser, path, browser.open(path))

    return sit


@pytest.mark.parametrize("what", FORMS)
def test_what_both_changed_is_shown_beside_what_was_typed_and_a_second_saving_decides(
    what: str, sits: Callable[..., Place]
) -> None:
    form = FORMS[what]
    one, other = sits(form), sits(form)
    assert other.saves(**{form.box: form.first[0]}) is None
    page = one.saves(**{form.box: form.second})
    assert page is not None
    assert MOVED + form.first[1] in page.said
    assert filled_in(page.form(one.path), {})[form.box] == [form.second], "it was typed"
    assert one.now(form.box) == [form.first[0]], "nothing was written over"
    assert one.saves(**{form.box: form.second}) is None
    assert one.now(form.box) == [form.second]


def test_what_was_left_alone_stays_as_it_is_by_now_when_the_page_comes_back(
    sits: Callable[..., Place],
) -> None:
    one, other = sits(FORMS["the practice"]), sits(FORMS["the practice"])
    assert other.saves(letterhead="Theirs", clear_days="60") is None
    page = one.saves(letterhead="Mine")
    assert page is not None
    assert filled_in(page.form(one.path), {})["clear_days"] == ["60"]
    assert one.saves() is None
    assert (one.now("letterhead"), one.now("clear_days")) == (["Mine"], ["60"])


@pytest.mark.parametrize("what", TWO_BOXES)
def test_a_page_of_before_brings_nothing_back_that_its_writer_left_alone(
    what: str, sits: Callable[..., Place]
) -> None:
    form = FORMS[what]
    one, other = sits(form), sits(form)
    assert other.saves(**{form.box: form.first[0]}) is None
    box, value = form.beside
    assert one.saves(**{box: value}) is None
    assert one.now(form.box) == [form.first[0]]
    assert one.now(box) == [value]


def test_the_way_out_stays_hidden_when_a_page_of_before_is_saved(
    sits: Callable[..., Place], world: World, couple: CoupleHere
) -> None:
    form = replace(FORMS["one's own settings"], role=Role.PARTNER)
    one, other = sits(form), sits(form)
    shown = filled_in(other.page.form(other.path), {})
    assert shown.pop("shows_leave")
    assert other.browser.client.post(other.path, data=shown).status_code == 303
    assert one.saves(theme="dark") is None
    with world.visit() as visit:
        person = visit.db.get_one(Person, couple.a)
        assert (person.hides_leave, person.theme) == (True, "dark")


def test_both_may_have_changed_it_to_the_same(sits: Callable[..., Place]) -> None:
    one, other = sits(FORMS["terms"]), sits(FORMS["terms"])
    assert other.saves(contact="no_contact") is None
    assert one.saves(contact="no_contact") is None


def test_what_was_emptied_is_said_too(sits: Callable[..., Place]) -> None:
    form = FORMS["a partner"]
    assert sits(form).saves(contact="555 0100") is None
    one, other = sits(form), sits(form)
    assert other.saves(contact="") is None
    page = one.saves(contact="555 0101")
    assert page is not None
    assert EMPTIED in page.said


def test_what_does_not_fit_is_said_together_with_what_has_moved(
    sits: Callable[..., Place],
) -> None:
    form = FORMS["a partner"]
    one, other = sits(form), sits(form)
    assert other.saves(contact="555 0100") is None
    page = one.saves(contact="555 0101", name="")
    assert page is not None
    assert MOVED + "555 0100" in page.said
    assert "Write their name." in page.said
    assert one.saves(contact="555 0101", name="Ann Example") is None


def test_the_marks_say_nothing_of_what_is_stored(sits: Callable[..., Place], world: World) -> None:
    form = FORMS["a partner"]
    assert sits(form).saves(contact="555 0100") is None
    box = sits(form).page.soup.select_one('[name="drawn"]')
    assert box is not None
    marks = str(box["value"]).split(".")
    assert all(re.fullmatch("[0-9a-f]{20}", mark) for mark in marks)
    assert len({*marks}) == len(marks), "each its own"


def test_two_savings_in_one_instant_keep_what_each_has_changed(
    sits: Callable[..., Place], world: World
) -> None:
    for contact in ("no_contact", "together", "no_contact", "separated_contact"):
        currency = "GBP" if contact == "no_contact" else "EUR"
        one, other = sits(FORMS["terms"]), sits(FORMS["terms"])
        ends = meet(
            world,
            one.saving(contact=contact),
            other.saving(currency=currency),
        )
        assert ends == [None, None]
        assert (one.now("contact"), one.now("currency")) == ([contact], [currency])
