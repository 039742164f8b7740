"""Somebody at a browser: reads pages, fills in the forms that are really on them."""

import html
import re
from dataclasses import dataclass, field
from uuid import UUID

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.passwords import Terms
from portal.accounts.service import make_account
from tests.support.world import World

PASSWORD = "copper lantern orbit violet"


@dataclass
class Seen:
    """A page as it came back."""

    answer: TestResponse
    text: str = ""
    soup: BeautifulSoup = field(default_factory=lambda: BeautifulSoup("", "html.parser"))

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def to(self) -> str:
        return self.answer.location or ""

    @property
    def said(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    def form(self, action: str) -> Tag:
        found = [
            form
            for form in self.soup.find_all("form")
            if form.get("action") == action and form.get("method") == "post"
        ]
        assert found, f"no form to {action} on the page: {self.said[:200]}"
        return found[0]


class Visitor:
    """One browser with its own cookies."""

    def __init__(self, app: Flask, agent: str = "Mozilla/5.0 (Linux) Firefox/140.0") -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.agent = agent

    def token(self, path: str) -> dict[str, str]:
        """The form token of a page, for a form that is sent by hand."""
        found = self.get(path).soup.find("input", attrs={"name": "csrf_token"})
        assert found is not None
        return {"csrf_token": str(found["value"])}

    def get(self, path: str) -> Seen:
        return self._seen(self.client.get(path, headers={"User-Agent": self.agent}))

    def follow(self, path: str) -> Seen:
        seen = self.get(path)
        for _ in range(4):
            if seen.status not in (302, 303):
                break
            seen = self.get(seen.to)
        return seen

    def send(self, path: str, action: str | None = None, **typed: object) -> Seen:
        """Open a page, fill in its form to `action`, and send it; unknown fields are an error."""
        seen = self.follow(path)
        form = seen.form(path if action is None else action)
        known = {
            str(f["name"])
            for f in form.find_all(["input", "select", "textarea", "button"])
            if f.get("name")
        }
        assert set(typed) <= known, f"{set(typed) - known} not on the page"
        return self.post(action or path, **{**_as_it_stands(form), **typed})

    def post(self, path: str, **typed: object) -> Seen:
        return self._seen(self.client.post(path, data=typed, headers={"User-Agent": self.agent}))

    def sign_in(self, login: str, password: str = PASSWORD) -> Seen:
        return self.send("/accounts/sign-in", login=login, password=password)

    def _seen(self, answer: TestResponse) -> Seen:
        seen = Seen(answer)
        if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            seen.text = answer.get_data(as_text=True)
            seen.soup = BeautifulSoup(seen.text, "html.parser")
            _inspect(seen)
        return seen


def _as_it_stands(form: Tag) -> dict[str, object]:
    values: dict[str, object] = {}
    for item in form.find_all(["input", "textarea"]):
        name, kind = item.get("name"), item.get("type")
        if not name or (kind in ("checkbox", "radio") and not item.has_attr("checked")):
            continue
        values[str(name)] = (
            item.text.removeprefix("\n") if item.name == "textarea" else item.get("value", "")
        )
    for item in form.find_all("select"):
        chosen = item.find("option", selected=True) or item.find("option")
        values[str(item["name"])] = chosen["value"] if isinstance(chosen, Tag) else ""
    return values


def _inspect(seen: Seen) -> None:
    """What holds on every page: one heading that begins the title, labels, tokens, unique ids."""
    soup = seen.soup
    headings = [h.get_text(" ", strip=True) for h in soup.find_all("h1")]
    assert len(headings) == 1, headings
    title = soup.title.get_text(strip=True) if soup.title else ""
    assert title.removeprefix("Error:").strip().startswith(headings[0]), (title, headings[0])
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for form in soup.find_all("form", method="post"):
        assert form.find("input", attrs={"name": "csrf_token"}), form
    labels = {str(label["for"]) for label in soup.find_all("label") if label.get("for")}
    for item in soup.find_all(["input", "select", "textarea"]):
        if item.get("type") != "hidden":
            assert str(item.get("id")) in labels, item
    for ref in soup.select("[aria-describedby]"):
        for one in str(ref["aria-describedby"]).split():
            assert one in ids, (one, ref)
    assert "None" not in re.findall(r"\w+", seen.said), seen.said
    assert " style=" not in seen.text
    assert "%(" not in html.unescape(seen.text)


def an_account(
    world: World, person_id: UUID, login: str, terms: Terms, password: str = PASSWORD
) -> None:
    with world.visit() as visit:
        make_account(visit, person_id, login, password, terms)
