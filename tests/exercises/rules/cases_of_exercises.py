"""Each kind of safety rule that an exercise carries: one real case that it stops, and one that goes through."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.exercises.form.values import Row, Value, starter_ids
from portal.exercises.queries import standing
from portal.foundation.errors import DomainError, Unfit
from portal.homework.models import Tick
from portal.homework.queries import task
from portal.homework.service import NOT_TICKED
from portal.policies import gates, openings
from portal.reflections.openings.service import why_not_open
from portal.reflections.pieces.queries import own_pieces
from portal.reports.paper import passages
from portal.reports.service import preview
from portal.review.queries import reading
from portal.sessions.service import Hour, write_session
from portal.vocabulary import ContactLevel, PartnerRole, Role, Seat, Stance
from tests.exercises.rules.bench import Bench, Work, asks, refused, released_fields
from tests.support.sheets import put, say_yes

Case = Callable[[Bench, str, Any], None]


def never_with(bench: Bench, key: str, rule: Any) -> None:
    exercise = bench.edition(key).content.exercise
    suited = bench.suited.for_two(exercise)
    reasons = {gates.NEVER_CONTACT, gates.NEVER_ROLE, gates.NEVER_STANCE, gates.ROLE_NOT_SET}
    assert not reasons & set(bench.suited.verdict(suited, key).refused)
    assert bench.suited.assign(suited, key)
    for level in rule.contact_level:
        couple = bench.couple(contact=ContactLevel(level))
        assert gates.NEVER_CONTACT in refused(lambda c=couple: bench.give(c, key, suited.to))  # type: ignore[misc]
    for role in rule.role:
        couple = bench.couple()
        bench.noted(couple, Seat.A, role=PartnerRole(role))
        no = gates.ROLE_NOT_SET if PartnerRole(role) is PartnerRole.ANY else gates.NEVER_ROLE
        assert no in refused(lambda c=couple: bench.give(c, key, (Seat.A,)))  # type: ignore[misc]
    for stance in rule.stance:
        couple = bench.couple()
        for seat in Seat:
            bench.noted(couple, seat, stance=Stance(stance))
            assert gates.NEVER_STANCE in refused(lambda c=couple: bench.give(c, key, suited.to))  # type: ignore[misc]
            bench.noted(couple, seat)


def needs_confirm(bench: Bench, key: str, _rule: Any) -> None:
    exercise = bench.edition(key).content.exercise
    suited = bench.suited.for_two(exercise)
    sentences = set(exercise.safety.confirm)
    assert sentences
    told = refused(lambda: bench.give(suited.couple, key, suited.to))
    assert {NOT_TICKED.format(sentence=each) for each in sentences} <= set(told)
    to_tick = bench.suited.verdict(suited, key).to_tick
    for left_out in sentences:
        rest = tuple(each for each in to_tick if each != left_out)
        told = refused(lambda r=rest: bench.give(suited.couple, key, suited.to, r))  # type: ignore[misc]
        assert told == (NOT_TICKED.format(sentence=left_out),)
    (given,) = bench.suited.assign(suited, key)
    with bench.world.visit() as visit:
        rows = visit.db.scalars(sa.select(Tick).where(Tick.assignment_id == given.id)).all()
    assert sentences <= {row.sentence for row in rows}
    assert {row.ticked_at for row in rows} == {bench.world.now}


def confirm_stance(bench: Bench, key: str, rule: Any) -> None:
    suited = bench.suited.for_two(bench.edition(key).content.exercise)
    ask = NOT_TICKED.format(sentence=rule.ask)
    couple = bench.couple()
    bench.noted(couple, Seat.B)
    for seat in Seat:
        for stance in (*rule.stance, "not_set"):
            bench.noted(couple, seat, stance=Stance(stance))
            assert ask in refused(lambda: bench.give(couple, key, suited.to))
        assert bench.give(couple, key, suited.to, (rule.ask,))
        bench.noted(couple, seat)
    assert bench.give(couple, key, suited.to)


def needs_before(bench: Bench, key: str, rule: Any) -> None:
    couple = bench.couple()
    by = PartnerRole(rule.by)
    bench.noted(couple, Seat.A, role=by)
    bench.noted(couple, Seat.B, role=PartnerRole.INVOLVED)
    assert by is not PartnerRole.INVOLVED
    rest = tuple(bench.edition(key).content.exercise.safety.confirm)
    first = bench.edition(rule.exercise).content.exercise.safety.confirm
    asked = (NOT_TICKED.format(sentence=rule.or_tick),)
    assert refused(lambda: bench.give(couple, key, (Seat.B,), rest)) == asked
    assert bench.give(couple, key, (Seat.B,), (*rest, rule.or_tick))
    (round_id,) = bench.give(couple, rule.exercise, (Seat.A,), tuple(first))
    work = Work(couple, round_id, (couple.a,))
    bench.answer(work, couple.a, {})
    assert rule.state == "reviewed"
    assert refused(lambda: bench.give(couple, key, (Seat.B,), rest)) == asked
    bench.read(work)
    assert bench.give(couple, key, (Seat.B,), rest)


def _faults(bench: Bench, work: Work, values: Mapping[str, Value | None]) -> set[str]:
    """Which answers keep somebody from confirming a sheet with these; none where it is taken."""
    put(bench.world, work.people[0], work.round_id, values)
    try:
        say_yes(bench.world, work.people[0], work.round_id)
    except Unfit as no:
        return set(no.faults)
    return set()


def end_date_required(bench: Bench, key: str, rule: Any) -> None:
    work, today = bench.sheet(key), bench.world.now.date()
    for days in (-1, 0, rule.within_days + 1):
        found = _faults(bench, work, {rule.field: today + timedelta(days=days)})
        assert found == {rule.field}, days
    for days in (1, rule.within_days):
        assert not _faults(bench, work, {rule.field: today + timedelta(days=days)}), days
    assert say_yes(bench.world, work.people[1], work.round_id)


def must_tick(bench: Bench, key: str, rule: Any) -> None:
    work = bench.sheet(key)
    for left_out in rule.values:
        rest = tuple(value for value in rule.values if value != left_out)
        assert _faults(bench, work, {rule.field: rest}) == {rule.field}
    assert not _faults(bench, work, {rule.field: tuple(rule.values)})


def refuse_words(bench: Bench, key: str, rule: Any) -> None:
    fields: dict[str, Any] = {f.key: f for f in bench.edition(key).content.exercise.fields}
    work = bench.sheet(key)
    for number, name in enumerate(rule.fields):
        word = rule.words[number % len(rule.words)].replace("*", "s").upper()
        for words, is_refused in ((f"We share the {word} now", True), ("We are open", False)):
            value: Value = words
            if fields[name].type == "table":
                columns = {c.key: words for c in fields[name].columns if c.type.endswith("_text")}
                value = (Row(next(iter(_rows(fields[name]))), None, columns),)
            found = _faults(bench, work, {name: value})
            assert found == ({name} if is_refused else set()), (name, words)


def _rows(field: Any) -> list[str]:
    return [row.key for row in field.rows.fixed] or list(starter_ids(field))


def read_first(bench: Bench, key: str, rule: Any) -> None:
    edition = bench.edition(key)
    work = bench.sent(key, read=False)
    with bench.counsels(work.couple) as visit:
        lines = reading(visit, work.round_id).lines
    count = sum(line.reads_first for line in lines)
    assert 0 < count < len(lines)
    assert all(line.reads_first for line in lines[:count])
    assert {line.key for line in lines[:count]} <= set(rule.fields)
    assert not {line.key for line in lines[count:]} & set(rule.fields)
    if not edition.content.exercise.safety.hold_for_review or not edition.opens_anything:
        return
    assert openings.NOT_READ in refused(lambda: bench.let_out(work))
    bench.read(work)
    bench.let_out(work)


def stop_release(bench: Bench, key: str, rule: Any) -> None:
    (label,) = [f.label for f in bench.edition(key).content.exercise.fields if f.key == rule.field]
    stopped = openings.STOPPED.format(field=label)
    for value in _bad_values(bench, key, rule):
        work = bench.sent(key, {rule.field: value})
        others = _other_ticks(bench, key, rule)
        assert refused(lambda w=work, o=others: bench.let_out(w, rule.fields, o)) == (stopped,)  # type: ignore[misc]
        if rule.or_tick:
            bench.let_out(work, rule.fields, (rule.or_tick,))
    bench.let_out(bench.sent(key), rule.fields)


def _bad_values(bench: Bench, key: str, rule: Any) -> tuple[Value, ...]:
    if rule.below is not None:
        return (rule.below - 1,)
    if rule.among:
        return tuple(rule.among)
    fields = bench.edition(key).content.exercise.fields
    field: Any = next(each for each in fields if each.key == rule.field)
    return (tuple(option.value for option in field.options)[1:],)


def _other_ticks(bench: Bench, key: str, rule: Any) -> tuple[str, ...]:
    """Every statement of this exercise but this rule's own."""
    ticks: list[str] = [
        getattr(each, "or_tick", "")
        for each in bench.edition(key).content.exercise.safety.rules
        if each is not rule
    ]
    return tuple(each for each in ticks if each)


def confirm_release(bench: Bench, key: str, rule: Any) -> None:
    edition = bench.edition(key)
    work = bench.sent(key)
    field = released_fields(edition)[0]
    rest = tuple(each for each in asks(edition) if each != rule.ask)
    assert refused(lambda: bench.release(work, field, rest)) == (rule.ask,)
    bench.release(work, field, asks(edition))


def never_release(bench: Bench, key: str, _rule: Any) -> None:
    work = bench.sent(key)
    with bench.counsels(work.couple) as visit:
        assert openings.NEVER in why_not_open(visit, task(visit, work.round_id))
    assert openings.NEVER in refused(lambda: bench.open(work))
    for field in bench.edition(key).content.exercise.fields:
        with pytest.raises(DomainError):
            bench.release(work, field.key)
    bench.release(bench.sent("letting-go"), "for_now")


def _printed(bench: Bench, work: Work) -> str:
    """Everything that any edition holds of the time in which this was sent."""
    with bench.counsels(work.couple) as visit:
        hour = Hour(starts_at=bench.world.now, minutes=50, attended=(Seat.A, Seat.B))
        session = write_session(visit, work.couple.id, hour)
        visit.db.flush()
        editions = ("clinical", "couple", str(work.people[0]))
        return "\n".join(
            text for each in editions for text in passages(preview(visit, session.id, each))
        )


def never_print(bench: Bench, key: str, _rule: Any) -> None:
    said = {True: bench.world.marker(), False: bench.world.marker()}
    works = {
        True: bench.sent(key, {_text(bench, key): said[True]}),
        False: bench.sent("needs-and-values", {"ask": said[False]}),
    }
    text = "\n".join(_printed(bench, work) for work in works.values())
    assert said[True] not in text
    assert said[False] in text


def _text(bench: Bench, key: str) -> str:
    fields = bench.edition(key).content.exercise.fields
    return next(each.key for each in fields if each.type == "long_text" and each.required)


def title_hidden(bench: Bench, key: str, _rule: Any) -> None:
    work, other = bench.sent(key), bench.sent("needs-and-values")
    hidden = standing().partner_sees.hidden_title
    titles: dict[UUID, str] = {}
    for each in (work, other):
        with bench.world.as_(each.people[0], Role.PARTNER) as visit:
            titles |= {piece.round_id: piece.title for piece in own_pieces(visit)}
    assert titles[work.round_id] == hidden
    assert titles[other.round_id] == bench.edition("needs-and-values").title
    text = _printed(bench, work)
    assert bench.edition(key).title not in text


CASES: Mapping[str, Case] = {
    "never_with": never_with,
    "needs_confirm": needs_confirm,
    "confirm_stance": confirm_stance,
    "needs_before": needs_before,
    "end_date_required": end_date_required,
    "must_tick": must_tick,
    "refuse_words": refuse_words,
    "read_first": read_first,
    "stop_release": stop_release,
    "confirm_release": confirm_release,
    "never_release": never_release,
    "never_print": never_print,
    "title_hidden_from_partner": title_hidden,
}
