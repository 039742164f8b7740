"""One couple's months as deeds at fixed moments: what everybody may know, told the same each time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account
from portal.accounts.service import make_account, start_sign_in
from portal.accounts.settings.service import begin
from portal.agenda.service import plan
from portal.care.service import change_terms
from portal.exercises.form.values import Row, Value
from portal.homework.queries import task
from portal.homework.service import close
from portal.measures.service import say
from portal.people.service import CoupleTerms, acknowledge_policy
from portal.records.release.service import answer, ask
from portal.reflections.models import Reflection
from portal.reflections.openings.service import open_round
from portal.reflections.queries import opened_rounds
from portal.reflections.sending.service import mark_read
from portal.reports.drawing import draw
from portal.reports.service import Paper, finish, order, proof
from portal.review.service import release_feedback, write_feedback
from portal.sessions.service import Hour, write_session
from portal.vocabulary import ContactLevel, OpeningRule, Pocket, Role, Seat, SecretsPolicy
from tests.support.check_ins import a_check_in, switch_on, typed
from tests.support.moments import after
from tests.support.promised import newest
from tests.support.sheets import OWN, SHARED, a_sheet, put
from tests.support.world import CoupleHere, World


@dataclass(frozen=True)
class Setting:
    """How the couple is set up, and whether the reader says yes to the round that waits."""

    opening: OpeningRule = OpeningRule.COUNSELLOR
    contact: ContactLevel = ContactLevel.TOGETHER
    policy: SecretsPolicy = SecretsPolicy.JUDGEMENT
    reader: Seat = Seat.A
    says_yes: bool = True


@dataclass
class Told:
    """One world while its story is told: who is who, and the ids of what was made so far."""

    world: World
    app: Flask
    setting: Setting
    couple: CoupleHere
    ids: dict[str, Any] = field(default_factory=dict)
    token: str = ""

    @property
    def reader(self) -> UUID:
        """The partner whose pages are compared."""
        return self._at(self.setting.reader)

    @property
    def other(self) -> UUID:
        """The partner of whom nothing may be noticed."""
        return self._at(self.other_seat)

    @property
    def other_seat(self) -> Seat:
        """Where the other one sits."""
        return Seat.B if self.setting.reader is Seat.A else Seat.A

    def pocket(self, seat: Seat) -> Pocket:
        """The pocket of one seat."""
        return Pocket(seat.value)

    def counsels(self) -> Any:
        """A visit of the counsellor at this moment."""
        return self.world.as_(self.couple.counsellor_id, Role.COUNSELLOR)

    def acts(self, person_id: UUID) -> Any:
        """A visit of one partner at this moment."""
        return self.world.as_(person_id, Role.PARTNER)

    def part(self, visit: Any, name: str, person_id: UUID) -> UUID:
        """The id of somebody's work on the round of this name."""
        query = sa.select(Reflection.id).where(
            Reflection.round_id == self.ids[name], Reflection.respondent_id == person_id
        )
        found: UUID = visit.db.scalars(query).one()
        return found

    def _at(self, seat: Seat) -> UUID:
        found = self.couple.a if seat is Seat.A else self.couple.b
        assert found is not None
        return found


Deed = Callable[[Told], None]
Steps = Mapping[float, Deed]


def tell(told: Told, secrets: Mapping[float, Deed]) -> None:
    """Everything that this reader may know of, with the secrets in between, each at its moment."""
    steps = [*OPENLY.items(), *secrets.items()]
    for hour, deed in sorted(steps, key=lambda step: step[0]):
        told.world.now = after(hours=hour)
        deed(told)
    told.world.now = after(hours=END)
    told.token = _sits_down(told)


def _sits_down(told: Told) -> str:
    with told.app.app_context(), told.acts(told.reader) as visit:
        account = visit.db.get_one(Account, told.ids["account"][told.reader])
        return start_sign_in(visit, account, Role.PARTNER, "Firefox, Linux")


def furnish(world: World, app: Flask, setting: Setting) -> Told:
    """The practice, the couple and their accounts, before anything secret happens."""
    counsellor = world.a_counsellor(world.a_practice())
    couple = world.a_couple(counsellor, contact=setting.contact, opening=setting.opening)
    told = Told(world, app, setting, couple)
    with told.counsels() as visit:
        terms = CoupleTerms(
            contact=setting.contact, opening_rule=setting.opening, secrets_policy=setting.policy
        )
        change_terms(visit, couple.id, terms)
        plan(visit, couple.id, after(days=14))
    told.ids["account"] = {}
    for person in (told.reader, told.other):
        with app.app_context(), told.acts(person) as visit:
            account = make_account(visit, person, f"login-{person}", None)
            told.ids["account"][person] = account.id
            begin(visit, newest(visit))
    return told


def loop(words: str) -> dict[str, Value]:
    """A whole loop in somebody's words."""
    texts = ("scene", "outside", "inside", "story", "sentence", "kind_friend")
    short = ("loop_name", "early_sign", "way_out")
    said: dict[str, Value] = {key: f"{key} {words}" for key in (*texts, *short, "private_note")}
    return {**said, "i_do": ("go_quiet",), "how_often": 5}


def issues(words: str) -> dict[str, Value]:
    """What somebody finds hard, in their words."""
    row = Row("talking", None, {"hard": 6, "since": "years", "work_on": True})
    keys = ("start_with", "underneath", "unfinished", "private_note")
    return {"areas": (row,), **{key: f"{key} {words}" for key in keys}}


def _give(told: Told) -> None:
    both, alone = (Seat.A, Seat.B), (told.setting.reader,)
    for name, exercise, to in (
        ("waits", "name-the-issues", both),
        ("opens", "our-loop", both),
        ("mine", "needs-and-values", alone),
        ("ends", "two-histories", both),
    ):
        (told.ids[name],) = told.world.an_assignment(told.couple, exercise, to=to, line=name)
        told.world.now += timedelta(minutes=1)
    told.ids["sheet"] = a_sheet(told.world, told.couple)


def _reader_writes(told: Told) -> None:
    world, reader = told.world, told.reader
    world.a_reflection(reader, told.ids["waits"], issues("of mine"), opens=told.setting.says_yes)
    world.now += timedelta(minutes=1)
    world.a_draft(reader, told.ids["mine"], {"happy_times": "by the sea"})


def _both_write(told: Told) -> None:
    for person, words in ((told.reader, "of mine"), (told.other, "of theirs")):
        told.world.a_reflection(person, told.ids["opens"], loop(words))


def _read_and_open(told: Told) -> None:
    with told.counsels() as visit:
        for person in (told.reader, told.other):
            mark_read(visit, told.part(visit, "opens", person))
        visit.db.flush()
        if not opened_rounds(visit, [task(visit, told.ids["opens"])]):
            open_round(visit, told.ids["opens"])


def _write_back(told: Told) -> None:
    for pocket in (told.pocket(told.setting.reader), Pocket.JOINT):
        with told.counsels() as visit:
            said = write_feedback(visit, told.ids["opens"], pocket, f"to {pocket.value}")
            visit.db.flush()
            release_feedback(visit, said.id)
        told.world.now += timedelta(minutes=1)


def _end_one(told: Told) -> None:
    with told.counsels() as visit:
        close(visit, task(visit, told.ids["ends"]).assignment_id)


def _hour(told: Told) -> None:
    with told.counsels() as visit:
        hour = Hour(
            starts_at=told.world.now,
            minutes=50,
            attended=(Seat.A, Seat.B),
            shared_summary="We spoke about the loop.",
            progress_note=told.ids.get("progress note", "They listened."),
            process_note=told.ids.get("process note", ""),
            agreed=("A walk on Sunday",),
        )
        told.ids["session"] = write_session(visit, told.couple.id, hour).id


def _papers(told: Told) -> None:
    printed(told, "couple")
    told.world.now += timedelta(minutes=1)
    printed(told, str(told.reader))


def printed(told: Told, key: str) -> None:
    """Order an edition and keep what the press would be given, word for word."""
    with told.counsels() as visit:
        row = order(visit, told.ids["session"], key)
        visit.db.flush()
        content = told.ids.get("press", lambda text: text.encode())(
            draw(proof(visit, row.id).summary)
        )
        finish(visit, row.id, Paper(content, "0" * 64, 1))
        told.ids.setdefault("papers", []).append(row.id)


def _asks_for_the_file(told: Told) -> None:
    """The counsellor asks both, and this reader answers; what the other answers is a secret."""
    with told.counsels() as visit:
        told.ids["release"] = ask(visit, told.couple.id, "An office", "For a hearing").id
    with told.acts(told.reader) as visit:
        answer(visit, told.ids["release"], yes=True)


def _reader_on_the_sheet(told: Told) -> None:
    """A shared answer, which the other may change, and one of one's own."""
    words: dict[str, Value | None] = {**SHARED, **OWN, "where_each": "out of mine"}
    put(told.world, told.reader, told.ids["sheet"], words)


def _promise_changes(told: Told) -> None:
    """The counsellor promises something else from now on; who has read it is each one's own."""
    other = {SecretsPolicy.HELD: SecretsPolicy.JUDGEMENT}
    with told.counsels() as visit:
        terms = CoupleTerms(
            contact=told.setting.contact,
            secrets_policy=other.get(told.setting.policy, SecretsPolicy.HELD),
        )
        change_terms(visit, told.couple.id, terms)


def _reader_reads_it(told: Told) -> None:
    """Until then every page of the reader's leads to the promise, and nothing could be compared."""
    with told.acts(told.reader) as visit:
        acknowledge_policy(visit, newest(visit))


def _reader_checks_in(told: Told) -> None:
    switch_on(told.world, told.couple)
    words = typed(7, comment="of mine")
    told.ids["check-in"] = a_check_in(told.world, told.reader, words)


def _reader_says_yes_to_totals(told: Told) -> None:
    """From then on only the other's yes keeps the other's scores from the paper for both."""
    with told.acts(told.reader) as visit:
        say(visit, yes=True)


END = 300.0
OPENLY: Steps = {
    10.0: _give,
    20.0: _reader_writes,
    25.0: _reader_on_the_sheet,
    30.0: _reader_checks_in,
    30.5: _reader_says_yes_to_totals,
    40.0: _both_write,
    45.0: _promise_changes,
    47.0: _reader_reads_it,
    60.0: _read_and_open,
    80.0: _write_back,
    90.0: _end_one,
    95.0: _asks_for_the_file,
    120.0: _hour,
    140.0: _papers,
}
