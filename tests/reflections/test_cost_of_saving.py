"""What one saving costs: a page with fifty boxes is one request and a handful of statements."""

from uuid import UUID

from flask import Flask

from portal.reflections.drafts.counting import first_count
from portal.vocabulary import Seat
from tests.reflections.material import SitDown
from tests.support.browser import Browser, filled_in
from tests.support.moments import StandingClock
from tests.support.sheets import a_sheet
from tests.support.statements import counted
from tests.support.world import CoupleHere, World

MOST = 12
WITH_THE_DOOR = 40  # who signs in, what is open to them, and the draft as it was laid out


def a_full_page(browser: Browser, round_id: UUID) -> dict[str, list[str]]:
    """The page of a diary on its last day, with something in every box of its fourteen days."""
    page = browser.open(f"/reflections/{round_id}/write/1")
    form = page.form(page.path)
    texts = {str(box["name"]): "something" for box in form.select("textarea, input[type=text]")}
    chosen = {
        str(box["name"]): str(box.select("option")[-1]["value"])
        for box in form.select("select[name^=f]")
    }
    numbers = {str(box["name"]): "7" for box in form.select('[type=radio][value="7"]')}
    return filled_in(form, {**texts, **chosen, **numbers})


class TestFifty:
    def test_boxes_are_kept_in_one_request_and_twelve_statements(
        self,
        world: World,
        app: Flask,
        couple: CoupleHere,
        clock: StandingClock,
        sit_down: SitDown,
    ) -> None:
        (round_id,) = world.an_assignment(couple, "gratitude-journal", to=(Seat.A,))
        clock.move(days=13)
        ann = sit_down(couple.a)
        fields = a_full_page(ann, round_id)
        boxes = [name for name in fields if name.startswith("f.") and name.count(".") == 3]
        assert len(boxes) >= 50
        self.asked_for(app, ann, round_id, fields)  # the first saving also begins the draft
        fields["f.days.day-3.good"] = ["another thing"]
        fields["counter.days"] = [str(first_count(clock.at) + 1)]
        whole = self.asked_for(app, ann, round_id, fields)
        assert len(_saving(whole)) <= MOST, _saving(whole)
        assert len(whole) <= WITH_THE_DOOR
        kept = ann.open(f"/reflections/{round_id}/write/1").text
        assert kept.count("something") >= 28
        assert "another thing" in kept

    def asked_for(
        self, app: Flask, browser: Browser, round_id: UUID, fields: dict[str, list[str]]
    ) -> list[str]:
        with counted(app) as statements:
            answer = browser.post(f"/reflections/{round_id}/autosave", fields)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return statements


def _saving(statements: list[str]) -> list[str]:
    """What the saving itself asks: everything from its lock on; before it come door and draft."""
    last = max(at for at, words in enumerate(statements) if "FROM reflection" in words)
    return statements[last:]


class TestFiftyOfTwo:
    def test_boxes_of_a_sheet_are_kept_in_twelve_statements(
        self, world: World, app: Flask, couple: CoupleHere, sit_down: SitDown
    ) -> None:
        round_id = a_sheet(world, couple, "chores-map")
        ann, to = sit_down(couple.a), f"/reflections/{round_id}/sheet"
        for words in ("something", "another thing"):
            form = ann.open(to).form(to)
            boxes = form.select("textarea, input[type=text]")
            texts = {str(b["name"]): words for b in boxes if "hours" not in str(b["name"])}
            fields = filled_in(form, texts)
            with counted(app) as statements:
                assert ann.post(to, fields).status_code == 303
            assert ann.open(to).text.count(words) >= 20
        assert len(fields) >= 50
        assert len(_saving(statements)) <= MOST, _saving(statements)
