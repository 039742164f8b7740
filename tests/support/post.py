"""A post office on loopback that takes letters or makes trouble, and a worker that carries them."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.accounts.service import make_account
from portal.audit.service import write_traces
from portal.desk.letters.jobs import remind, sending
from portal.foundation.database import reading, sessions
from portal.foundation.vault import Vault
from portal.jobs.kinds import JobKind
from portal.jobs.models import Job, JobState
from portal.jobs.queries import due_ids
from portal.jobs.queue import Queue
from portal.jobs.worker import Handler, Regular, Worker
from portal.notices.courier import Deliver, Post, deliver
from portal.notices.service import Wish, choose
from portal.policies.viewer import SYSTEM
from portal.visit import Visit
from portal.vocabulary import Role
from tests.support.world import World

SENDER = "post@portal.example.org"


@dataclass
class PostOffice:
    """What the server was handed, and the trouble that it makes: a code at one step, or waiting."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    at_rcpt: str = ""
    at_data: str = ""
    slow_seconds: float = 0.0
    greets: bool = True

    def well(self) -> None:
        """An empty office without trouble."""
        self.letters.clear()
        self.raw.clear()
        self.envelopes.clear()
        self.at_rcpt = self.at_data = ""
        self.slow_seconds = 0.0

    async def handle_RCPT(  # noqa: N802 - the server's own name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take an address, or refuse it."""
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the server's own name for it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, or refuse it; slowly where that is the trouble."""
        if self.slow_seconds:
            await asyncio.sleep(self.slow_seconds)
        if self.at_data:
            return self.at_data
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        letter = message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append((str(envelope.mail_from), tuple(envelope.rcpt_tos)))
        return "250 OK"


@contextmanager
def a_post_office() -> Iterator[PostOffice]:
    """A real server on a free port of this machine."""
    office = PostOffice(port=free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    yield office
    controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def post_to(port: int, **other: Any) -> Post:
    """The post of an install that was given this server."""
    given: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "is_wrapped": False,
        "user": "",
        "password": "",
        "sender": SENDER,
        "product": "Weft",
        "base_url": "https://portal.example.org",
        "patience": 2.0,
    }
    return Post(**(given | other))


class Mailroom:
    """A worker upon a made-up world, whose clock is the world's own."""

    def __init__(
        self, world: World, folder: Path, post: Post | None, carry: Deliver = deliver
    ) -> None:
        self.world = world
        handlers: dict[str, Handler] = {
            JobKind.SEND_MAIL.value: sending(post, carry),
            JobKind.REMIND.value: remind,
        }
        self.worker = Worker(
            sessions=sessions(world.engine),
            reading=reading(world.engine),
            queue=Queue(folder / "queue.db"),
            visiting=self._visiting,
            handlers=handlers,
            clock=lambda: self.world.now,
        )

    @contextmanager
    def _visiting(self, now: datetime) -> Iterator[Visit]:
        with sessions(self.world.engine)() as db:
            visit = Visit(db, SYSTEM, now, Vault(self.world.chest, self.world.keyring))
            yield visit
            write_traces(visit)
            db.commit()

    def work(self) -> None:
        """Do everything that is due at this moment, until nothing is."""
        for _round in range(50):
            with self.worker.reading() as db:
                waiting = due_ids(db, self.world.now)
            if not waiting:
                return
            self.work_once()
        raise AssertionError("the work does not end")

    def work_once(self) -> None:
        """Take up each thing that is due, once; what others are at is left to them."""
        with self.worker.reading() as db:
            waiting = due_ids(db, self.world.now)
        for job_id in waiting:
            self.worker.take_up(job_id)

    def work_until(self, end: datetime) -> None:
        """Let the clock go on from one thing that falls due to the next, and work at each."""
        while self.world.now <= end:
            self.work()
            with self.worker.reading() as db:
                waiting = sa.select(sa.func.min(sa.func.coalesce(Job.lease_until, Job.due_at)))
                states = (JobState.QUEUED, JobState.RUNNING)
                due_at = db.scalar(waiting.where(Job.state.in_(states)))
            if due_at is None or due_at > end:
                break
            self.world.now = max(due_at, self.world.now)
        self.world.now = max(self.world.now, end)

    def remind(self, every: Any) -> None:
        """The regular look at what is due tomorrow."""
        self.worker.timetable = (Regular(JobKind.REMIND.value, every),)
        self.worker.sweep()
        self.worker.timetable = ()

    def close(self) -> None:
        """Let go of the queue."""
        self.worker.queue.close()


def wants_mail(world: World, person_id: UUID, role: Role = Role.PARTNER, **wish: Any) -> str:
    """Give somebody an account and let them choose to be written to; gives the address."""
    given: dict[str, Any] = {"address": f"{uuid4().hex[:10]}@example.org"}
    given |= {"from_hour": 0, "until_hour": 24} | wish
    with world.as_(person_id, role) as visit:
        make_account(visit, person_id, f"login-{uuid4().hex}", None)
    with world.as_(person_id, role) as visit:
        choose(visit, Wish(**given))
    return str(given["address"])
