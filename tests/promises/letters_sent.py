"""The courier's rounds for one reader, at fixed hours: every letter that goes out, as it goes out."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from email.message import EmailMessage

import sqlalchemy as sa

from portal.desk.letters.jobs import sending
from portal.jobs.worker import Later
from portal.notices.courier import Post
from portal.notices.models import Notice
from portal.notices.service import Wish, choose
from portal.visit import Visit
from tests.promises.story import Steps, Told
from tests.support.post import post_to
from tests.support.world import World

# A letter's own number and the code of its link are random in every world.
RANDOM = re.compile(r"\b[0-9a-f]{32}\b|(?<=/go/)[\w-]+")
HOURS = (12.7, 24.0, 48.0, 58.0, 68.0, 84.0, 98.0, 123.0, 146.0, 172.0, 244.0)


def chooses_mail(told: Told) -> None:
    """The reader wants to be written to, at any hour."""
    with told.acts(told.reader) as visit:
        choose(visit, Wish("reader@example.org", from_hour=0, until_hour=24))


class _Turn:
    """A turn of the worker, in visits of this world."""

    def __init__(self, world: World) -> None:
        self.beforehand: Callable[[], AbstractContextManager[Visit]] = world.visit
        self.world = world

    def __call__(self) -> AbstractContextManager[Visit]:
        """A visit in which the job is finished."""
        return self.world.visit()


def carries(told: Told) -> None:
    """The courier looks at everything that is owed to this reader, and sends what may go now."""
    owed = sa.select(Notice.id).where(
        Notice.person_id == told.reader, Notice.sent_at.is_(None), Notice.dropped_at.is_(None)
    )
    with told.world.visit() as visit:
        waiting = list(visit.db.scalars(owed.order_by(Notice.made_at, Notice.kind)))

    def keep(_post: Post, message: EmailMessage) -> None:
        heads = "\n".join(f"{name}: {value}" for name, value in message.items())
        said = RANDOM.sub("...", f"{heads}\n\n{message.get_content()}")
        told.ids.setdefault("letters", []).append(f"{told.world.now.isoformat()}\n{said}")

    for notice_id in waiting:
        try:
            sending(post_to(25), keep)(_Turn(told.world), notice_id)  # type: ignore[arg-type]
        except Later as later:
            _wait(told, later.due_at)


def _wait(told: Told, until: datetime) -> None:
    told.ids.setdefault("letters", []).append(f"not before {until.isoformat()}")


LETTERS: Steps = {5.0: chooses_mail, **dict.fromkeys(HOURS, carries)}
