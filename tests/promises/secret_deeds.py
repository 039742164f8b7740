"""What one partner may never notice of the other: every difference between two worlds that is secret."""

from collections.abc import Callable, Mapping

from portal.accounts.models import Account
from portal.accounts.service import invite, start_sign_in
from portal.accounts.settings.service import Wishes, settle
from portal.agenda.service import plan
from portal.care.service import ask_to_talk, note_talk_seen, set_joint_work
from portal.exercises.form.reading import Reading
from portal.homework.queries import task
from portal.homework.service import hold
from portal.people.models import Care
from portal.people.queries import couple_card
from portal.people.service import Naming, acknowledge_policy, change_member
from portal.records.release.service import answer
from portal.reflections.drafts.queries import draft
from portal.reflections.drafts.service import leave_words, save
from portal.reflections.openings.service import change_mind
from portal.reflections.queries import reflections_on
from portal.reflections.sending.service import decline, give_back, mark_read, take_back
from portal.review.service import release_feedback, write_feedback
from portal.vocabulary import JointWork, PartnerRole, Role, Stance
from tests.promises.secret_check_ins import OF_CHECK_INS
from tests.promises.secret_sheets import OF_SHEETS
from tests.promises.story import Deed, Steps, Told, issues, printed
from tests.support.moments import after
from tests.support.promised import newest

Sends = Callable[[Told], None]


def _drafts(told: Told, name: str = "waits", words: str = "a first try") -> None:
    values = dict(issues(words)) if name == "waits" else {"happy_times": words}
    told.world.a_draft(told.other, told.ids[name], values)


def _sends(*, opens: bool) -> Sends:
    def deed(told: Told) -> None:
        told.world.a_reflection(told.other, told.ids["waits"], issues("of theirs"), opens=opens)

    return deed


def _takes_back(told: Told) -> None:
    with told.acts(told.other) as visit:
        take_back(visit, told.ids["waits"])


def _declines(told: Told) -> None:
    with told.acts(told.other) as visit:
        decline(visit, told.ids["waits"])


def _is_read(told: Told) -> None:
    with told.counsels() as visit:
        mark_read(visit, told.part(visit, "waits", told.other))


def _is_returned(told: Told) -> None:
    with told.counsels() as visit:
        give_back(visit, told.part(visit, "waits", told.other), "Say more of the second, please.")


def _changes_mind(told: Told) -> None:
    with told.acts(told.other) as visit:
        change_mind(visit, told.ids["waits"], False)


def _narrows(told: Told) -> None:
    """Every answer of the round that waits is for the counsellor alone."""
    with told.acts(told.other) as visit:
        card = draft(visit, told.ids["waits"])
        values = dict(issues("for you alone"))
        alone = dict.fromkeys(values, "counsellor")
        reading = Reading(
            values={**card.reading.values, **values},
            present=frozenset(values),
            counters=card.counters,
            audiences=alone,
        )
        save(visit, told.ids["waits"], reading)


def _keeps_another(told: Told) -> None:
    """Another version, typed on a second device."""
    _drafts(told)
    with told.acts(told.other) as visit:
        kept = {"start_with": "typed elsewhere"}
        leave_words(visit, told.ids["waits"], Reading(values=kept, present=frozenset(kept)))


def _holds(name: str) -> Deed:
    def deed(told: Told) -> None:
        with told.counsels() as visit:
            hold(visit, task(visit, told.ids[name]).assignment_id, True)

    return deed


def _own_homework(told: Told) -> None:
    """The other is given something alone, under a title that says much."""
    (told.ids["theirs"],) = told.world.an_assignment(
        told.couple, "self-care", to=(told.other_seat,), line="Only for you"
    )


def _own_answers(told: Told) -> None:
    _own_homework(told)
    told.world.a_draft(told.other, told.ids["theirs"], {"private_note": "nobody may know"})


def _words_to_other(*, released: bool) -> Deed:
    def deed(told: Told) -> None:
        with told.counsels() as visit:
            said = write_feedback(
                visit, told.ids["opens"], told.pocket(told.other_seat), "To you alone."
            )
            visit.db.flush()
            if released:
                release_feedback(visit, said.id)

    return deed


def _asks_to_talk(told: Told) -> None:
    with told.acts(told.other) as visit:
        ask_to_talk(visit)


def _talk_is_seen(told: Told) -> None:
    with told.counsels() as visit:
        note_talk_seen(visit, told.couple.id, told.other_seat)


def _authorises(*, yes: bool) -> Deed:
    def deed(told: Told) -> None:
        with told.acts(told.other) as visit:
            answer(visit, told.ids["release"], yes=yes)

    return deed


def _draft_to_reader(told: Told) -> None:
    """Words to the reader that were never released do not exist for the reader."""
    with told.counsels() as visit:
        write_feedback(visit, told.ids["opens"], told.pocket(told.setting.reader), "Not yet.")


def _signs_in(told: Told) -> None:
    with told.app.app_context(), told.acts(told.other) as visit:
        account = visit.db.get_one(Account, told.ids["account"][told.other])
        for device in ("Chrome, Android", "Safari, iPhone"):
            start_sign_in(visit, account, Role.PARTNER, device)


def _settles(told: Told) -> None:
    with told.acts(told.other) as visit:
        settle(visit, Wishes("en", "America/New_York", "dark", True))


def _lives_elsewhere(told: Told) -> None:
    """Before anything is given to both: the days of what is given must not tell of it."""
    with told.acts(told.other) as visit:
        settle(visit, Wishes("en", "Pacific/Pago_Pago", "light", True))


def _met_alone(told: Told) -> None:
    with told.counsels() as visit:
        plan(visit, told.couple.id, after(days=13), 50, told.other_seat)


def _invited(told: Told) -> None:
    with told.counsels() as visit:
        invite(visit, told.other)


def _noted(told: Told) -> None:
    """What the counsellor has noted of the other: contact, role and stance."""
    with told.counsels() as visit:
        members = couple_card(visit, told.couple.id).members
        card = next(m for m in members if m.person.id == told.other)
        naming = Naming(
            name=card.person.name,
            first_name=card.person.first_name,
            pronouns=card.person.pronouns,
            contact="Only by the number of the sister",
            role=PartnerRole.HURT,
            stance=Stance.WANTS_DISTANCE,
        )
        change_member(visit, told.couple.id, told.other_seat, naming)


def _other_reason(told: Told) -> None:
    with told.counsels() as visit:
        set_joint_work(visit, told.couple.id, JointWork.CLEAR, "Asked both again; still clear.")


def _reads(told: Told) -> None:
    with told.counsels() as visit:
        reflections_on(visit, [task(visit, told.ids["opens"]), task(visit, told.ids["waits"])])


def _shared_care(told: Told) -> None:
    someone = told.world.a_person(told.couple.practice_id, "Sue Supervisor", Role.SUPERVISOR)
    with told.world.visit() as visit:
        care = {"couple_id": told.couple.id, "since_at": told.world.now}
        visit.db.add(Care(person_id=someone, role=Role.SUPERVISOR, **care))


def _writes_note(which: str) -> Deed:
    def deed(told: Told) -> None:
        told.ids[which] = "I wonder what the other is not telling us."

    return deed


def _prints(key: str) -> Deed:
    def deed(told: Told) -> None:
        printed(told, key.format(other=told.other))

    return deed


def _answers_other_end(told: Told) -> None:
    values = {"private_note": "this has to stop"}
    told.world.a_draft(told.other, told.ids["ends"], values)


def _reads_the_promise(told: Told) -> None:
    with told.acts(told.other) as visit:
        acknowledge_policy(visit, newest(visit))


# Every secret by its name: deeds at their hours, between those of tests/promises/story.py.
SECRETS: Mapping[str, Steps] = {
    "drafts": {15.0: _drafts},
    "sends early": {15.5: _sends(opens=False)},
    "sends early with a yes": {15.5: _sends(opens=True)},
    "sends late": {200.0: _sends(opens=True)},
    "takes back": {16.0: _sends(opens=True), 17.0: _takes_back},
    "declines": {18.0: _declines},
    "declines late": {201.0: _declines},
    "is read": {16.0: _sends(opens=True), 50.0: _is_read},
    "is returned": {16.0: _sends(opens=True), 51.0: _is_returned},
    "sends again": {16.0: _sends(opens=True), 51.0: _is_returned, 55.0: _sends(opens=False)},
    "withdraws the yes": {16.0: _sends(opens=True), 30.0: _changes_mind},
    "narrows": {15.0: _narrows},
    "narrows and sends": {15.0: _narrows, 16.0: _sends(opens=True)},
    "keeps another version": {14.0: _keeps_another},
    "is held": {12.0: _holds("waits")},
    "is held once open": {85.0: _holds("opens")},
    "has homework alone": {13.0: _own_homework},
    "writes alone": {13.0: _own_answers},
    "gets words in draft": {82.0: _words_to_other(released=False)},
    "gets words": {82.5: _words_to_other(released=True)},
    "words not yet given": {83.0: _draft_to_reader},
    "signs in": {70.0: _signs_in},
    "settles": {71.0: _settles},
    "lives elsewhere": {9.0: _lives_elsewhere},
    "is met alone": {9.5: _met_alone},
    "is invited again": {72.0: _invited},
    "is noted of": {73.0: _noted},
    "another reason": {74.0: _other_reason},
    "is looked at": {75.0: _reads},
    "care is shared": {76.0: _shared_care},
    "a process note": {110.0: _writes_note("process note")},
    "a progress note": {111.0: _writes_note("progress note")},
    "a clinical paper": {150.0: _prints("clinical")},
    "their own paper": {151.0: _prints("{other}")},
    "asks to talk": {21.0: _asks_to_talk},
    "is seen to have asked": {22.0: _asks_to_talk, 23.0: _talk_is_seen},
    "authorises": {96.0: _authorises(yes=True)},
    "authorises no longer": {97.0: _authorises(yes=False)},
    **OF_SHEETS,
    **OF_CHECK_INS,
    "reads the promise": {24.0: _reads_the_promise},
    "reads the promise anew": {46.0: _reads_the_promise},
    "begins what ends": {65.0: _answers_other_end},
}


def together(names: tuple[str, ...]) -> Steps:
    """Several secrets in one world, each deed at its own moment."""
    found: dict[float, Deed] = {}
    for name in names:
        for hour, deed in SECRETS[name].items():
            found[hour] = deed
    return found


# Secrets that say different things of the same half, and so cannot both be true.
OF_THE_SAME_HALF = frozenset(
    {
        *("drafts", "sends early", "sends early with a yes", "sends late", "takes back"),
        *("declines", "declines late", "is read", "is returned", "sends again"),
        *("withdraws the yes", "narrows", "narrows and sends", "keeps another version"),
    }
)
ASIDE = tuple(sorted(set(SECRETS) - OF_THE_SAME_HALF))
