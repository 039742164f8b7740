"""A browser that looks twice at every page, and fills in only the forms that are really there."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.passwords import Terms
from portal.accounts.queries import account_of
from portal.accounts.service import make_account
from portal.accounts.settings.service import begin
from portal.vocabulary import Role
from portal.web.visits import house
from tests.support.moments import StandingClock
from tests.support.promised import newest
from tests.support.reading import read_strictly
from tests.support.world import World

PASSWORD = "copper lantern orbit violet"
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
NAMELESS = ("hidden", "submit", "button")
Sent = Mapping[str, str | tuple[str, ...]]


def an_account(world: World, app: Flask, person_id: UUID, role: Role = Role.PARTNER) -> str:
    """Give somebody a way in, with the welcome behind them; gives the sign-in name they have."""
    login = f"login-{uuid4().hex[:12]}"
    with app.app_context():
        terms = Terms.of(house().config)
    with world.as_(person_id, role) as visit:
        known = account_of(visit.db, person_id)
        if known is not None:
            return known.words(visit.vault, "login", person_id)
        make_account(visit, person_id, login, PASSWORD, terms)
        if role is Role.PARTNER:
            begin(visit, newest(visit))
    return login


@dataclass
class Page:
    """One page as it came back, after it was looked at."""

    answer: TestResponse
    path: str
    text: str
    soup: BeautifulSoup
    faults: list[str]

    @classmethod
    def of(cls, answer: TestResponse) -> "Page":
        """What came back, read once."""
        text = answer.get_data(as_text=True)
        soup, faults = read_strictly(text)
        return cls(answer, answer.request.path, text, soup, faults)

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def said(self) -> str:
        """All the words of the page, on one line."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def title(self) -> str:
        return self.soup.title.get_text(" ", strip=True) if self.soup.title else ""

    def form(self, action: str = "") -> Tag:
        """The form whose address ends like this; the page's own where none is named."""
        forms = [
            form
            for form in self.soup.select("main form")
            if str(form["action"]).partition("?")[0].endswith(action)
            and form.get("role") != "search"
        ]
        assert forms, f"no form to {action!r} on {self.path}: {self.said[:300]}"
        return forms[0]

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        for link in self.soup.select("a[href]"):
            if words in " ".join(link.get_text(" ").split()):
                return str(link["href"])
        raise AssertionError(f"no link {words!r} on {self.path}")


class Browser:
    """One person's browser, with its own cookies."""

    def __init__(self, app: Flask, clock: StandingClock) -> None:
        self.app, self.clock = app, clock
        self.client: FlaskClient = app.test_client()
        self.page: Page | None = None
        self.sent: Mapping[str, list[str]] = {}

    def sign_in(self, login: str) -> None:
        """Come in by the front door, and stay in the hall until some page is opened."""
        door = self.client.get("/accounts/sign-in").get_data(as_text=True)
        token = TOKEN.search(door)
        assert token, "the front door has no form"
        sent = {"login": login, "password": PASSWORD, "csrf_token": token[1]}
        answer = self.client.post("/accounts/sign-in", data=sent)
        assert answer.status_code == 303, "the front door stayed shut"
        self.page = None

    def open(self, path: str) -> Page:
        """Go to an address, and on to wherever it leads."""
        return self._arrive(self.client.get(path))

    def post(self, path: str, fields: Mapping[str, object], **headers: str) -> TestResponse:
        """Send something as a script would, and stay where we are."""
        return self.client.post(path, data=fields, headers=headers)

    def send(self, fields: Sent | None = None, press: str = "", to: str = "") -> Page:
        """Fill in a form of the page we are on and press a button of it, by name or by its words."""
        return self._arrive(self.send_and_stay(fields, press, to))

    def send_and_stay(
        self, fields: Sent | None = None, press: str = "", to: str = ""
    ) -> TestResponse:
        """The same, without following where it leads."""
        assert self.page is not None, "open a page first"
        form = self.page.form(to)
        self.sent = filled_in(form, fields or {}, press)
        return self.client.post(str(form["action"]) or self.page.path, data=self.sent)

    def _arrive(self, answer: TestResponse) -> Page:
        for _hop in range(6):
            if answer.status_code == 307:
                answer = self.client.post(str(answer.location), data=self.sent)
            if answer.status_code not in (302, 303):
                break
            answer = self.client.get(str(answer.location))
        page = Page.of(answer)
        look_at(page)
        self.page = page
        return page


def filled_in(form: Tag, fields: Sent, press: str = "") -> dict[str, list[str]]:
    """What a browser sends: what stands in the form, changed where a person changed it."""
    sent: dict[str, list[str]] = {}
    for box in form.select("[name]"):
        for value in _values(box):
            sent.setdefault(str(box["name"]), []).append(value)
    for name, given in fields.items():
        boxes = form.select(f'[name="{name}"]')
        assert boxes, f"there is no box {name!r} in the form"
        wanted = [given] if isinstance(given, str) else list(given)
        _may_be_chosen(boxes, wanted)
        sent[name] = wanted
    if press:
        button = _button(form, press)
        if button.get("name"):
            sent[str(button["name"])] = [str(button.get("value", ""))]
    return sent


def look_at(page: Page) -> None:
    """Everything that holds for every page of ours, whatever it is about."""
    assert page.status < 500, page.said[:400]
    soup = page.soup
    wrong = [f"not strict: {fault}" for fault in page.faults]
    tags = soup.find_all(True)  # walked once: a selector for each thing takes ten times as long
    ids = Counter(str(tag["id"]) for tag in tags if "id" in tag.attrs)
    heads = sum(tag.name == "h1" for tag in tags)
    wrong += [f"twice: {id}" for id, n in ids.items() if n > 1]
    wrong += [] if heads == 1 else [f"{heads} headings"]
    named = {str(t["for"]) for t in tags if t.name == "label" and "for" in t.attrs and _says(t)}
    boxes = [tag for tag in tags if tag.name in ("input", "select", "textarea")]
    wrong += [f"no label: {box}" for box in boxes if _is_bare(box, named)]
    forms = [tag for tag in tags if tag.name == "form"]
    wrong += [f"no token: {form.get('action')}" for form in forms if not _is_safe(form)]
    wrong += [f"points nowhere: {p}" for tag in tags for p in _pointers(tag) if p not in ids]
    wrong += [
        f"None in: {text!r}" for text in soup.find_all(string=re.compile("None")) if _is_none(text)
    ]
    wrong += [f"inline: {tag}" for tag in tags if _is_inline(tag)]
    policy = page.answer.headers.get("Content-Security-Policy", "")
    wrong += [] if "default-src 'none'" in policy else ["no policy"]
    wrong += [] if page.answer.headers.get("Cache-Control") == "no-store" else ["may be stored"]
    assert not wrong, f"{page.path}: {wrong}"


def _values(box: Tag) -> list[str]:
    if box.name == "textarea":
        return [box.get_text().replace("\n", "\r\n")]
    if box.name == "select":
        chosen = box.select_one("option[selected]") or box.select_one("option")
        return [str(chosen["value"])] if chosen else []
    if box.name == "button" or box.get("type") == "submit":
        return []
    if box.get("type") in ("radio", "checkbox"):
        return [str(box.get("value", "on"))] if box.has_attr("checked") else []
    return [str(box.get("value", ""))]


def _may_be_chosen(boxes: list[Tag], wanted: list[str]) -> None:
    kind = boxes[0].get("type") if boxes[0].name == "input" else boxes[0].name
    if kind in ("radio", "checkbox"):
        offered = {str(box.get("value", "on")) for box in boxes}
    elif kind == "select":
        offered = {str(option["value"]) for option in boxes[0].select("option")}
    else:
        return
    assert set(wanted) <= offered, f"{wanted} is not among {offered}"


def _button(form: Tag, press: str) -> Tag:
    for button in form.select("button"):
        if press in (button.get("name"), " ".join(button.get_text(" ").split())):
            return button
    raise AssertionError(f"there is no button {press!r} in the form")


def _pointers(tag: Tag) -> list[str]:
    names = ("for", "aria-labelledby", "aria-describedby")
    return [one for name in names if name in tag.attrs for one in _text_of(tag, name).split()]


def _text_of(tag: Tag, name: str) -> str:
    given = tag.attrs[name]
    return " ".join(given) if isinstance(given, list) else str(given)


def _says(label: Tag) -> bool:
    return bool(label.get_text(strip=True))


def _is_bare(box: Tag, named: set[str]) -> bool:
    if box.get("type") in NAMELESS or box.find_parent("label") or box.get("aria-label"):
        return False
    return str(box.get("id")) not in named


def _is_inline(tag: Tag) -> bool:
    if "style" in tag.attrs or "onclick" in tag.attrs or tag.name == "style":
        return True
    return tag.name == "script" and "src" not in tag.attrs


def _is_safe(form: Tag) -> bool:
    if str(form.get("method", "")).lower() != "post":
        return True
    return bool(form.has_attr("action") and form.select_one('[name="csrf_token"][value]'))


def _is_none(text: NavigableString) -> bool:
    # A scale may end in the word; what is looked for is a value that nobody filled in.
    return str(text).strip() == "None" and text.find_parent(class_="scale") is None
