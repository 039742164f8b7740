"""P20: mail tells nothing: every letter of every kind, looked through for every word of the town."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import AuthSession
from portal.care.service import hold
from portal.desk.letters import jobs
from portal.exercises.queries import newest_editions
from portal.homework.models import Assignment, Round
from portal.notices import service as notices
from portal.notices.models import Letter, MailChoice, Notice
from portal.notices.service import Wish, choose
from portal.people.models import Couple
from portal.policies.mail import TELLING, next_hour
from portal.practice.service import name_sender
from portal.records.release.service import ask
from portal.reports.models import SummaryDocument
from portal.vocabulary import ContactLevel, NoticeKind, Role, Seat
from tests.promises.release_deeds import Letter as Page
from tests.promises.running import running
from tests.promises.town import Town
from tests.promises.town_building import build
from tests.support.moments import StandingClock
from tests.support.post import Mailroom, PostOffice, a_post_office, post_to
from tests.support.promises import keep
from tests.support.world import World

DAY, MINUTE = timedelta(days=1), 17
# Beside every word of the town and of the catalogue's titles: words that name the trade.
CLINICAL = (
    *TELLING,
    *("exercise", "answer", "question", "diagnos", "symptom", "crisis", "safety", "hold"),
    *("reflection", "feedback", "summary", "review", "private", "secret", "reminder", "due"),
    *("husband", "betray", "affair", "conflict", "love", "sex", "marker", "example person"),
)
ADDRESSES = {"partner a": "one@example.org", "partner b": "two@example.org"}
KINDS = {
    NoticeKind.HOMEWORK_GIVEN: "partner a",
    NoticeKind.HOMEWORK_RETURNED: "partner b",
    NoticeKind.FEEDBACK_READY: "partner a",
    NoticeKind.REFLECTION_READY: "counsellor",
    NoticeKind.ROUND_OPENED: "partner b",
    NoticeKind.ANSWER_RELEASED: "partner b",
    NoticeKind.FILE_ASKED: "partner a",
    NoticeKind.SUMMARY_READY: "partner a",
    NoticeKind.ROUND_DUE: "partner a",
}

# What says by being there that the other is there too.
HINTING = (NoticeKind.ROUND_OPENED, NoticeKind.ANSWER_RELEASED, NoticeKind.FILE_ASKED)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with a_post_office() as office:
        yield office


@pytest.fixture
def town(world: World, tmp_path: Path) -> Iterator[Town]:
    with running(world, tmp_path, StandingClock()) as app:
        yield furnished(world, app)


def furnished(world: World, app: Flask) -> Town:
    """The town, with three of its people wanting to be written to, and nobody seen since."""
    town = build(world, app)
    page = Page.given(town.world, town.couple)
    page.write(Seat.A, town.word("line that is released"))
    page.send(Seat.A, says_yes=True)
    page.release()
    with town.world.as_(town.people["counsellor"], Role.COUNSELLOR) as visit:
        wish = ask(visit, town.couple.id, town.word("new recipient"), town.word("new purpose"))
        town.ids["file asked for"] = wish.id
    town.ids["released round"] = page.round_id
    with world.visit() as visit:
        for table in (Letter, MailChoice, Notice):
            visit.db.execute(sa.delete(table))
        visit.db.execute(sa.update(AuthSession).values(seen_at=world.now - DAY))
    with world.as_(town.people["owner"], Role.OWNER) as visit:
        name_sender(visit, "Blue Door")
    for who in ("partner a", "partner b", "counsellor"):
        address = ADDRESSES.get(who, "three@example.org")
        with world.as_(town.people[who], town.roles[who]) as visit:
            choose(visit, Wish(address, from_hour=0, until_hour=24))
    return town


def subject_of(town: Town, kind: NoticeKind) -> UUID:
    """The thing in the town that this kind of message would be about."""
    rounds = {
        NoticeKind.HOMEWORK_RETURNED: "returned round",
        NoticeKind.ROUND_OPENED: "opened round",
        NoticeKind.FEEDBACK_READY: "opened round",
        NoticeKind.REFLECTION_READY: "waiting round",
        NoticeKind.ROUND_DUE: "drafted round",
        NoticeKind.ANSWER_RELEASED: "released round",
        NoticeKind.FILE_ASKED: "file asked for",
    }
    with town.world.visit() as visit:
        if kind is NoticeKind.HOMEWORK_GIVEN:
            given = sa.select(Round.assignment_id).where(Round.id == town.ids["drafted round"])
            return visit.db.scalars(given).one()
        if kind is NoticeKind.SUMMARY_READY:
            return UUID(str(town.ids["couple document"]))
    return UUID(str(town.ids[rounds[kind]]))


def send(town: Town, room: Mailroom, kind: NoticeKind) -> None:
    """One thing of this kind happens, and the hour after it comes."""
    to = town.people[KINDS[kind]]
    town.world.now = (town.world.now + DAY).replace(minute=MINUTE)
    with town.world.visit() as visit:
        notices.put(visit, [to], kind, subject_of(town, kind))
    town.world.now = next_hour(town.world.now)
    room.work()


def forbidden(town: Town) -> list[str]:
    """Every word that may stand in no letter: the town's own, the catalogue's titles, the trade's."""
    with town.world.visit() as visit:
        titles = [edition.title for edition in newest_editions(visit.db)]
        ids = [
            *(str(each) for each in town.people.values()),
            *(str(each) for each in visit.db.scalars(sa.select(Assignment.id))),
            *(str(each) for each in visit.db.scalars(sa.select(Round.id))),
            *(str(each) for each in visit.db.scalars(sa.select(SummaryDocument.id))),
            *(str(each) for each in visit.db.scalars(sa.select(Letter.id))),
        ]
    keys = [each.value for each in NoticeKind]
    names = ["Counsellor Example", "Quiet Harbour", *town.words.values(), *titles]
    plain = [plain_text(word) for word in (*names, *CLINICAL, *keys)]
    return [*plain, *ids, *(each.replace("-", "") for each in ids)]


def plain_text(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def hits(letter: EmailMessage, raw: bytes, words: list[str], to: str) -> list[str]:
    """What of this may not be known stands anywhere in a letter: headers, body, and as it was sent."""
    parts = [f"{name}: {value}" for name, value in letter.items()]
    body = letter.get_content()
    whole = " ".join([*parts, body, raw.decode()])
    text = plain_text(whole.replace(to, ""))
    # The link's own letters are random; what they happen to spell says nothing.
    text = re.sub(r"/desk/go/[a-z0-9_=-]+\s?", "", text)
    return [word for word in words if word and re.search(rf"(?<!\w){re.escape(word)}", text)]


def test_no_letter_tells_anything(
    town: Town, office: PostOffice, tmp_path: Path, engine_name: str
) -> None:
    room = Mailroom(town.world, tmp_path, post_to(office.port, product="Weft"))
    assert set(KINDS) == set(NoticeKind)
    for count, kind in enumerate(NoticeKind, start=1):
        send(town, room, kind)
        assert len(office.letters) == count, f"no letter for {kind}"
    words, found = forbidden(town), []
    for letter, raw in zip(office.letters, office.raw, strict=True):
        found += hits(letter, raw, words, str(letter["To"]))
        assert letter.get_content_type() == "text/plain"
        assert letter["From"] == "Blue Door <post@portal.example.org>"
        assert f":{MINUTE}" not in raw.decode(), "the minute of the deed stands in the letter"
    assert found == []
    same = {(letter["Subject"], _without_link(letter)) for letter in office.letters}
    assert len(same) == 1, "a letter of one kind can be told from one of another"
    planted_words_are_found(town, office, tmp_path, words)
    held = nothing_under(town, room, office)
    room.close()
    says = f"{len(NoticeKind)} kinds, {len(words)} words, 0 hits, 0 of {held} held ({engine_name})"
    keep("P20", f"mails-{engine_name}", says)


def _without_link(letter: EmailMessage) -> str:
    return re.sub(r"https://\S+", "LINK", letter.get_content())


def nothing_under(town: Town, room: Mailroom, office: PostOffice) -> int:
    """Under a gate, for a file that is put away, and under a silent hold none of any kind is sent."""
    office.well()
    tried = 0
    for stopped in (_no_contact, _put_away, _silently_held):
        stopped(town)
        for kind in NoticeKind:
            if stopped is not _no_contact or kind in HINTING:
                send(town, room, kind)
                tried += 1
    assert office.letters == []
    _hold(town, stands=False)
    send(town, room, NoticeKind.HOMEWORK_GIVEN)
    assert office.letters, "nothing went out after the hold either, so the hold stopped nothing"
    return tried


def _no_contact(town: Town) -> None:
    with town.world.visit() as visit:
        row = visit.db.get_one(Couple, town.couple.id)
        row.put(visit.vault, "contact_level", ContactLevel.NO_CONTACT.value, row.id)


def _put_away(town: Town) -> None:
    with town.world.visit() as visit:
        visit.db.get_one(Couple, town.couple.id).archived_at = town.world.now


def _silently_held(town: Town) -> None:
    """Out of the drawer and in contact again: nothing but the hold stands in the way."""
    with town.world.visit() as visit:
        row = visit.db.get_one(Couple, town.couple.id)
        row.archived_at = None
        row.put(visit.vault, "contact_level", ContactLevel.TOGETHER.value, row.id)
    _hold(town, stands=True)


def _hold(town: Town, *, stands: bool) -> None:
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        hold(visit, town.couple.id, stands, "Somebody is afraid.")
    town.world.now += timedelta(minutes=1)


def planted_words_are_found(
    town: Town, office: PostOffice, tmp_path: Path, words: list[str]
) -> None:
    """Without this, a search that never finds anything would keep the promise too."""
    letter, raw = office.letters[0], office.raw[0]
    with town.world.visit() as visit:
        title = newest_editions(visit.db)[0].title
    for name, value in (("Subject", title), ("X-For", town.words["first name a"])):
        planted = EmailMessage()
        planted[name] = value
        planted.set_content("Nothing here")
        assert hits(planted, b"", words, "") != []
    planted = EmailMessage()
    planted.set_content(f"{letter.get_content()} about your couple work")
    assert hits(planted, raw, words, str(letter["To"])) != []


def test_a_title_in_a_subject_is_caught(
    town: Town, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole road with the fault planted in it: a subject that names the exercise."""
    with town.world.visit() as visit:
        title = newest_editions(visit.db)[0].title
    drawn = jobs.drawn

    def telling(kind: NoticeKind, part: str, locale: str, link: str = "") -> str:
        return title if part == "subject" else drawn(kind, part, locale, link)

    monkeypatch.setattr(jobs, "drawn", telling)
    room = Mailroom(town.world, tmp_path, post_to(office.port))
    send(town, room, NoticeKind.ROUND_DUE)
    room.close()
    (letter,) = office.letters
    assert plain_text(title) in hits(letter, office.raw[0], forbidden(town), str(letter["To"]))


def test_ids_in_a_link_are_caught(town: Town) -> None:
    planted = EmailMessage()
    planted.set_content(f"https://portal.example.org/reflections/{town.ids['drafted round']}")
    assert hits(planted, b"", forbidden(town), "") != []
    other = EmailMessage()
    other.set_content(f"https://portal.example.org/reflections/{uuid4()}")
    assert "reflection" in hits(other, b"", forbidden(town), "")
