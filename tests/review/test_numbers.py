"""Homework in numbers: both lines for the counsellor, and nobody else's page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from portal.exercises.form.values import Money, Row, Value, rows_in
from portal.reflections.drafts.queries import draft
from portal.review.figures import figures_of
from portal.vocabulary import Role, Seat
from tests.homework.looking import Desk, issues
from tests.reflections.weekly import small_steps
from tests.support.filled import Filler
from tests.support.world import CoupleHere, World

SeatAtDesk = Callable[[UUID, Role], Desk]


def hard(value: int) -> dict[str, tuple[Row, ...]]:
    return {"areas": (Row("talking", None, {"hard": value, "since": "years", "work_on": True}),)}


def where_i_stand(leaning: int) -> dict[str, Value]:
    return {
        "living": "together",
        "story": "It began to wear thin.",
        "leaning": leaning,
        "hopes": (Row("one", None, {"hope": "we laugh again"}),),
    }


def twice_sent(world: World, couple: CoupleHere) -> None:
    """Two rounds a week apart; of the second one partner has only a draft."""
    assert couple.b is not None
    (first,) = world.an_assignment(couple)
    world.a_reflection(couple.a, first, {**issues("ann"), **hard(8)})
    world.a_reflection(couple.b, first, {**issues("ben"), **hard(3)})
    world.now += timedelta(days=7)
    (second,) = world.an_assignment(couple)
    world.a_reflection(couple.a, second, {**issues("ann"), **hard(5)})
    world.a_draft(couple.b, second, {**issues("ben"), **hard(9)})


def test_each_round_is_a_point_and_what_was_not_sent_is_a_gap(
    world: World, couple: CoupleHere
) -> None:
    twice_sent(world, couple)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (exercise,) = figures_of(visit, couple.id, "en").exercises
    found = {one.key: {s.name: s.values for s in one.chart.series} for one in exercise.measures}
    assert found["mean_hard"] == {"Ann": (8, 5), "Ben": (3, None)}
    assert found["willing"] == {"Ann": (1, 1), "Ben": (1, None)}


def test_a_skipped_week_is_a_gap_for_one_alone_too(
    world: World, couple: CoupleHere, desk: Desk
) -> None:
    small_steps(world, couple, [5, None, 7, None])
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (exercise,) = figures_of(visit, couple.id, "en").exercises
    (progress,) = [one for one in exercise.measures if one.key == "progress"]
    (line,) = progress.chart.series
    assert line.values == (5, None, 7), "what comes after the last is no gap"
    page = desk.open(f"/review/numbers/{couple.id}")
    (table,) = [each for each in page.soup.select("table") if progress.label in each.get_text()]
    cells = [cell.get_text() for cell in table.select("tbody td")]
    assert cells == ["5", "no answer", "7"]


def test_a_week_between_two_runs_is_none_and_each_run_has_its_own_gaps(
    world: World, couple: CoupleHere
) -> None:
    small_steps(world, couple, [5, 6, None, None])
    small_steps(world, couple, [None, 7, None, 8])
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (exercise,) = figures_of(visit, couple.id, "en").exercises
    (progress,) = [one for one in exercise.measures if one.key == "progress"]
    assert progress.chart.series[0].values == (5, 6, 7, None, 8)


def spent_once(world: World, couple: CoupleHere, amount: Money) -> None:
    """A diary in which one thing was bought, and a week later."""
    (round_id,) = world.an_assignment(couple, "spending-diary", to=(Seat.A,))
    with world.as_(couple.a, Role.PARTNER) as visit:
        least = Filler(world.now.date()).least(draft(visit, round_id).fields)
    (row, *_) = rows_in(least["days"])
    bought = replace(row, cells={**row.cells, "amount": amount})
    world.a_reflection(couple.a, round_id, {**least, "days": (bought,)})
    world.now += timedelta(days=7)


def test_amounts_in_two_currencies_stand_on_two_pictures(world: World, couple: CoupleHere) -> None:
    for amount in (Money(1250, "EUR"), Money(2000, "EUR"), Money(900, "USD")):
        spent_once(world, couple, amount)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (exercise,) = figures_of(visit, couple.id, "en").exercises
    spent = [one for one in exercise.measures if one.key.startswith("total_spent")]
    lines = {one.label: one.chart.series[0].values for one in spent}
    assert lines == {
        "Spent each day (EUR)": (12.5, 20, None),
        "Spent each day (USD)": (None, None, 9),
    }
    assert len({one.key for one in exercise.measures}) == len(exercise.measures)


def test_an_amount_is_as_exact_as_it_was_written_and_says_its_currency(
    world: World, couple: CoupleHere, desk: Desk
) -> None:
    for minor in (1234, 213555):
        spent_once(world, couple, Money(minor, "EUR"))
    page = desk.open(f"/review/numbers/{couple.id}")
    (table,) = [one for one in page.soup.select("table") if "Spent each day" in one.get_text()]
    assert [cell.get_text() for cell in table.select("tbody td")] == ["€12.34", "€2,135.55"]
    assert "Ann: from €12.34 to €2,135.55." in page.said
    box = table.find_parent(class_="chartbox")
    assert box is not None
    (picture, *_) = box.select("svg")
    edges = [text.get_text() for text in picture.select('text[text-anchor="end"]')]
    assert edges == ["0", "2.5K", "5K"], "the line in the middle stands at 2,500"


def test_what_each_was_given_singly_for_one_day_stands_in_one_column(
    world: World, couple: CoupleHere
) -> None:
    for _week in range(2):
        for seat, person, leaning in ((Seat.A, couple.a, 8), (Seat.B, couple.b, 3)):
            assert person is not None
            (round_id,) = world.an_assignment(couple, "starting-point", to=(seat,))
            world.a_reflection(person, round_id, where_i_stand(leaning))
        world.now += timedelta(days=7)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        (exercise,) = figures_of(visit, couple.id, "en").exercises
    (leaning_to,) = exercise.measures
    found = {series.name: series.values for series in leaning_to.chart.series}
    assert found == {"Ann": (8, 8), "Ben": (3, 3)}


def test_the_page_shows_them_with_a_table(world: World, couple: CoupleHere, desk: Desk) -> None:
    assert "No numbers yet" in desk.open(f"/review/numbers/{couple.id}").said
    (first,) = world.an_assignment(couple)
    world.a_reflection(couple.a, first, {**issues("ann"), **hard(6)})
    alone = desk.open(f"/review/numbers/{couple.id}")
    assert "Ann: 6 so far." in alone.said
    assert not alone.soup.select("main svg.chart"), "one number alone is no picture"
    world.now += timedelta(days=1)
    twice_sent(world, couple)
    page = desk.open(f"/review/numbers/{couple.id}")
    assert "Average trouble across areas" in page.said
    assert "Ann: from 6 to 5." in page.said
    assert "Lower is usually better." in page.said
    rows = [row.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]
    assert rows[1].endswith(" 8 3")
    assert rows[2].endswith(" 5 no answer")
    couple_page = desk.open(f"/desk/couples/{couple.id}")
    assert couple_page.soup.select(f'a[href="/review/numbers/{couple.id}"]')


def test_a_partner_and_another_counsellor_find_no_such_page(
    world: World, couple: CoupleHere, seat_at_desk: SeatAtDesk
) -> None:
    twice_sent(world, couple)
    stranger = world.a_counsellor(couple.practice_id, "Olga Other")
    for person, role in ((couple.a, Role.PARTNER), (stranger, Role.COUNSELLOR)):
        answer = seat_at_desk(person, role).client.get(f"/review/numbers/{couple.id}")
        assert answer.status_code == 404
