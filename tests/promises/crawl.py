"""A walk over every page as everybody, and every kind of no; what came back is kept to be judged."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.web.access import doors_of, public
from tests.promises.addresses import addresses
from tests.promises.town import PEOPLE, Town

WALKERS = ("nobody", *PEOPLE)
HTTPS = "https://localhost"
TROUBLE = "/trouble"
LEAVES, LEAVE = "accounts.leave", "/accounts/leave"


@dataclass(frozen=True)
class Seen:
    """One answer, as it came to one of the walkers."""

    who: str
    method: str
    path: str
    endpoint: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    def header(self, name: str) -> str:
        """The one value of a header; two of a kind are a fault of their own."""
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if len(found) == 1 else f"{len(found)} of {name}"

    def cookies(self) -> list[str]:
        """Every cookie that this answer sets."""
        return [value for key, value in self.headers if key.lower() == "set-cookie"]


def plant_trouble(app: Flask) -> None:
    """A page that breaks, so that the portal's answer to that can be looked at."""

    @public
    def trouble() -> str:
        raise RuntimeError("words of somebody's")

    app.add_url_rule(TROUBLE, "trouble", trouble)


def walk(app: Flask, town: Town, who: str, *, everywhere: bool) -> Iterator[Seen]:
    """Every page that only reads, or every one whose door is open to them, but for the way out."""
    client, pages = town.sits(who, HTTPS), addresses(app, town, reading=True)
    for at in pages:
        if at.endpoint == LEAVES or not (everywhere or _may_knock(app, town, who, at.endpoint)):
            continue
        answer = client.get(at.path, base_url=HTTPS)
        yield seen(who, "GET", at.path, at.endpoint, answer)


def _may_knock(app: Flask, town: Town, who: str, endpoint: str) -> bool:
    doors = doors_of(app.view_functions[endpoint])
    return not doors or town.roles.get(who) in doors


def refusals(app: Flask, town: Town) -> Iterator[Seen]:
    """Every kind of no that the portal says, to a stranger and to people who are signed in."""
    a, b = town.ids["drafted round"], town.ids["opened round"]
    for who in ("nobody", "partner a", "counsellor"):
        client = town.sits(who, HTTPS)
        token = a_token(client, who)
        big = {"csrf_token": token, "text": "x" * (1 << 21)}
        for method, path, data, more in (
            ("GET", "/nowhere", None, {}),
            ("GET", "/static/nothing.css", None, {}),
            ("GET", "/static/fonts/../../config.py", None, {}),
            ("DELETE", "/accounts/settings", {"csrf_token": token}, {}),
            ("POST", "/desk/week", {"csrf_token": token}, {}),
            ("POST", "/accounts/sign-in", {"login": "somebody"}, {}),
            ("POST", "/accounts/sign-in", big, {}),
            ("POST", "/accounts/settings", {"csrf_token": token, "theme": "no such"}, {}),
            ("POST", f"/reflections/{b}/take-back", {"csrf_token": token}, {}),
            ("POST", f"/reflections/{a}/write/1", {"csrf_token": token, "f.x": "words"}, {}),
            (
                "POST",
                f"/reflections/{a}/autosave",
                {"csrf_token": token},
                {"X-Weft-Autosave": "1"},
            ),
            ("GET", TROUBLE, None, {}),
            ("GET", "/", None, {"Host": "evil.example"}),
        ):
            answer = client.open(path, method=method, data=data, headers=more, base_url=HTTPS)
            yield seen(who, method, path, "", answer)
    yield from _too_often(town)


def a_token(client: FlaskClient, who: str) -> str:
    """The token of a form on a page that this browser has open."""
    page = "/accounts/sign-in" if who == "nobody" else "/accounts/settings"
    text = client.get(page, base_url=HTTPS).get_data(as_text=True)
    return text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def seen(who: str, method: str, path: str, endpoint: str, answer: TestResponse) -> Seen:
    """One answer, kept."""
    headers = tuple((str(key), str(value)) for key, value in answer.headers.items())
    body = answer.get_data().decode("utf-8", "replace")
    answer.close()
    return Seen(who, method, path, endpoint, answer.status_code, headers, body)


def _too_often(town: Town) -> Iterator[Seen]:
    client = town.sits("nobody", HTTPS)
    fields = {"csrf_token": a_token(client, "nobody"), "login": "nobody here", "password": "no"}
    for _try in range(7):
        answer = client.post("/accounts/sign-in", data=fields, base_url=HTTPS)
        yield seen("nobody", "POST", "/accounts/sign-in", "accounts.sign_in", answer)
