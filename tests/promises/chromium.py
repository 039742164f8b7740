"""A real Chromium that counts what ran, what was refused, and who else was asked for anything."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

COUNT = """
window.weft_count = 0;
window.weft_violations = [];
window.weft_ran = () => { window.weft_count += 1; };
document.addEventListener('securitypolicyviolation', (event) => {
  window.weft_violations.push(event.violatedDirective + ' ' + event.blockedURI);
});
"""
FOUND = """() => ({
  ran: window.weft_count,
  refused: window.weft_violations,
  frames: window.frames.length,
  text: [document.documentElement.textContent,
    ...[...document.querySelectorAll('input, textarea')].map((box) => box.value)].join('\\n'),
})"""


@dataclass
class Tally:
    """What happened while somebody looked at the pages."""

    pages: int = 0
    ran: int = 0
    refused: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


class Looker:
    """One person's Chromium."""

    def __init__(self, context: BrowserContext, home: str, tally: Tally) -> None:
        self.home, self.tally, self.context = home, tally, context
        context.add_init_script(COUNT)
        self.page: Page = context.new_page()
        self.page.on("dialog", lambda dialog: self._dialog(dialog.message, dialog.dismiss))
        self.page.on("request", lambda request: self._asked(request.url))

    def look(self, path: str) -> str:
        """Open a page, let everything on it settle, and count."""
        answer = self.page.goto(self.home + path, wait_until="load", timeout=90_000)
        assert answer is not None
        assert answer.status == 200, (answer.status, path)
        found = self.page.evaluate(FOUND)
        self.tally.pages += 1
        self.tally.ran += found["ran"]
        self.tally.refused += [f"{path}: {each}" for each in found["refused"]]
        self.tally.refused += [f"{path}: {found['frames']} frames"] if found["frames"] else []
        self.tally.texts[path] = str(found["text"])
        return str(found["text"])

    def _dialog(self, words: str, dismiss: object) -> None:
        self.tally.dialogs.append(words)
        assert callable(dismiss)
        dismiss()

    def _asked(self, url: str) -> None:
        if not url.startswith(self.home):
            self.tally.elsewhere.append(url)


@dataclass
class Opener:
    """Opens a window for somebody who is signed in."""

    chromium: Browser
    home: str
    tally: Tally

    def window(self, token: str = "") -> Looker:
        """A window of its own, with this sign-in and cookies of nobody else."""
        context = self.chromium.new_context()
        if token:
            context.add_cookies([{"name": "weft", "value": token, "url": self.home}])
        return Looker(context, self.home, self.tally)
