"""P20 in every language that people can choose: no letter of any kind tells anything in any of them."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from portal.desk.letters import jobs
from portal.vocabulary import NoticeKind
from portal.web.choices import languages
from tests.promises.running import running
from tests.promises.test_p20_mail import CLINICAL, hits, plain_text
from tests.support.moments import StandingClock
from tests.support.promises import keep
from tests.support.world import World

LINK = "https://portal.example.org/desk/go/abc"
WORDS = [plain_text(word) for word in CLINICAL]


def spoken() -> set[str]:
    """Every language that letters are drawn in: the one they are written in, and each translation."""
    return {
        "en",
        *(each.parent.name for each in (jobs.HERE / "translations").glob("*/LC_MESSAGES")),
    }


def told(locale: str) -> list[str]:
    """What the letters of one language tell, of every kind."""
    found = []
    for kind in NoticeKind:
        letter = EmailMessage()
        letter["Subject"] = jobs.drawn(kind, "subject", locale)
        letter.set_content(jobs.drawn(kind, "body", locale, LINK))
        assert LINK in letter.get_content()
        found += hits(letter, b"", WORDS, "")
    return found


@pytest.fixture
def engine_name() -> str:
    """What a letter says does not hang on the database."""
    return "sqlite"


@pytest.fixture
def translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house that speaks one more language, which tells what kind of place writes."""
    made = Catalog(locale="de")
    made.add("You have a message", "Nachricht von Ihrer Paarberatung")
    folder = tmp_path / "portal" / "translations" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, made)
    (tmp_path / "templates").symlink_to(jobs.HERE.parent / "templates")
    monkeypatch.setattr(jobs, "HERE", tmp_path / "portal")
    return folder


@pytest.fixture(autouse=True)
def drawn_afresh() -> None:
    jobs.environment.cache_clear()


def test_no_letter_tells_anything_in_any_language(world: World, tmp_path: Path) -> None:
    with running(world, tmp_path, StandingClock()) as app, app.test_request_context():
        can_be_chosen = {value for value, _name, *_other in languages()}
    assert can_be_chosen == spoken()
    assert {locale: told(locale) for locale in spoken()} == {locale: [] for locale in spoken()}
    keep("P20", "languages", f"{len(NoticeKind)} kinds in each of {len(spoken())} languages")


def test_a_translation_that_tells_is_caught(translated: Path) -> None:
    assert spoken() == {"de", "en"}
    assert "paar" in told("de")
    assert told("en") == []
    jobs.environment.cache_clear()
