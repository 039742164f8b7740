"""Another currency for a couple: amounts keep the one they were written in, and nothing counts as changed."""

from typing import Any
from uuid import UUID

from portal.exercises.form.values import Money, Row, rows_in
from portal.people.service import CoupleTerms, change_terms
from portal.reflections.drafts.queries import draft
from portal.vocabulary import ContactLevel, Role, Seat
from tests.reflections.material import SitDown, leaf
from tests.support.browser import Browser, Page
from tests.support.sheets import a_sheet, put, second, see, the_row, value
from tests.support.world import CoupleHere, World


def now_in(world: World, couple: CoupleHere, currency: str) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        terms = CoupleTerms(contact=ContactLevel.TOGETHER, currency=currency)
        change_terms(visit, couple.id, terms)


def the_page_with(browser: Browser, round_id: UUID, box: str) -> Page:
    pages = (browser.open(leaf(round_id, number)) for number in range(1, 9))
    return next(page for page in pages if f'name="{box}"' in page.text)


def test_an_amount_in_a_diary_keeps_its_currency_until_another_is_typed(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    (round_id,) = world.an_assignment(couple, "spending-diary", to=(Seat.A,))
    tea = Row("abc", None, {"what": "tea", "amount": Money(1250, "EUR")}, 1)
    world.a_draft(couple.a, round_id, {"days": (tea,)})
    ann = sit_down(couple.a)

    def after(currency: str, **typed: str) -> Any:
        now_in(world, couple, currency)
        page = the_page_with(ann, round_id, "f.days.abc.amount")
        ann.send({f"f.days.abc.{box}": text for box, text in typed.items()}, "save", page.path)
        with world.as_(couple.a, Role.PARTNER) as visit:
            (row,) = rows_in(draft(visit, round_id).reading.values["days"])
        return row.cells["amount"]

    assert after("USD", what="tea and cake") == Money(1250, "EUR")
    assert after("JPY", what="tea and a cake") == Money(1250, "EUR")
    assert after("JPY", amount="1200") == Money(1200, "JPY")
    assert after("EUR", amount="12.50") == Money(1250, "EUR")


def test_on_a_sheet_for_two_a_page_that_is_only_saved_changes_nothing(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    round_id, ben = a_sheet(world, couple, "monthly-budget"), second(couple)
    pay = Row("start-1", None, {"source": "Work", "who": "a", "amount": Money(120000, "EUR")})
    put(world, couple.a, round_id, {"income": (pay,)})
    before, to = the_row(world, round_id).changes, f"/reflections/{round_id}/sheet"
    browser = sit_down(ben)
    for currency in ("USD", "JPY"):
        now_in(world, couple, currency)
        assert 'value="EUR 1200.00"' in browser.open(to).text
        browser.send({}, press="save", to=to)
        card = see(world, ben, round_id)
        assert value(card, "income") == (pay,)
        assert [hand.place for hand in card.hands["income"]] == ["a"]
        assert the_row(world, round_id).changes == before
