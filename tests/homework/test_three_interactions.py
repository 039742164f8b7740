"""From a couple's page to *assigned*: three interactions, and one more for each statement, counted."""

from dataclasses import dataclass

import sqlalchemy as sa
from bs4 import Tag

from portal.homework.cards import GivingCard
from portal.homework.giving.queries import shelf, ways_of
from portal.homework.models import Assignment, Recipient
from portal.people.queries import couple_card
from portal.people.service import Naming, change_member
from portal.vocabulary import PartnerRole, Role, Seat
from tests.homework.conftest import app, clock, couple, desk, seat_at_desk
from tests.homework.looking import Desk
from tests.support.world import CoupleHere, World

__all__ = ["app", "clock", "couple", "desk", "seat_at_desk"]


@dataclass
class Hand:
    """Somebody's hand at the desk: every press and every tick is counted."""

    desk: Desk
    couple: CoupleHere
    scripts: bool
    count: int = 0

    def give(self, card: GivingCard) -> None:
        """Open, choose, tick what has to be ticked, press."""
        page = self.desk.open(f"/desk/couples/{self.couple.id}")
        opener = page.soup.select_one("a[data-dialog=assign]")
        assert opener is not None
        self.count = 1
        where: Tag | None = page.soup.select_one("dialog#assign")
        if not self.scripts:
            where = self.desk.open(str(opener["href"])).soup.select_one("main")
        assert where is not None
        (radio,) = where.select(f'input[name=exercise][value="{card.choice}"]')
        self.count += not radio.has_attr("checked") or 1
        boxes = where.select(f'input[name="tick-{card.id}"]')
        self.count += len(boxes)
        ticks = {f"tick-{card.id}": tuple(str(box["value"]) for box in boxes)} if boxes else {}
        self.count += 1
        page = self.desk.press("Assign", {"exercise": card.choice, **ticks})
        assert page.path == f"/desk/couples/{self.couple.id}", page.said[:600]


def set_roles(world: World, couple: CoupleHere) -> None:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        for seat, role in ((Seat.A, PartnerRole.HURT), (Seat.B, PartnerRole.INVOLVED)):
            name = {Seat.A: "Ann", Seat.B: "Ben"}[seat]
            change_member(visit, couple.id, seat, Naming(name, name, role=role))


def everything(world: World, couple: CoupleHere) -> list[GivingCard]:
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        card = couple_card(visit, couple.id)
        found = shelf(visit, card, next(iter(ways_of(card))))
        return [*found.first, *found.others, *found.to_confirm, *found.for_one]


def test_whatever_fits_is_as_near_as_the_first(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    """In the dialog and on the page stands everything, with its statements beside it."""
    set_roles(world, couple)
    page = desk.open(f"/desk/couples/{couple.id}")
    whole = desk.open(f"/homework/{couple.id}/assign")
    cards = everything(world, couple)
    assert any(card.for_whom for card in cards)
    for where in (page.soup.select_one("dialog#assign"), whole.soup.select_one("main")):
        assert where is not None
        values = [str(box["value"]) for box in where.select("input[name=exercise]")]
        assert sorted(values) == sorted(card.choice for card in cards)
        for card in cards:
            ticks = where.select(f'input[name="tick-{card.id}"]')
            assert len(ticks) == len(card.verdict.to_tick)


def test_three_and_one_more_for_each_statement(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    set_roles(world, couple)
    for scripts in (True, False):
        cards = everything(world, couple)
        free = [card for card in cards if not card.verdict.to_tick]
        asking = [card for card in cards if card.verdict.to_tick and not card.for_whom]
        for_one = [card for card in cards if card.verdict.to_tick and card.for_whom]
        for card in (free[0], free[-1], asking[0], for_one[0]):
            hand = Hand(desk, couple, scripts)
            hand.give(card)
            assert hand.count == 3 + len(card.verdict.to_tick)


def test_what_is_chosen_for_one_goes_to_that_one_alone(
    world: World, desk: Desk, couple: CoupleHere
) -> None:
    set_roles(world, couple)
    card = next(c for c in everything(world, couple) if c.for_whom == "b")
    Hand(desk, couple, scripts=False).give(card)
    with world.visit() as visit:
        query = sa.select(Recipient.person_id).join(
            Assignment, Assignment.id == Recipient.assignment_id
        )
        assert visit.db.scalars(query).all() == [couple.b]
