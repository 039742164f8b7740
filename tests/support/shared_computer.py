"""A Chromium as it stands on a shared computer: a profile of its own, and nothing switched off.

It is spoken to over a pipe in the browser's own DevTools protocol. Playwright will not do here: it
starts browsers without their back/forward cache, and so never sees what the Back button shows.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--password-store=basic",
    "--window-size=390,844",
    "--remote-debugging-pipe",
)
# Debian's starter closes what it does not know, so the two ends are put where Chromium looks for them.
STARTER = "import os,sys; os.dup2(int(sys.argv[1]),3); os.dup2(int(sys.argv[2]),4); os.execvp(sys.argv[3],sys.argv[3:])"
LONGEST = 30.0
SHIFT = {"key": "Shift", "code": "ShiftLeft", "windowsVirtualKeyCode": 16}


class ToldOffError(Exception):
    """The browser refused what it was asked."""


class Chromium:
    """One running browser, and the one window that is looked at."""

    def __init__(self, reads: int, writes: int, process: "subprocess.Popen[bytes]") -> None:
        self._reads, self._writes, self.process = reads, writes, process
        self._number, self._rest = 0, b""
        self._answers: dict[int, dict[str, Any]] = {}
        self._session = ""
        self.events: deque[dict[str, Any]] = deque(maxlen=2000)

    def attach(self, downloads: Path) -> None:
        """Take hold of the first window, and let files be saved."""
        targets = self.ask("Target.getTargets")["targetInfos"]
        found = next(each["targetId"] for each in targets if each["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=found, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.tell(f"{domain}.enable")
        self.ask(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(downloads),
            eventsEnabled=True,
        )

    def ask(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask the browser itself."""
        return self._ask(method, "", given)

    def tell(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask the window."""
        return self._ask(method, self._session, given)

    def run(self, script: str) -> Any:
        """What a script on the page gives back."""
        answer = self.tell(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise ToldOffError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def wait_for(self, script: str, seconds: float = LONGEST) -> Any:
        """Ask the page again and again until it says yes; a page on its way says nothing."""
        until = time.monotonic() + seconds
        while True:
            try:
                found = self.run(script)
            except ToldOffError:
                found = None
            if found:
                return found
            assert time.monotonic() < until, f"never so: {script} at {self.address()}"
            time.sleep(0.02)

    def address(self) -> str:
        """What stands in the address line."""
        return str(self.history()["entries"][self.history()["currentIndex"]]["url"])

    def history(self) -> dict[str, Any]:
        """The entries that Back and Forward walk along."""
        until = time.monotonic() + LONGEST
        while True:
            try:
                return self.tell("Page.getNavigationHistory")
            except ToldOffError:  # between two pages
                assert time.monotonic() < until
                time.sleep(0.02)

    def open(self, url: str) -> None:
        """Go to an address and wait until it is there, wherever it leads."""
        self.run("window.stillHere = true")
        self.tell("Page.navigate", url=url)
        self.settle()

    def settle(self) -> None:
        """Wait for a page that is not the one before."""
        self.wait_for("!window.stillHere && document.readyState === 'complete'")

    def press(self, selector: str) -> None:
        """Press a button or follow a link, as a finger does, and see what comes."""
        self.run("window.stillHere = true")
        self.tap(selector)
        self.settle()

    def tap(self, selector: str) -> None:
        """Touch something on the page."""
        spot = self.wait_for(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)});"
            " if (!box) return null; box.scrollIntoView({block: 'center'});"
            " const at = box.getBoundingClientRect();"
            " return [at.x + at.width / 2, at.y + at.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.tell(
                "Input.dispatchMouseEvent",
                type=kind,
                x=spot[0],
                y=spot[1],
                button="left",
                clickCount=1,
            )

    def write(self, selector: str, text: str) -> None:
        """Type into a box, instead of what stands there."""
        self.wait_for(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)});"
            " box?.focus(); box?.select?.(); return box && document.activeElement === box; })()"
        )
        self.tell("Input.insertText", text=text)

    def key(self, **key: Any) -> None:
        """Press one key and let it go."""
        for kind in ("keyDown" if "text" in key else "rawKeyDown", "keyUp"):
            self.tell("Input.dispatchKeyEvent", type=kind, **key)

    def hold_shift(self, kind: str) -> None:
        """Put a finger on Shift ("rawKeyDown") or take it away ("keyUp")."""
        self.tell("Input.dispatchKeyEvent", type=kind, **SHIFT)

    def shift(self, times: int = 1) -> None:
        """Press Shift alone."""
        for _press in range(times):
            self.key(**SHIFT)

    def back(self, steps: int = 1) -> bool:
        """Press Back; whether there was anywhere to go."""
        past = self.history()
        at = past["currentIndex"] - steps
        if at < 0:
            return False
        self.tell("Page.navigateToHistoryEntry", entryId=past["entries"][at]["id"])
        return True

    def _ask(self, method: str, session: str, given: dict[str, Any]) -> dict[str, Any]:
        number = self._send(method, session, given)
        until = time.monotonic() + LONGEST
        while number not in self._answers:
            self._hear(until)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise ToldOffError(f"{method}: {answer['error']}")
        found: dict[str, Any] = answer["result"]
        return found

    def _send(self, method: str, session: str, given: dict[str, Any]) -> int:
        self._number += 1
        said: dict[str, Any] = {"id": self._number, "method": method, "params": given}
        if session:
            said["sessionId"] = session
        os.write(self._writes, json.dumps(said).encode() + b"\0")
        return self._number

    def _hear(self, until: float) -> None:
        left = until - time.monotonic()
        assert left > 0, "the browser is silent"
        if not select.select([self._reads], [], [], left)[0]:
            return
        part = os.read(self._reads, 1 << 16)
        assert part, "the browser is gone"
        *whole, self._rest = (self._rest + part).split(b"\0")
        for each in whole:
            self._note(json.loads(each))

    def _note(self, said: dict[str, Any]) -> None:
        if "id" in said:
            self._answers[said["id"]] = said
            return
        self.events.append(said)
        if said["method"] == "Page.javascriptDialogOpening":
            self._send("Page.handleJavaScriptDialog", self._session, {"accept": True})


@contextmanager
def a_shared_computer(folder: Path) -> Iterator[Chromium]:
    """Somebody opens the browser on the computer that everybody uses, and closes it in the end."""
    profile, downloads = folder / "profile", folder / "saved"
    profile.mkdir(parents=True, exist_ok=True)
    downloads.mkdir(exist_ok=True)
    theirs_reads, writes = os.pipe()
    reads, theirs_writes = os.pipe()
    command = [shutil.which("chromium") or "chromium", *FLAGS, f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(theirs_reads), str(theirs_writes), *command]
        + ["about:blank"],
        pass_fds=(theirs_reads, theirs_writes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(theirs_reads)
    os.close(theirs_writes)
    browser = Chromium(reads, writes, process)
    try:
        browser.attach(downloads)
        yield browser
    finally:
        _close(browser)
        os.close(reads)
        os.close(writes)


def flags_of(browser: Chromium) -> str:
    """The flags with which this browser and its children really run, as the system has them."""
    group = os.getpgid(browser.process.pid)
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            if os.getpgid(int(folder.name)) == group:
                found.append((folder / "cmdline").read_bytes().decode(errors="replace"))
        except (ProcessLookupError, FileNotFoundError):
            continue
    return " ".join(found).replace("\0", " ")


def _close(browser: Chromium) -> None:
    """Close as a person closes the window: the browser writes down what it means to keep."""
    if browser.process.poll() is None:
        try:
            browser.ask("Browser.close")
        except (AssertionError, OSError):
            browser.process.terminate()
    try:
        browser.process.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        browser.process.kill()
        browser.process.wait()
