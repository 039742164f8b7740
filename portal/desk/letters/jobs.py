"""Carrying letters: made ready and saved, handed to the server, and only then no longer owed."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from uuid import UUID

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.desk.letters import service
from portal.desk.letters.service import Step
from portal.jobs.worker import Later, Turn
from portal.notices import courier
from portal.notices import service as notices
from portal.notices.courier import Deliver, Post, Undelivered, Words
from portal.vocabulary import NoticeKind

HERE = Path(__file__).parent.parent.parent
FOLDERS = {
    NoticeKind.HOMEWORK_GIVEN: "homework",
    NoticeKind.HOMEWORK_RETURNED: "reflections",
    NoticeKind.ROUND_OPENED: "reflections",
    NoticeKind.ANSWER_RELEASED: "reflections",
    NoticeKind.FILE_ASKED: "records",
    NoticeKind.FEEDBACK_READY: "review",
    NoticeKind.REFLECTION_READY: "review",
    NoticeKind.SUMMARY_READY: "reports",
    NoticeKind.ROUND_DUE: "desk",
}


def sending(post: Post | None, deliver: Deliver = courier.deliver) -> Callable[[Turn, UUID], None]:
    """The handler that carries the letter which one owed thing leads to."""

    def send_mail(turn: Turn, notice_id: UUID) -> None:
        with turn.beforehand() as visit:
            step = service.prepare(visit, notice_id, has_post=post is not None)
            at = visit.now
        if step.wait_until is not None:
            raise Later(step.wait_until)
        if step.sealed is None or post is None:
            return
        message = courier.compose(
            post, step.sealed.address, step.sealed.message_id.hex, _words(post, step), at
        )
        try:
            deliver(post, message)
        except Undelivered as trouble:
            _try_again(turn, step.sealed.letter_id, trouble)
            return
        with turn() as visit:
            notices.note_sent(visit, step.sealed.letter_id)

    return send_mail


def remind(turn: Turn, _subject_id: UUID) -> None:
    """Every hour: who has something due tomorrow that is not sent yet."""
    with turn() as visit:
        service.remind(visit)


def drawn(kind: NoticeKind, part: str, locale: str, link: str = "") -> str:
    """One part of a letter, in its reader's language."""
    name = f"{FOLDERS[kind]}/notices/{kind.value}.{part}.txt"
    return environment(locale).get_template(name).render(link=link).strip()


@cache
def environment(locale: str) -> Environment:
    """Plain texts, for no page: nothing is escaped, because nothing of anybody's stands in them."""
    made = Environment(  # noqa: S701 - plain text, and the one value in it is a link of our own
        loader=FileSystemLoader(HERE.parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = Translations.load(HERE / "translations", [locale])
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return made


def _words(post: Post, step: Step) -> Words:
    assert step.sealed is not None  # noqa: S101 - a letter is only drawn once it is sealed
    assert step.reader is not None  # noqa: S101 - and then its reader is known
    kind, reader = step.sealed.kind, step.reader
    return Words(
        subject=drawn(kind, "subject", reader.locale),
        body=drawn(kind, "body", reader.locale, post.link(step.sealed.code)) + "\n",
        sender_name=courier.sender_name(post, reader.sender_name, reader.practice),
    )


def _try_again(turn: Turn, letter_id: UUID, trouble: Undelivered) -> None:
    with turn.beforehand() as visit:
        wait = notices.note_trouble(visit, letter_id, for_good=trouble.for_good)
        at = visit.now
    if wait is not None:
        raise Later(at + wait)
