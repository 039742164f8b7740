"""Building the town: everything of it through the services, each word of it a marker."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import AuthSession, Passkey
from portal.accounts.passwords import Terms
from portal.accounts.service import invite, make_account
from portal.accounts.settings.service import begin
from portal.agenda.service import plan
from portal.care.service import ask_to_talk, hold, set_joint_work
from portal.measures.service import say
from portal.people.models import Care
from portal.people.service import Naming, change_member, part
from portal.practice.cards import HelpLine, PracticeTerms
from portal.practice.service import add_line, change_practice, name_sender
from portal.records.release.service import answer, ask, hand_out
from portal.reports.service import Paper, finish, order
from portal.sessions.service import Hour, write_session
from portal.vocabulary import JointWork, OpeningRule, Role, Seat, SecretsPolicy
from portal.web.visits import house
from tests.promises.letters import a_letter
from tests.promises.town import PAPER, Town
from tests.promises.town_homework import answer_it, give_homework, write_back, write_sheets
from tests.support.check_ins import a_begun_check_in, a_check_in, switch_on, typed
from tests.support.moments import after
from tests.support.promised import newest
from tests.support.world import World


def build(world: World, app: Flask, say: Callable[[str], str] | None = None) -> Town:
    """Everything of the town, through the services, each word of it a marker."""
    practice_id = world.a_practice()
    counsellor = world.a_person(practice_id, "Counsellor Example", Role.COUNSELLOR)
    couple = world.a_couple(counsellor)
    assert couple.b is not None
    people = {
        "owner": world.a_person(practice_id, world.marker(), Role.OWNER),
        "counsellor": counsellor,
        "supervisor": world.a_person(practice_id, world.marker(), Role.SUPERVISOR),
        "partner a": couple.a,
        "partner b": couple.b,
    }
    roles = dict.fromkeys(people, Role.PARTNER) | {
        "owner": Role.OWNER,
        "counsellor": Role.COUNSELLOR,
        "supervisor": Role.SUPERVISOR,
    }
    town = Town(world, app, couple, people, roles, say=say)
    _practice(town)
    _names(town)
    _accounts(town)
    give_homework(town)
    answer_it(town)
    write_sheets(town)
    write_back(town)
    _hour(town)
    _mail(town)
    _check_ins(town)
    _safety(town)
    _release(town)
    _extras(town)
    return town


def _practice(town: Town) -> None:
    with town.world.as_(town.people["owner"], Role.OWNER) as visit:
        terms = PracticeTerms(
            name=town.word("practice name"),
            letterhead=town.word("letterhead"),
            time_zone="Europe/Dublin",
            locale="en",
            currency="EUR",
            secrets_policy=SecretsPolicy.JUDGEMENT,
            opening_rule=OpeningRule.COUNSELLOR,
        )
        change_practice(visit, terms)
        line = add_line(visit, HelpLine("practice", "A line", "000", "", "", ""))
        town.ids["line_id"] = line.id


def _names(town: Town) -> None:
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        for seat in Seat:
            naming = Naming(
                name=town.word(f"name {seat.value}"),
                first_name=town.word(f"first name {seat.value}"),
                pronouns=town.word(f"pronouns {seat.value}"),
                contact=town.word(f"contact {seat.value}"),
            )
            change_member(visit, town.couple.id, seat, naming)
        reason = town.word("joint-work reason")
        set_joint_work(visit, town.couple.id, JointWork.CLEAR, reason)
        care = {"couple_id": town.couple.id, "since_at": town.world.now}
        visit.db.add(Care(person_id=town.people["supervisor"], role=Role.SUPERVISOR, **care))
        town.ids["appointment_id"] = plan(visit, town.couple.id, after(days=7)).id
    with town.world.as_(town.couple.a, Role.PARTNER) as visit:
        begin(visit, newest(visit))
    with town.world.as_(town.people["partner b"], Role.PARTNER) as visit:
        begin(visit, newest(visit))


def _accounts(town: Town) -> None:
    with town.app.app_context():
        terms = Terms.of(house().config)
    town.ids["account"], town.ids["login"] = {}, {}
    for who, person_id in town.people.items():
        with town.world.visit() as visit:
            login = town.ids["login"][who] = town.word(f"sign-in name of {who}")
            account = make_account(visit, person_id, login, "copper lantern orbit violet", terms)
            town.ids["account"][who] = (type(account), account.id)
        town.tokens[who] = town.signs_in(who)
    with town.world.visit() as visit:
        mine = town.ids["account"]["partner a"][1]
        key = Passkey(
            credential_id=uuid4().bytes, account_id=mine, public_key=b"k", made_at=visit.now
        )
        visit.db.add(key)
        query = sa.select(AuthSession.id).where(AuthSession.account_id == mine)
        town.ids |= {"passkey_id": key.id, "sign_in_id": visit.db.scalars(query).one()}


def _hour(town: Town) -> None:
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(
            starts_at=town.world.now,
            minutes=50,
            attended=(Seat.A, Seat.B),
            shared_summary=town.word("shared summary"),
            progress_note=town.word("progress note"),
            process_note=town.word("process note"),
            agreed=(town.word("agreed step"),),
        )
        therapy = write_session(visit, town.couple.id, hour)
        visit.db.flush()
        for name, key in (("clinical", "clinical"), ("couple", "couple")):
            row = order(visit, therapy.id, key)
            finish(visit, row.id, Paper(PAPER, "0" * 64, 1))
            town.ids[f"{name} document"] = row.id
        town.ids["session_id"] = therapy.id


def _mail(town: Town) -> None:
    """A letter under way to one of them, and the name that the practice writes under."""
    with town.world.as_(town.people["owner"], Role.OWNER) as visit:
        # A name that is no plain one is refused, so only a marker can be tried here.
        name_sender(visit, "A plain name" if town.say else town.word("sender name"))
    address = town.words["mail address"] = f"{town.world.marker()}@example.org"
    about = town.ids["drafted round"]
    town.words["letter"] = a_letter(town.world, town.couple.a, address, about)


def _check_ins(town: Town) -> None:
    switch_on(town.world, town.couple)
    a, b = town.people["partner a"], town.people["partner b"]
    words = {key: town.word(f"check-in {key}") for key in ("comment", "private_note")}
    town.ids["check_in_id"] = a_check_in(town.world, a, typed(6, could_be_open="mostly", **words))
    a_begun_check_in(town.world, b, typed(4, comment=town.word("check-in draft")))
    with town.world.as_(a, Role.PARTNER) as visit:
        say(visit, yes=True)


def _safety(town: Town) -> None:
    """A hold that was lifted and a parting that was taken back: two moments, one after the other."""
    reason, agreement = town.word("reason of the hold"), town.word("agreement to part")
    for stands, why, agreed in ((True, reason, agreement), (False, "", "")):
        town.world.now += timedelta(seconds=1)
        with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
            hold(visit, town.couple.id, stands, why)
            part(visit, town.couple.id, stands, agreed)
    town.world.now -= timedelta(seconds=2)


def _release(town: Town) -> None:
    """The file of both, asked for and handed out."""
    counsellor = (town.couple.counsellor_id, Role.COUNSELLOR)
    with town.world.as_(*counsellor) as visit:
        wish = ask(visit, town.couple.id, town.word("recipient"), town.word("purpose"))
        town.ids["release_id"] = wish.id
    for who in ("partner a", "partner b"):
        with town.world.as_(town.people[who], Role.PARTNER) as visit:
            answer(visit, town.ids["release_id"], yes=True)
    with town.world.as_(*counsellor) as visit:
        hand_out(visit, town.ids["release_id"], lambda _file: "<p>The file.</p>")


def _extras(town: Town) -> None:
    with town.world.as_(town.couple.a, Role.PARTNER) as visit:
        ask_to_talk(visit)
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        town.ids["code"] = invite(visit, town.couple.a)
    town.ids["practice_id"] = town.world.a_practice(is_sample=True)
