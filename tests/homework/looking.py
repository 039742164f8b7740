"""A counsellor at the desk: signs in, presses buttons, and counts what the pages ask for."""

import re
from uuid import UUID

from bs4 import Tag
from flask import Flask
from werkzeug.test import TestResponse

from portal.exercises.form.values import Row, Value
from portal.vocabulary import Role
from tests.support.browser import Browser, Page, Sent, an_account, filled_in
from tests.support.moments import StandingClock
from tests.support.world import World


class Desk(Browser):
    """A counsellor's browser."""

    login = ""

    def come_back(self, **later: float) -> None:
        """So much later, and signed in again."""
        self.clock.move(**later)
        self.sign_in(self.login)

    def press(self, label: str, fields: Sent | None = None, to: str = "") -> Page:
        """Fill in the form that has this button, and press it."""
        return self._arrive(self.press_and_stay(label, fields, to))

    def press_and_stay(self, label: str, fields: Sent | None = None, to: str = "") -> TestResponse:
        """The same, without following where it leads."""
        form = self.form_with(label, to)
        return self.client.post(str(form["action"]), data=filled_in(form, fields or {}, label))

    def form_with(self, label: str, to: str = "") -> Tag:
        """The posted form with this button; in a dialog too."""
        assert self.page is not None
        for form in self.page.soup.select('form[method="post"]'):
            words = [" ".join(b.get_text(" ").split()) for b in form.select("button")]
            if label in words and str(form["action"]).endswith(to):
                return form
        raise AssertionError(f"no form with {label!r} on {self.page.path}")


def issues(words: str) -> dict[str, Value]:
    """What somebody may write about what stands in the way."""
    return {
        "areas": (Row("talking", None, {"hard": 6, "since": "years", "work_on": True}),),
        "start_with": f"talk {words}",
        "underneath": f"lonely {words}",
        "unfinished": f"quiet {words}",
        "private_note": f"secret {words}",
    }


def a_desk(
    world: World, app: Flask, clock: StandingClock, person_id: UUID, role: Role = Role.COUNSELLOR
) -> Desk:
    """Somebody of the practice, signed in."""
    desk = Desk(app, clock)
    desk.login = an_account(world, app, person_id, role)
    desk.come_back()
    return desk


def unmarked(answer: TestResponse) -> tuple[int, str]:
    """A page without its form tokens, which change with every second."""
    text = answer.get_data(as_text=True)
    return answer.status_code, re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", text)
