"""Switching the check-in on, keeping what is typed, sending it, and the yes for paper."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.audit import service as audit
from portal.exercises.form.typed_text import goes_on, is_put_right
from portal.foundation.database import held
from portal.foundation.errors import NotFound
from portal.measures import opened, queries
from portal.measures.cards import Kept, Typed, WritingCard, mark_of_left
from portal.measures.models import SENT, CheckIn, CheckInSetting, CheckInWord, TotalsConsent
from portal.measures.opened import TEXTS
from portal.people.models import Couple
from portal.people.queries import couple_of, own_couple
from portal.policies import deeds
from portal.policies.editions import SAME_WEEKS_TEXT
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import Act

CONSENT_TEXT = SAME_WEEKS_TEXT  # totals and their parts, of weeks in which each has one
PRIVATE = ("could_be_open", "private_note")
WRITTEN = ("comment", *PRIVATE)  # asked in the same words whoever is asked
SENT_BEFORE = SENT
NOT_ASKED = "The weekly check-in is not asked any more."
OVER = "The week of this page is over."


def switch(visit: Visit, couple_id: UUID, *, on: bool) -> None:
    """The counsellor decides whether this couple is asked every week."""
    require(deeds.may_care_for(visit.viewer, couple_id))
    couple = couple_of(visit, couple_id)
    query = select(CheckInSetting).where(CheckInSetting.couple_id == couple.id)
    row = visit.db.scalars(query).first()
    if row is None:
        row = CheckInSetting(couple_id=couple.id, is_on=on, changed_at=visit.now)
        visit.db.add(row)
    row.is_on, row.changed_at = on, visit.now
    audit.record(visit, Act.SWITCHED_CHECK_IN, couple.id, couple.id)


def save(visit: Visit, typed: Typed, *, late: bool = False) -> Kept:
    """Keep what was typed, as it was typed, under its writer's own key.

    A text that another tab or device changed meanwhile is not written over: it stays, and is
    handed back so that its writer sees both; the one that came later is kept beside it, for the
    page that it was typed on may be on its way out. Nor is a choice written over that this page
    only shows as it was.
    """
    row = _row(visit, late=late, wording=typed.wording)
    row.require_unsent()
    stored = opened.draft_of(visit, row)
    values, counts, other = dict(typed.values), dict(stored.counts), {}
    left = [(key, text) for key, text in stored.left]
    for key in TEXTS:
        theirs = stored.values.get(key, "")
        if values.get(key, "") == theirs:
            continue
        is_behind = typed.counts.get(key, 0) < counts.get(key, 0)
        if is_behind and not typed.has_sent(key, theirs):
            left.append((key, values.get(key, "")))
            other[key] = values[key] = theirs
        else:
            counts[key] = counts.get(key, 0) + 1
    moved = {
        key: stored.values.get(key, "")
        for key, drawn in typed.drawn.items()
        if values.get(key, "") == drawn != stored.values.get(key, "")
        and not typed.has_sent(key, stored.values.get(key, ""))
    }
    values.update(moved)
    _write(visit, row, Typed(values, counts, _not_twice(left, values)))
    chosen = {key: typed.values.get(key, "") for key in typed.drawn}
    return Kept(counts, other, chosen, bool(moved))


def _not_twice(left: Sequence[tuple[str, str]], values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was left and stands nowhere else: neither in the draft nor in what was left after it."""
    kept: list[tuple[str, str]] = []
    for key, text in reversed(left):
        newer = [values.get(key, ""), *(other for name, other in kept if name == key)]
        if text.strip() and not any(_holds(key, words, text) for words in newer):
            kept.insert(0, (key, text))
    return kept


def _holds(key: str, words: str, text: str) -> bool:
    """Whether somebody has only written on from this text, or chosen the same."""
    return goes_on(text.strip(), words.strip()) if key in TEXTS else words == text


def leave_words(visit: Visit, typed: Typed, *, late: bool = False) -> None:
    """Words from a page whose sign-in had rested, or that comes too late: kept beside the draft, changing nothing in it.

    Where the week's was sent meanwhile, what differs from it waits beside the next one; the beginning of what was
    sent is not another text. A number goes with the question that it was chosen for: where other questions are
    asked by now, only what was written stands beside.
    """
    row = _row(visit, late=late, wording=typed.wording)
    if typed.wording and typed.wording != row.wording.value:
        typed = replace(typed, values={k: v for k, v in typed.values.items() if k in WRITTEN})
    stored = opened.draft_of(visit, row)
    known = stored.values if row.sent_at is None else opened.what_was_sent(visit, row)
    left = [(key, text) for key, text in stored.left]
    for key, text in typed.values.items():
        is_known = _holds(key, known.get(key, ""), text) or (key, text) in left
        if text.strip() and not is_known:
            left = [one for one in left if not _gives_way(one, key, text, typed)]
            left.append((key, text))
    _write(visit, row, Typed(stored.values, stored.counts, left))


def _gives_way(left: tuple[str, str], key: str, text: str, typed: Typed) -> bool:
    """Whether this same page left it before and has only gone on from it, so that one stays of the two."""
    name, before = left
    if name != key or not typed.has_sent(key, before):
        return False
    return key not in TEXTS or is_put_right(before, text)


def put_away(visit: Visit, mark: str, *, late: bool = False) -> None:
    """Their writer does not need these words any more, wherever they wait."""
    row = _row(visit, late=late)
    row.require_unsent()
    stored = opened.draft_of(visit, row)
    left = [pair for pair in stored.left if mark_of_left(*pair) != mark]
    if len(left) != len(stored.left):
        _write(visit, row, Typed(stored.values, stored.counts, left))
    for each in opened.weeks_beside(visit, row.week_on):
        if mark in {mark_of_left(*pair) for pair in opened.words_beside(visit, each)}:
            _write(visit, each, opened.but(visit, each, {mark}))


def _write(visit: Visit, row: CheckIn, typed: Typed) -> None:
    words = {"values": dict(typed.values), "counts": dict(typed.counts), "left": typed.left}
    row.put(visit.vault, "draft", json.dumps(words, ensure_ascii=False), row.person_id)
    if row.sent_at is None:
        row.saved_at = visit.now


def send(visit: Visit, typed: Typed, *, late: bool = False) -> CheckIn:
    """Send this week's check-in; the two last questions go their own way and are not seen again."""
    row = _row(visit, late=late)
    row.require_unsent()
    me, values = row.person_id, typed.values
    keys = [item.key for item in queries.text_of(row.wording).items]
    answers = {key: _number(values[key]) for key in keys if values.get(key)}
    row.put(visit.vault, "answers", json.dumps(answers), me)
    row.put(visit.vault, "comment", values.get("comment", "").strip(), me)
    for key in PRIVATE:
        if values.get(key, "").strip():
            word = CheckInWord(
                id=uuid4(), check_in_id=row.id, person_id=me, field_key=key, sent_at=visit.now
            )
            word.put(visit.vault, "value", values[key], me)
            visit.db.add(word)
    row.draft, row.saved_at, row.sent_at = None, visit.now, visit.now
    for before in opened.weeks_beside(visit, row.week_on):
        waited = {mark_of_left(*pair) for pair in opened.words_beside(visit, before)}
        if before.sent_at is not None:
            before.draft = None  # it waited beside this one
        elif waited:
            _write(visit, before, opened.but(visit, before, waited))
    own = own_couple(visit)
    row.policy, row.policy_version = own.secrets_policy, own.policy_version
    audit.record(visit, Act.SENT_CHECK_IN, row.id, row.couple_id)
    return row


def say(visit: Visit, *, yes: bool) -> None:
    """A partner says whether their totals, with their parts, may stand in the coming summary for both.

    A paper for both that is just being finished is waited for: a no that is acknowledged counts for all after it.
    """
    own = own_couple(visit)
    require(deeds.may_check_in(visit.viewer, own.id))
    visit.db.scalars(held(select(Couple).where(Couple.id == own.id), read=True)).one()
    row = TotalsConsent(
        couple_id=own.id,
        person_id=visit.viewer.me(),
        says_yes=yes,
        text_version=CONSENT_TEXT,
        given_at=visit.now,
    )
    visit.db.add(row)
    audit.record(visit, Act.CONSENTED if yes else Act.CONSENT_WITHDRAWN, row.id, own.id)


def _row(visit: Visit, *, late: bool, wording: str = "") -> CheckIn:
    """The row of this week or of the one before, made where there is none yet. Locked."""
    week = _last_week(visit) if late else ""
    card = queries.writing(visit, late=late, week=week, wording=wording)
    row = queries.own_row(visit, card.week_on, lock=True)
    if row is None:
        try:
            with visit.db.begin_nested():
                visit.db.add(_begun(visit, card))
        except IntegrityError:
            visit.db.expire_all()  # another page of the same person was a moment faster
        row = queries.own_row(visit, card.week_on, lock=True)
    if row is None:
        raise NotFound
    return row


def _last_week(visit: Visit) -> str:
    last = queries.monday(visit.now, own_couple(visit).writer_zone) - opened.WEEK
    return last.isoformat()


def _begun(visit: Visit, card: WritingCard) -> CheckIn:
    return CheckIn(
        couple_id=card.own.id,
        person_id=visit.viewer.me(),
        week_on=card.week_on,
        wording=card.wording,
        policy=card.own.secrets_policy,
        policy_version=card.own.policy_version,
        saved_at=visit.now,
    )


def _number(typed: str) -> int | None:
    return None if typed == opened.NOT_FIT else int(typed)
