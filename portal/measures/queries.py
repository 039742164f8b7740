"""Finding check-ins: one's own, or both partners' for their counsellor; never the other's."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.exercises.queries import catalogue
from portal.foundation.database import held
from portal.foundation.errors import NotFound
from portal.measures import scoring
from portal.measures.cards import (
    CheckInCard,
    CheckInState,
    OwnCheckIns,
    OwnWeek,
    PartRow,
    TotalCard,
    WritingCard,
)
from portal.measures.charts import weekly
from portal.measures.consents import is_asked, newest_of
from portal.measures.models import CheckIn, CheckInSetting, CheckInWord
from portal.measures.opened import WEEK, answers_of, draft_of, weeks_beside, words_beside
from portal.measures.questions import (
    CheckInText,
    LastQuestion,
    ScoreRules,
    read_last,
    read_rules,
    read_text,
)
from portal.people.cards import CoupleCard, OwnCoupleCard
from portal.people.queries import contact_level_of, couple_of, own_couple
from portal.policies import deeds
from portal.policies.editions import PARTS_TEXT
from portal.policies.sight import sight_of_check_in
from portal.policies.viewer import require
from portal.visit import Visit
from portal.vocabulary import CheckInWording, ContactLevel, Sight


def text_of(wording: CheckInWording) -> CheckInText:
    """The check-in as it is asked in this wording."""
    return read_text(catalogue().check_in, wording)


def rules() -> ScoreRules:
    """How the check-in is scored."""
    return read_rules(catalogue().check_in)


def last_questions() -> dict[str, LastQuestion]:
    """The two questions that the check-in ends with, like every exercise."""
    return read_last(catalogue().common)


def is_on(visit: Visit, couple_id: UUID) -> bool:
    """Whether this couple is asked every week; only where the counsellor switched it on."""
    query = select(CheckInSetting.is_on).where(CheckInSetting.couple_id == couple_id)
    return bool(visit.db.scalars(query).first())


def wording_for(visit: Visit, own: OwnCoupleCard) -> CheckInWording:
    """No contact wins; then one who comes alone; then how the two live."""
    contact = contact_level_of(visit, couple_of(visit, own.id))
    if contact is ContactLevel.NO_CONTACT:
        return CheckInWording.NO_CONTACT
    if not own.partner_takes_part:
        return CheckInWording.SOLO
    apart = contact is ContactLevel.SEPARATED_CONTACT
    return CheckInWording.APART if apart else CheckInWording.TOGETHER


def monday(now: datetime, zone: str) -> date:
    """The first day of the week that it is now in this zone."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=today.weekday())


def own_row(visit: Visit, week_on: date, *, lock: bool = False) -> CheckIn | None:
    """This partner's own check-in of this week; held, where something is about to be written."""
    query = select(CheckIn).where(
        CheckIn.person_id == visit.viewer.me(), CheckIn.week_on == week_on
    )
    if lock:
        query = held(query)
    return visit.db.scalars(query).first()


def _asked_in(visit: Visit, own: OwnCoupleCard, drawn: str) -> CheckInWording:
    # What somebody answers on an open page is what it asks, whatever would be asked by now.
    known = next((each for each in CheckInWording if each.value == drawn), None)
    return known or wording_for(visit, own)


def writing(visit: Visit, *, late: bool = False, week: str = "", wording: str = "") -> WritingCard:
    """This week's check-in, or that of the week before: a draft of it, or a page that was opened in it.

    A week that is not begun is asked in the wording that its page says it was drawn in.

    A page that says it is of the week before goes on there, also where nothing of it was kept yet,
    as long as its writer was asked in that week.
    """
    own = own_couple(visit)
    require(deeds.may_check_in(visit.viewer, own.id))
    zone = own.writer_zone
    this_week = monday(visit.now, zone)
    last_week = this_week - WEEK
    query = select(CheckIn).where(
        CheckIn.person_id == visit.viewer.me(), CheckIn.week_on.in_([this_week, last_week])
    )
    rows = {row.week_on: row for row in visit.db.scalars(query)}
    before = rows.get(last_week)
    is_of_last = week == last_week.isoformat()
    may_begin = is_of_last and before is None and _was_asked(visit, own, last_week)
    late = late or may_begin or (is_of_last and before is not None)
    week_on = last_week if late else this_week
    row = rows.get(week_on)
    switched_on = is_on(visit, own.id)
    if row is None and not (may_begin if late else switched_on):
        raise NotFound
    draft = draft_of(visit, row)
    asked_in = row.wording if row else _asked_in(visit, own, wording)
    later = [words_beside(visit, each) for each in weeks_beside(visit, week_on)]
    return WritingCard(
        own=own,
        zone=zone,
        week_on=week_on,
        is_late=late,
        wording=asked_in,
        text=text_of(asked_in),
        typed=draft.values,
        counts=draft.counts,
        left=[*(pair for left in later for pair in left), *draft.left]
        if row is None or row.sent_at is None
        else draft.left,
        saved_at=row.saved_at if row else None,
        sent_at=row.sent_at if row else None,
        unsent_before=not late and before is not None and before.sent_at is None,
        is_on=switched_on,
    )


def _was_asked(visit: Visit, own: OwnCoupleCard, week_on: date) -> bool:
    """Whether this partner was asked in a week that is over: it was on by then, and they had joined."""
    query = select(CheckInSetting.changed_at).where(
        CheckInSetting.couple_id == own.id, CheckInSetting.is_on
    )
    since = (visit.db.scalars(query).first(), visit.viewer.couples[own.id].joined_at)
    return all(at is not None and monday(at, own.writer_zone) <= week_on for at in since)


def check_in_state(visit: Visit, own: OwnCoupleCard) -> CheckInState:
    """Whether this partner is asked this week, and has answered."""
    row = own_row(visit, monday(visit.now, own.writer_zone))
    return CheckInState(is_on(visit, own.id), bool(row and row.sent_at))


def own_check_ins(visit: Visit, locale: str) -> OwnCheckIns:
    """A partner's own totals over time, as numbers and as a picture."""
    own = own_couple(visit)
    rows = [row for row in _sent(visit, [own.id]) if row.person_id == visit.viewer.me()]
    scored = rules()
    weeks = tuple(
        OwnWeek(row.week_on, row.sent_at, _score(visit, row)) for row in rows if row.sent_at
    )
    yes = newest_of(visit, own.id).get(visit.viewer.me())
    return OwnCheckIns(
        own=own,
        is_on=is_on(visit, own.id),
        is_asked_for_paper=is_asked(visit, own),
        weeks=weeks,
        chart=weekly(
            [(own.me.first_name, own.seat, {w.week_on: w.score.total for w in weeks})], locale
        ),
        columns=tuple(part.label for part in scored.subscales),
        rows=tuple(
            PartRow(w.week_on, (w.score.total, *(w.score.parts[p.key] for p in scored.subscales)))
            for w in reversed(weeks)
        ),
        says_yes=bool(yes and yes.says_yes),
        says_yes_to_parts=bool(yes and yes.says_yes and yes.text_version >= PARTS_TEXT),
        said_at=yes.given_at if yes else None,
        caution=text_of(CheckInWording.TOGETHER).caution,
        is_scored=any(week.score.total is not None for week in weeks),
    )


def check_ins_of(visit: Visit, couple: CoupleCard) -> list[CheckInCard]:
    """What was sent by either partner, the earliest first, whole, for who looks after them."""
    require(deeds.may_read_file(visit.viewer, couple.id))
    return laid_out(visit, _sent(visit, [couple.id]), [couple])


def laid_out(
    visit: Visit, rows: Sequence[CheckIn], couples: Sequence[CoupleCard]
) -> list[CheckInCard]:
    """These check-ins whole, in their order; callers ask the rule of sight first."""
    visit.vault.warm({row.person_id for row in rows})
    query = select(CheckInWord).where(CheckInWord.check_in_id.in_([row.id for row in rows]))
    words: dict[UUID, dict[str, str]] = {}
    for word in visit.db.scalars(query):
        words.setdefault(word.check_in_id, {})[word.field_key] = word.words(
            visit.vault, "value", word.person_id
        )
    members = {(c.id, member.person.id): member for c in couples for member in c.members}
    asked = {w: {item.key: item.text for item in text_of(w).items} for w in CheckInWording}
    return [
        CheckInCard(
            id=row.id,
            couple_id=row.couple_id,
            person_id=row.person_id,
            name=members[row.couple_id, row.person_id].person.first_name,
            seat=members[row.couple_id, row.person_id].seat,
            week_on=row.week_on,
            sent_at=row.sent_at,
            wording=row.wording,
            asked=asked[row.wording],
            answers=answers_of(visit, row),
            comment=row.words(visit.vault, "comment", row.person_id),
            score=_score(visit, row),
            could_be_open=words.get(row.id, {}).get("could_be_open", ""),
            private_note=words.get(row.id, {}).get("private_note", ""),
        )
        for row in rows
        if row.sent_at is not None and (row.couple_id, row.person_id) in members
    ]


def totals_of(visit: Visit, couple: CoupleCard) -> list[TotalCard]:
    """The totals with their parts that this viewer may see, the earliest first."""
    rows = _sent(visit, [couple.id])
    visit.vault.warm({row.person_id for row in rows})
    return [
        TotalCard(row.person_id, row.week_on, row.sent_at, scored.total, scored.parts)
        for row in rows
        if row.sent_at is not None
        for scored in [_score(visit, row)]
    ]


def _sent(visit: Visit, ids: Sequence[UUID]) -> list[CheckIn]:
    """What this viewer may see of what was sent, the earliest week first."""
    query = select(CheckIn).where(CheckIn.couple_id.in_(ids), CheckIn.sent_at.is_not(None))
    return [
        row
        for row in visit.db.scalars(query.order_by(CheckIn.week_on, CheckIn.id))
        if sight_of_check_in(visit.viewer, row.couple_id, row.person_id, row.sent_at) is Sight.WORDS
    ]


def _score(visit: Visit, row: CheckIn) -> scoring.Score:
    return scoring.score(answers_of(visit, row), row.wording, rules())
