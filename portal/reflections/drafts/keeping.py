"""Words that have no place in a draft now: kept beside it until their writer decides."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import delete, select

from portal.exercises.form.answers import from_json
from portal.exercises.form.definition import Field, RowsField
from portal.exercises.form.reading import Reading
from portal.exercises.form.shown import shown
from portal.exercises.form.typed_text import goes_on, is_put_right
from portal.exercises.form.values import People, Value
from portal.foundation.errors import NotFound
from portal.people.cards import OwnCoupleCard
from portal.people.queries import own_couple
from portal.reflections.answers import Typed
from portal.reflections.drafts.cards import KeptCard
from portal.reflections.drafts.queries import is_private, own_task
from portal.reflections.models import WRITABLE, KeptVersion, LeftChair, PrivateWord, Reflection
from portal.visit import Visit
from portal.vocabulary import Seat

TEXTS = ("short_text", "long_text")
LIES_ELSEWHERE = "This has changed since you opened the page, so nothing was kept here."


def keep_beside(
    visit: Visit,
    reflection: Reflection,
    field: Field,
    text: str,
    by: UUID | None = None,
    sent: Collection[str] = (),
) -> None:
    """Keep another version of an answer for whoever typed it; once, however often it comes.

    What the same page sent before gives way to the same text put right, so that typing on leaves one.
    What went to the counsellor alone and comes again, as from a page one has gone back to, is not kept:
    it was sent, and is shown to nobody else. Nor is a choice that comes after the sending: it is no words.
    """
    who = by or reflection.respondent_id
    if is_private(field):
        is_late = reflection.state not in WRITABLE and field.type != "long_text"
        if is_late or text in _sent_alone(visit, reflection, who, field):
            return
    known = _kept_of(visit, reflection, who, field)
    if not text or text in known.values():
        return
    for row, before in known.items():
        is_typed_on = isinstance(field, RowsField) and goes_on(before, text)
        is_own = before in sent and _is_same(field, before, text)
        if is_typed_on or is_own or _stands_in(field, before, text):
            visit.db.delete(row)
    kept = KeptVersion(
        reflection_id=reflection.id,
        field_key=field.key,
        respondent_id=who,
        kept_at=visit.now,
    )
    kept.value = visit.vault.seal(kept.respondent_id, kept.place, text)
    visit.db.add(kept)


def let_go(visit: Visit, reflection: Reflection, field: Field, now: str) -> None:
    """What one kept of one's own answer and what stands in it now after all need not be kept twice."""
    for row, before in _kept_of(visit, reflection, visit.viewer.me(), field).items():
        if _stands_in(field, before, now):
            visit.db.delete(row)


def let_go_shown(visit: Visit, field: Field, beside: Iterable[KeptCard], now: str) -> None:
    """The same of what lay beside one answer on a page, as far as its writer could read it there."""
    said = (each for each in beside if not each.is_hidden)
    if ids := [each.id for each in said if _stands_in(field, each.text, now)]:
        visit.db.execute(delete(KeptVersion).where(KeptVersion.id.in_(ids)))


def holds(field: Field, whole: str, words: str) -> bool:
    """Whether these words stand in the whole just so, wherever its lines break; what is no text, line by line."""
    if field.type not in TEXTS:
        return set(words.splitlines()) <= set(whole.splitlines())
    return f" {' '.join(words.split())} " in f" {' '.join(whole.split())} "


def put_away(visit: Visit, kept_id: UUID) -> UUID:
    """The writer has decided: this other version is not needed. Gives the round's id."""
    kept = visit.db.get(KeptVersion, kept_id)
    if kept is None or kept.respondent_id != visit.viewer.me():
        raise NotFound
    reflection = visit.db.get_one(Reflection, kept.reflection_id)
    own_task(visit, reflection.round_id)
    visit.db.delete(kept)
    return reflection.round_id


def lies_elsewhere(visit: Visit, named: str) -> bool:
    """Whether the piece that a page was drawn of was given to somebody else since, who wrote it.

    Their words stand on that page: nothing of it is kept for whoever sits there. It hangs on what left
    this person's own chair, so that nothing the other does with the piece is told by the answer.
    """
    try:
        piece_id = UUID(named)
    except ValueError:
        return False
    me = visit.viewer.me()
    left = select(LeftChair.id).where(
        LeftChair.reflection_id == piece_id, LeftChair.person_id == me
    )
    came_back = select(Reflection.id).where(
        Reflection.id == piece_id, Reflection.respondent_id == me
    )
    return visit.db.scalar(left.limit(1)) is not None and visit.db.scalar(came_back) is None


def people_of(own: OwnCoupleCard) -> People:
    """The two first names, for answers that name a person."""
    return People(own.name_at(Seat.A), own.name_at(Seat.B))


def readable(
    field: Field, value: Value | None, own: OwnCoupleCard, typed: Typed | None = None
) -> str:
    """An answer as plain words, to be laid beside another, with what the form could not understand."""
    odd = [text for texts in odd_in(field, typed or {}).values() for text in texts if text]
    card = shown(field, value, people_of(own), "en")
    rows = [" · ".join((label, *cells)) for label, cells in card.rows]
    return "\n".join(part for part in (card.text, *card.lines, *rows, *odd) if part)


def said_before(field: Field, reading: Reading, own: OwnCoupleCard) -> set[str]:
    """What the same page sent for this answer before, as far as it heard no answer to it."""
    earlier = (each for each in reading.earlier if field.key in each.present)
    return {readable(field, one.values.get(field.key), own, one.typed) for one in earlier}


def odd_in(field: Field, typed: Typed) -> dict[str, tuple[str, ...]]:
    """What was typed into the boxes of one question and could not be understood."""
    return {box: texts for box, texts in typed.items() if box.split(".")[1] == field.key}


def _kept_of(
    visit: Visit, reflection: Reflection, who: UUID, field: Field
) -> dict[KeptVersion, str]:
    """What is kept beside this answer for this person already, opened."""
    query = select(KeptVersion).where(
        KeptVersion.reflection_id == reflection.id,
        KeptVersion.respondent_id == who,
        KeptVersion.field_key == field.key,
    )
    return {row: visit.vault.open(row.place, row.value) for row in visit.db.scalars(query)}


def _stands_in(field: Field, before: str, now: str) -> bool:
    """Whether nothing is lost where only this stands: a text may go on, and all else by whole lines.

    "Yes" is another answer than "Yes, at weekends", and 3 than 3.5.
    """
    if before == now:
        return True
    return goes_on(before, now) if field.type in TEXTS else now.startswith(f"{before}\n")


def _is_same(field: Field, before: str, now: str) -> bool:
    """Whether somebody has only put it right; a choice is no words, and is made anew."""
    is_written = field.type in TEXTS or isinstance(field, RowsField)
    return not is_written or is_put_right(before, now)


def _sent_alone(visit: Visit, reflection: Reflection, who: UUID, field: Field) -> set[str]:
    query = select(PrivateWord).where(
        PrivateWord.reflection_id == reflection.id,
        PrivateWord.respondent_id == who,
        PrivateWord.field_key == field.key,
    )
    found = [from_json(field, visit.vault.open(w.place, w.value)) for w in visit.db.scalars(query)]
    own = own_couple(visit) if found else None
    return {readable(field, value, own) for value in found} if own else set()
