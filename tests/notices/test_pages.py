"""Choosing on one's own page, the practice's name for its messages, and where a letter leads."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from email_validator import EmailNotValidError
from flask import Flask, url_for

from portal.accounts.mail.forms import checked
from portal.notices.models import MailChoice
from portal.notices.queries import own_choice
from portal.vocabulary import Role, Seat
from tests.promises.running import running
from tests.support.browser import PASSWORD, Browser, Page, an_account
from tests.support.moments import StandingClock
from tests.support.post import Mailroom, PostOffice, post_to
from tests.support.world import CoupleHere, World

HOUR = timedelta(hours=1)
CHOOSES = {"wanted": "on", "address": "ann@example.org", "from_hour": "0", "until_hour": "24"}
SitDown = Callable[..., Browser]


@pytest.fixture
def engine_name() -> str:
    """Pages are looked at on the embedded database; letters are carried on both."""
    return "sqlite"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app(world: World, tmp_path: Path, clock: StandingClock) -> Iterator[Flask]:
    with_post = {"smtp_url": "smtp://127.0.0.1:2525", "mail_from": "post@portal.example.org"}
    with running(world, tmp_path, clock, **with_post) as made:
        yield made


@pytest.fixture
def sit_down(world: World, app: Flask, clock: StandingClock) -> SitDown:
    def come(person_id: UUID, role: Role = Role.PARTNER) -> Browser:
        browser = Browser(app, clock)
        browser.sign_in(an_account(world, app, person_id, role))
        return browser

    return come


def choice(world: World, person_id: UUID) -> MailChoice | None:
    with world.visit() as visit:
        query = sa.select(MailChoice).where(MailChoice.person_id == person_id)
        return visit.db.scalars(query).one_or_none()


class TestChoosing:
    def test_is_off_until_somebody_chooses_and_can_be_ended(
        self, world: World, sit_down: SitDown
    ) -> None:
        couple = world.a_couple()
        ann = sit_down(couple.a)
        page = ann.open("/accounts/mail")
        assert page.form().select_one('[name="wanted"][value="off"][checked]')
        assert ann.send(CHOOSES).status == 200
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = own_choice(visit)
        assert (card.address, card.from_hour, card.until_hour) == ("ann@example.org", 0, 24)
        ann.send({"wanted": "off"})
        assert choice(world, couple.a) is None, "no address is kept where none is wanted"

    def test_keeps_what_was_typed_where_it_is_no_address(
        self, world: World, sit_down: SitDown
    ) -> None:
        couple = world.a_couple()
        ann = sit_down(couple.a)
        ann.open("/accounts/mail")
        page = ann.send({**CHOOSES, "address": "ann@example.org\r\nBcc: ben@example.org"})
        assert page.status == 422
        assert "Enter an e-mail address, like name@example.org." in page.said
        assert "Bcc: ben@example.org" in str(page.form().select_one('[name="address"]'))
        assert choice(world, couple.a) is None
        page = ann.send({**CHOOSES, "from_hour": "9", "until_hour": "9"})
        assert page.status == 422
        assert "Leave at least one hour in between." in page.said

    def test_an_old_page_switches_nothing_on_again(self, world: World, sit_down: SitDown) -> None:
        """Somebody else has begun to read that mailbox; an hour is changed on a page of before."""
        couple = world.a_couple()
        ann = sit_down(couple.a)
        ann.open("/accounts/mail")
        ann.send({"wanted": "on", "address": "ann@example.org"})
        old = ann.open("/accounts/mail")
        ann.send({"wanted": "off"})
        ann.page = old
        assert ann.send({"from_hour": "10"}).status == 200
        assert choice(world, couple.a) is None

    def test_nor_does_it_bring_an_old_address_back(self, world: World, sit_down: SitDown) -> None:
        couple = world.a_couple()
        ann = sit_down(couple.a)
        ann.open("/accounts/mail")
        old = ann.send(CHOOSES)
        ann.send({"address": "safe@example.org"})
        ann.page = old
        assert ann.send({"from_hour": "10"}).status == 200
        with world.as_(couple.a, Role.PARTNER) as visit:
            card = own_choice(visit)
        assert (card.address, card.from_hour) == ("safe@example.org", 10)

    def test_staff_choose_for_themselves(self, world: World, sit_down: SitDown) -> None:
        couple = world.a_couple()
        nadia = sit_down(couple.counsellor_id, Role.COUNSELLOR)
        nadia.open("/accounts/mail")
        nadia.send(CHOOSES)
        assert choice(world, couple.counsellor_id) is not None

    def test_nobody_sees_that_another_has_the_same_address(
        self, world: World, sit_down: SitDown
    ) -> None:
        couple = world.a_couple()
        assert couple.b
        said = []
        for who in (couple.a, couple.b):
            person = sit_down(who)
            person.open("/accounts/mail")
            said.append(person.send(CHOOSES).said.replace("Ann", "").replace("Ben", ""))
        assert said[0] == said[1]


class TestAddress:
    """One bare address or none: nothing that a mail program could take for two, or for a header."""

    @pytest.mark.parametrize(
        "typed",
        [
            *("", "ann", "ann@", "@", "Ann <ann@example.org>", "ann@localhost", "änn@example.org"),
            *("ann@example.org, ben@example.org", "ann@example.org;ben@example.org"),
            *("ann@example.org\nBcc: ben@example.org", "ann@example.org\r\nSubject: x"),
            *("ann@example.org\x00", "ann@exam ple.org", '"a b"@example.org', "ann@-x.org"),
            *("<ann@example.org>", "ann@[127.0.0.1]", "ann@example.org>", "ann(a)@example.org"),
        ],
    )
    def test_anything_else_is_refused(self, typed: str) -> None:
        with pytest.raises(EmailNotValidError):
            checked(typed)

    @pytest.mark.parametrize("typed", ["ann@example.org", "o'hara+weft@example.co.uk"])
    def test_an_address_is_an_address(self, typed: str) -> None:
        assert checked(typed) == typed

    def test_a_name_of_another_script_is_written_plainly(self) -> None:
        assert checked("ann@bücher.example.org") == "ann@xn--bcher-kva.example.org"


class TestPractice:
    def test_names_its_sender_plainly(self, world: World, sit_down: SitDown) -> None:
        owner = sit_down(world.a_person(world.a_practice(), "Olga Owner", Role.OWNER), Role.OWNER)
        page = owner.open("/practice/mail")
        assert "post@portal.example.org" in page.said
        for telling in ("Couples at work", "Quiet Harbour post"):
            page = owner.send({"sender_name": telling})
            assert page.status == 422
            assert "would say in somebody's mailbox" in page.said
        assert owner.send({"sender_name": "Blue Door"}).status == 200
        assert "Blue Door" in owner.open("/practice/mail").text

    def test_says_that_it_is_off_without_a_server(
        self, world: World, tmp_path: Path, clock: StandingClock
    ) -> None:
        person = world.a_person(world.a_practice(), "Olga Owner", Role.OWNER)
        with running(world, tmp_path, clock) as app:
            owner = Browser(app, clock)
            owner.sign_in(an_account(world, app, person, Role.OWNER))
            assert "Messages are off" in owner.open("/practice/mail").said
            assert "No e-mail can be sent" in owner.open("/accounts/mail").said


class TestLink:
    """A letter's link opens the very thing after signing in, signs nobody in, and rests in time."""

    def letter_to(
        self, world: World, app: Flask, office: PostOffice, folder: Path, couple: CoupleHere
    ) -> str:
        login = an_account(world, app, couple.a)
        ann = Browser(app, StandingClock())
        ann.sign_in(login)
        ann.open("/accounts/mail")
        ann.send(CHOOSES)
        world.an_assignment(couple, "needs-and-values", to=(Seat.A,))
        world.now += HOUR
        with app.app_context():
            room = Mailroom(world, folder, post_to(office.port, base_url="http://localhost"))
        room.work()
        room.close()
        (letter,) = office.letters
        return str(letter.get_content().split()[-1])

    def test_two_taps_from_a_letter_to_writing(
        self, world: World, app: Flask, office: PostOffice, tmp_path: Path, clock: StandingClock
    ) -> None:
        couple = world.a_couple()
        link = self.letter_to(world, app, office, tmp_path, couple)
        ann = Browser(app, clock)
        taps = [ann.open(link)]
        assert taps[0].path == "/accounts/sign-in", "the link itself signs nobody in"
        page = ann.send({"login": an_account(world, app, couple.a), "password": PASSWORD})
        assert page.path.startswith("/reflections/")
        taps.append(self.tap_to_write(ann, page))
        assert len(taps) == 2
        assert "/write/" in taps[-1].path
        ann.send({"f.happy_times": "When we walked"}, press="save", to="/write/1")
        again = self.tap_to_write(ann, ann.open(link))
        assert again.path == f"{page.path}/write/2", "the same draft, where its writer stopped"
        with app.test_request_context(base_url="http://localhost"):
            assert link.startswith(url_for("letters.go", code="", _external=True))

    def test_rests_after_a_week_and_says_so_kindly(
        self, world: World, app: Flask, office: PostOffice, tmp_path: Path, clock: StandingClock
    ) -> None:
        couple = world.a_couple()
        link = self.letter_to(world, app, office, tmp_path, couple)
        clock.move(days=8)
        ann = Browser(app, clock)
        ann.sign_in(an_account(world, app, couple.a))
        page = ann.open(link)
        assert page.path == "/desk/week"
        assert "This link has rested too long. Everything is still on your page." in page.said

    def test_is_worth_nothing_to_anybody_else(
        self, world: World, app: Flask, office: PostOffice, tmp_path: Path, clock: StandingClock
    ) -> None:
        couple = world.a_couple()
        assert couple.b
        link = self.letter_to(world, app, office, tmp_path, couple)
        for person_id, role in (
            (couple.b, Role.PARTNER),
            (couple.counsellor_id, Role.COUNSELLOR),
        ):
            other = Browser(app, clock)
            other.sign_in(an_account(world, app, person_id, role))
            real, made_up = other.open(link), other.open("/desk/go/made-up")
            assert real.path == made_up.path
            assert "rested too long" in real.said
            assert "rested too long" in made_up.said

    @staticmethod
    def tap_to_write(browser: Browser, page: Page) -> Page:
        """The first way on, as the page offers it."""
        way = page.soup.select("main a.btn:not(.btn--2)")[0]
        assert "/write/" in str(way["href"]), way
        return browser.open(str(way["href"]))


def test_the_counsellor_is_told_what_could_not_be_delivered(
    world: World, app: Flask, office: PostOffice, tmp_path: Path, clock: StandingClock
) -> None:
    couple = world.a_couple()
    login = an_account(world, app, couple.a)
    ann = Browser(app, clock)
    ann.sign_in(login)
    ann.open("/accounts/mail")
    ann.send(CHOOSES)
    world.an_assignment(couple)
    world.now += HOUR
    office.at_rcpt = "550 no such user"
    room = Mailroom(world, tmp_path, post_to(office.port))
    room.work()
    room.close()
    nadia = Browser(app, clock)
    nadia.sign_in(an_account(world, app, couple.counsellor_id, Role.COUNSELLOR))
    said = nadia.open(f"/desk/couples/{couple.id}").said
    assert "A message to Ann could not be delivered" in said
    assert "ann@example.org" not in said
    assert "could not be delivered" in ann.open("/accounts/mail").said
    assert "could not be delivered" not in ann.open("/desk/week").said
