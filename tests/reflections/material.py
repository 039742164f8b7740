"""What the tests of a partner's pages share: answers, addresses, and a way through the questions."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import func, select

from portal.exercises.form.values import Row, Value
from portal.reflections.models import KeptVersion, PrivateWord, Reflection, Revision
from tests.support.browser import Browser, Page
from tests.support.world import World

SitDown = Callable[[UUID], Browser]


def issues(words: str) -> Mapping[str, Value]:
    return {
        "areas": (Row("talking", None, {"hard": 6, "since": "years", "work_on": True}),),
        "start_with": f"talk {words}",
        "underneath": f"lonely {words}",
        "unfinished": f"quiet {words}",
        "private_note": f"secret {words}",
    }


def leaf(round_id: UUID, number: int) -> str:
    return f"/reflections/{round_id}/write/{number}"


def own_row(world: World, round_id: UUID, person_id: UUID) -> Reflection | None:
    with world.visit() as visit:
        query = select(Reflection).where(
            Reflection.round_id == round_id, Reflection.respondent_id == person_id
        )
        return visit.db.scalars(query).one_or_none()


def how_many(world: World, table: type[KeptVersion | Revision | PrivateWord]) -> int:
    with world.visit() as visit:
        return visit.db.scalar(select(func.count()).select_from(table)) or 0


def to_the_check_page(browser: Browser, page: Page, fields: Mapping[int, dict[str, str]]) -> Page:
    """Press on from leaf to leaf, writing where something is given."""
    for _leaf in range(20):
        if page.path.endswith("/check"):
            return page
        number = int(page.path.rsplit("/", 1)[1])
        page = browser.send(fields.get(number, {}), press="save_and_continue", to=page.path)
    raise AssertionError("the questions never end")


ANSWERS = {
    1: {"f.areas.talking.hard": "6"},
    2: {"f.start_with": "Talking"},
    3: {"f.underneath": "I felt alone"},
    5: {"f.unfinished": "The holiday"},
    8: {"f.private_note": "Only for you"},
}
