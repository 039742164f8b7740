"""A warm press in a process of its own: each document is printed by a child that can do no harm."""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Literal, NoReturn, Self

Reason = Literal["too_slow", "too_big", "refused", "failed"]
REASONS: dict[bytes, Reason] = {b"S": "too_slow", b"B": "too_big", b"R": "refused", b"F": "failed"}
LETTERS = {reason: letter for letter, reason in REASONS.items()}
DONE = b"D"
START_SECONDS = 60.0
GRACE_SECONDS = 3.0
HEADER_BYTES = 8
CHUNK_BYTES = 1 << 16
OPEN_FILES = 64
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
# The press is given the room of paper alone, without the front hall and all that it imports.
LAUNCH = """
import sys, types
portal = sys.modules["portal"] = types.ModuleType("portal")
portal.__path__ = [sys.argv[2]]
from portal.reports.pdf import serve
serve()
"""
PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


class PrintError(Exception):
    """A document was not printed; only the kind of trouble is told, never a word of it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """How much one document may take before it is given up."""

    seconds: float = 15.0
    memory_bytes: int = 1 << 30
    letters: int = 900_000
    pdf_bytes: int = 32 << 20


class Printer:
    """The counter at which documents are handed in; safe to share between threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._turn = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        """Warm the press before the first document comes."""
        with self._turn:
            self._running()
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the press with the block."""
        self.close()

    @property
    def process_id(self) -> int:
        """Which process the press runs in, or 0 while there is none."""
        return self._server.pid if self._server else 0

    def print(self, html: str) -> bytes:
        """The finished PDF of a finished page, or the one word for why there is none."""
        if len(html) > self._limits.letters:
            raise PrintError("too_big")
        with self._turn:
            try:
                answer = self._ask(html)
            except (OSError, EOFError, UnicodeEncodeError):
                self._stop()
                raise PrintError("failed") from None
        if answer[:1] != DONE:
            raise PrintError(REASONS.get(answer[:1], "failed"))
        return answer[1:]

    def close(self) -> None:
        """Let the press go; a later document warms a new one."""
        with self._turn:
            self._stop()

    def _ask(self, html: str) -> bytes:
        words = html.encode()
        server = self._running()
        if server.stdin is None or server.stdout is None:
            raise EOFError
        put_frame(server.stdin, words)
        until = time.monotonic() + self._limits.seconds + GRACE_SECONDS
        try:
            return take_frame(server.stdout, until)
        except TimeoutError:
            self._stop()
            raise PrintError("too_slow") from None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._server and self._server.poll() is None:
            return self._server
        self._stop()
        self._folder = tempfile.TemporaryDirectory(prefix="weft-press-")
        self._server = _start(self._limits, self._folder.name)
        if self._server.stdout is None:
            raise EOFError
        take_frame(self._server.stdout, time.monotonic() + START_SECONDS)
        return self._server

    def _stop(self) -> None:
        server, self._server = self._server, None
        if server:
            server.kill()
            for pipe in (server.stdin, server.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
            server.wait()
        folder, self._folder = self._folder, None
        if folder:
            folder.cleanup()


def _start(limits: Limits, folder: str) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    order = [sys.executable, "-P", "-s", "-W", "ignore", "-c", LAUNCH]
    return subprocess.Popen(  # noqa: S603 - our own module, our own numbers
        [*order, json.dumps(asdict(limits)), str(root / "portal")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=kept
        | {"PYTHONPATH": str(root), "PYTHONHASHSEED": "0", "TMPDIR": folder, "HOME": folder},
    )


def put_frame(pipe: IO[bytes], words: bytes) -> None:
    """Hand over one message, its length first."""
    pipe.write(len(words).to_bytes(HEADER_BYTES, "big") + words)
    pipe.flush()


def take_frame(pipe: IO[bytes], until: float) -> bytes:
    """Wait for one whole message, but not for ever."""
    length = int.from_bytes(_take(pipe.fileno(), HEADER_BYTES, until), "big")
    return _take(pipe.fileno(), length, until)


def _take(source: int, wanted: int, until: float) -> bytes:
    found = bytearray()
    while len(found) < wanted:
        ready, _, _ = select.select([source], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(source, min(CHUNK_BYTES, wanted - len(found)))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


def in_a_child(work: Callable[[], bytes], limits: Limits) -> bytes:
    """Do the work in a forked child; one letter for how it went, then what came of it."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        _as_child(work, limits, into)
    os.close(into)
    try:
        answer = _everything(out, time.monotonic() + limits.seconds, limits.pdf_bytes)
    except TimeoutError:
        answer = b"S"
    except OverflowError:
        answer = b"B"
    finally:
        os.close(out)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return answer or _why(status)


def _everything(source: int, until: float, most: int) -> bytes:
    found = bytearray()
    with contextlib.suppress(EOFError):
        while True:
            found += _take(source, 1, until)
            if len(found) == 1 and found != DONE:
                return bytes(found)
            rest = os.read(source, CHUNK_BYTES)
            found += rest
            if len(found) > most:
                raise OverflowError
    return bytes(found)


def _why(status: int) -> bytes:
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended == signal.SIGXCPU:
        return b"S"
    return b"B" if ended in (signal.SIGABRT, signal.SIGTRAP) else b"F"


def _as_child(work: Callable[[], bytes], limits: Limits, into: int) -> NoReturn:
    try:
        _bound(limits)
        answer = DONE + work()
    except PrintError as trouble:
        answer = LETTERS[trouble.reason]
    except MemoryError:
        answer = b"B"
    except BaseException:  # whatever happened, its words stay in the child
        answer = b"F"
    while answer:
        answer = answer[os.write(into, answer) :]
    os._exit(0)


def _bound(limits: Limits) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages * resource.getpagesize() + limits.memory_bytes
    cpu = int(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (most, most))


def leave_the_network() -> None:
    """Give up every network for good, where the machine lets us."""
    libc = ctypes.CDLL(None)
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
