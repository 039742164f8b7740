"""The courier: one plain text to one bare address, over an encrypted line, saying nothing at all."""

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from config import Config
from portal.policies.mail import is_neutral

LOOPBACK = ("localhost", "127.0.0.1", "::1")
# Every step of a delivery waits at most this long, so that all of them end within one lease.
PATIENCE_SECONDS = 10.0
PORTS = {"smtp": 587, "smtps": 465}
NO_SUCH_USER = range(500, 600)


class Undelivered(Exception):  # noqa: N818 - an answer, not an error
    """The letter was not taken; `for_good` where trying again would change nothing."""

    def __init__(self, *, for_good: bool = False) -> None:
        super().__init__("for good" if for_good else "for now")
        self.for_good = for_good


@dataclass(frozen=True)
class Post:
    """The mail server that an install was given, and the address that it writes from."""

    host: str
    port: int
    is_wrapped: bool
    user: str
    password: str
    sender: str
    product: str
    base_url: str
    patience: float = PATIENCE_SECONDS

    @classmethod
    def of(cls, config: Config) -> "Post | None":
        """The post of this install; None where it has none, and then nobody is written to."""
        if not config.sends_mail:
            return None
        where = urlsplit(config.smtp_url)
        return cls(
            host=where.hostname or "",
            port=where.port or PORTS[where.scheme],
            is_wrapped=where.scheme == "smtps",
            user=unquote(where.username or ""),
            password=config.smtp_password.get_secret_value(),
            sender=config.mail_from,
            product=config.product_name,
            base_url=config.base_url.rstrip("/"),
        )

    @property
    def domain(self) -> str:
        """The domain that writes; message ids are made on it."""
        return self.sender.rpartition("@")[2]

    @property
    def needs_encryption(self) -> bool:
        """Whether the line has to be encrypted; only a server on this machine may do without."""
        return self.host not in LOOPBACK

    def link(self, code: str) -> str:
        """Where a letter leads: always below the address that this install is known by."""
        return f"{self.base_url}/desk/go/{code}"

    @property
    def settings(self) -> str:
        """Where somebody says that they want no more letters."""
        return f"{self.base_url}/accounts/mail"


@dataclass(frozen=True)
class Words:
    """What stands in a letter, in its reader's language."""

    subject: str
    body: str
    sender_name: str = ""


Deliver = Callable[[Post, EmailMessage], None]


def sender_name(post: Post, wished: str, practice: str) -> str:
    """The name that a mail comes from: the practice's neutral one, or the portal's, or none."""
    for name in (wished, post.product):
        if name.strip() and is_neutral(name, practice):
            return name
    return ""


def compose(post: Post, to: str, message_id: str, words: Words, at: datetime) -> EmailMessage:
    """One plain message; the library refuses any header that tries to become two."""
    message = EmailMessage()
    message["From"] = Address(words.sender_name, addr_spec=post.sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = words.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}@{post.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Unsubscribe"] = f"<{post.settings}>"
    message.set_content(words.body, cte="quoted-printable")
    return message


def deliver(post: Post, message: EmailMessage) -> None:
    """Hand the letter to the server; returns only once the server has said that it took it."""
    try:
        with contextlib.ExitStack() as line:
            server = _connect(post)
            line.callback(_hang_up, server)
            refused = server.send_message(message)
    except smtplib.SMTPRecipientsRefused as problem:
        codes = [code for code, _says in problem.recipients.values()]
        raise Undelivered(for_good=all(code in NO_SUCH_USER for code in codes)) from None
    except smtplib.SMTPDataError as problem:
        raise Undelivered(for_good=problem.smtp_code in NO_SUCH_USER) from None
    except (smtplib.SMTPException, OSError):
        raise Undelivered from None
    if refused:
        raise Undelivered(for_good=True)


def greet(post: Post) -> None:
    """Whether the server lets us in, without a letter."""
    try:
        _hang_up(_connect(post))
    except (smtplib.SMTPException, OSError) as problem:
        raise Undelivered from problem


def _connect(post: Post) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if post.is_wrapped:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            post.host, post.port, timeout=post.patience, context=context
        )
    else:
        server = smtplib.SMTP(post.host, post.port, timeout=post.patience)
    try:
        if post.needs_encryption and not post.is_wrapped:
            server.starttls(context=context)
        if post.user:
            server.login(post.user, post.password)
    except BaseException:
        server.close()
        raise
    return server


def _hang_up(server: smtplib.SMTP) -> None:
    # What was taken is taken: a server that does not say goodbye changes nothing.
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()
