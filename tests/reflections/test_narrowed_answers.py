"""In an open round one's own answer for the counsellor alone stays on one's own page, and on no other."""

from datetime import timedelta

from portal.vocabulary import Seat
from tests.promises.round_deeds import RealRound
from tests.reflections.material import SitDown
from tests.support.sheets import second
from tests.support.world import CoupleHere, World

MINE, THEIRS = "what Ann keeps from Ben", "what Ben lets Ann read"
NONE, BELOW = "Nothing here.", "Yours stands below, with who can read it."


def test_it_stands_under_what_one_wrote(
    world: World, couple: CoupleHere, sit_down: SitDown
) -> None:
    real = RealRound.given(world, couple)
    for seat, text in ((Seat.A, MINE), (Seat.B, THEIRS)):
        real.write(seat, text, narrow=seat is Seat.A)
        real.send(seat, says_yes=True)
        world.now += timedelta(minutes=1)
        real.mark_read(seat)
    real.open()
    world.now += timedelta(minutes=1)
    page = sit_down(couple.a).open(f"/reflections/{real.round_id}")
    assert page.said.count(THEIRS)
    assert BELOW in page.said
    assert NONE not in page.said
    (below,) = page.soup.select('section[aria-labelledby="mine-h"]')
    assert MINE in below.get_text()
    assert "Only my counsellor" in below.get_text()
    others = sit_down(second(couple)).open(f"/reflections/{real.round_id}")
    (none,) = [each for each in others.soup.select(".answer__none") if NONE in each.get_text()]
    question = none.find_parent("div", class_="stack")
    assert question is not None
    assert THEIRS in question.get_text()
    assert MINE not in question.get_text()
    assert BELOW not in others.said
