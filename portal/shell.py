"""What stands around every page: whose it is, where one can go, and who helps in a hard hour."""

from dataclasses import dataclass
from uuid import UUID

from flask import g, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.accounts import queries as accounts
from portal.people import queries as people
from portal.people.models import Person
from portal.practice import queries as practices
from portal.practice.queries import CrisisCard
from portal.review.waiting import count_to_read
from portal.visit import Visit
from portal.vocabulary import Role
from portal.web.access import STAFF
from portal.web.said import said_to
from portal.web.signed_in import Standing
from portal.web.visits import house, signed_in

DEFAULT_LEAVE = "accounts.leave"


@dataclass(frozen=True)
class NavItem:
    """One way to go."""

    label: str
    href: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class SampleBar:
    """The sample practice's banner: its people, and who is being looked at."""

    people: tuple[tuple[str, str], ...]
    current_id: str
    remove_href: str = ""


@dataclass(frozen=True)
class Shell:
    """The frame of a page for this viewer."""

    product: str
    practice: str
    viewer_name: str
    viewer_place: str
    role: str
    lang: str
    dir: str
    theme: str
    nav: tuple[NavItem, ...]
    crisis: tuple[CrisisCard, ...]
    leave_href: str
    sample: SampleBar | None
    flashes: tuple[tuple[str, str], ...]
    to_switch_role: tuple[tuple[str, str], ...]
    home_href: str = "/"
    sign_out_href: str = ""
    stay_href: str = ""
    pause_href: str = ""
    private_href: str = ""
    hides_leave: bool = False
    idle_minutes: int = 15


def shell_for(visit: Visit) -> Shell:
    """The frame for whoever is here; made once for each request."""
    made: Shell | None = g.get("shell")
    if made is None:
        made = g.shell = _known(visit) if _is_here(visit) else _nobody(said_to(visit, None))
    return made


def shell_in_trouble() -> Shell:
    """The frame of nobody, made without a look into the database: that may be what is in trouble."""
    return _nobody(())


def _is_here(visit: Visit) -> bool:
    """Whether somebody is signed in now; a sign-in that has rested shows no name."""
    return visit.viewer.person_id is not None and signed_in().standing is Standing.LIVE


def _nobody(flashes: tuple[tuple[str, str], ...]) -> Shell:
    locale = get_locale()
    return Shell(
        product=house().config.product_name,
        practice="",
        viewer_name="",
        viewer_place="",
        role=Role.NOBODY.value,
        lang=str(locale),
        dir=locale.text_direction,
        theme="",
        nav=(),
        crisis=(),
        leave_href=url_for(DEFAULT_LEAVE),
        sample=None,
        flashes=flashes,
        to_switch_role=(),
    )


def _known(visit: Visit) -> Shell:
    viewer, locale = visit.viewer, get_locale()
    person = visit.db.get_one(Person, viewer.me())
    practice = practices.practice_card(visit)
    g.zone = person.time_zone or practice.time_zone
    name = people.person_cards(visit, [person.id])[person.id]
    seats = [standing.seat for standing in viewer.couples.values()]
    is_partner = viewer.role is Role.PARTNER
    roles = people.roles_of(visit.db, person.id)
    return Shell(
        product=house().config.product_name,
        practice=practice.name,
        viewer_name=name.first_name if is_partner else name.name,
        viewer_place=seats[0].value if is_partner and seats and seats[0] else "",
        role=viewer.role.value,
        lang=str(locale),
        dir=locale.text_direction,
        theme=person.theme,
        nav=_nav(visit),
        crisis=practices.crisis_cards(visit) if is_partner else (),
        leave_href=url_for(DEFAULT_LEAVE),
        sample=_sample_bar(visit, person.id) if practice.is_sample else None,
        flashes=said_to(visit, person.id),
        to_switch_role=tuple((r.value, _role_name(r)) for r in roles if r is not viewer.role),
        home_href=url_for("desk.home"),
        sign_out_href=url_for("accounts.sign_out"),
        stay_href=url_for("accounts.stay"),
        private_href=url_for("accounts.private") if is_partner else "",
        hides_leave=person.hides_leave,
        idle_minutes=house().config.idle_minutes,
    )


def _nav(visit: Visit) -> tuple[NavItem, ...]:
    role = visit.viewer.role
    ways = {
        Role.PARTNER: (
            ("desk.week", _("This week")),
            ("reflections.writing", _("My writing")),
            ("reports.mine", _("Papers")),
            ("accounts.settings", _("Settings")),
        ),
        Role.COUNSELLOR: (
            ("today.desk", _("Today")),
            ("review.queue", _("To read")),
            ("people.couples", _("Couples")),
            ("exercises.library", _("Exercises")),
            ("accounts.settings", _("Settings")),
        ),
        Role.OWNER: (
            ("practice.settings", _("Practice")),
            ("people.staff", _("People")),
            ("accounts.settings", _("Settings")),
        ),
        Role.SUPERVISOR: (
            ("people.couples", _("Couples")),
            ("exercises.library", _("Exercises")),
            ("accounts.settings", _("Settings")),
        ),
    }.get(role, ())
    waiting = {"review.queue": count_to_read(visit)} if role is Role.COUNSELLOR else {}
    here = nearest(request.endpoint or "", role)
    return tuple(
        NavItem(label, url_for(name), name == here, waiting.get(name)) for name, label in ways
    )


COUPLE_ROOMS = (
    "agenda",
    "care",
    "homework",
    "measures",
    "people",
    "records",
    "reports",
    "sessions",
)
# Under which way a page stands: by itself, else by its room, else it is a way of its own.
OF_PAGE = {
    "accounts.invitation": {
        Role.COUNSELLOR: "people.couples",
        Role.OWNER: "people.staff",
    },
    "homework.programmes": dict.fromkeys(STAFF, "exercises.library"),
    "reflections.piece": {Role.PARTNER: "reflections.writing"},
    "reflections.released": {Role.PARTNER: "reflections.writing"},
    "reflections.writing": {Role.PARTNER: "reflections.writing"},
    "review.numbers": dict.fromkeys(STAFF, "people.couples"),
    "today.couple": dict.fromkeys(STAFF, "people.couples"),
}
OF_SETTINGS = ("accounts.change_password", "accounts.mail", "accounts.type_code")
OF_ROOM = {
    Role.PARTNER: {
        "measures": "desk.week",
        "records": "reflections.writing",
        "reflections": "desk.week",
        "reports": "reports.mine",
    },
    Role.COUNSELLOR: {
        "exercises": "exercises.library",
        "review": "review.queue",
        **dict.fromkeys(COUPLE_ROOMS, "people.couples"),
    },
    Role.SUPERVISOR: {
        "exercises": "exercises.library",
        "review": "people.couples",
        **dict.fromkeys(COUPLE_ROOMS, "people.couples"),
    },
    Role.OWNER: {"people": "people.staff", "practice": "practice.settings"},
}


def nearest(endpoint: str, role: Role) -> str:
    """Under which of this role's ways a page stands."""
    room = endpoint.partition(".")[0]
    if endpoint in OF_SETTINGS:
        return "accounts.settings"
    by_itself = OF_PAGE.get(endpoint, {}).get(role)
    return by_itself or OF_ROOM.get(role, {}).get(room, endpoint)


def _sample_bar(visit: Visit, current: UUID) -> SampleBar:
    cards = accounts.sample_people(visit)
    people_here = tuple((str(card.id), card.name) for card in cards)
    remove = url_for("practice.remove_sample", practice_id=visit.viewer.practice())
    return SampleBar(people_here, str(current), remove)


def _role_name(role: Role) -> str:
    names: dict[Role, str] = {
        Role.OWNER: _("Practice owner"),
        Role.COUNSELLOR: _("Counsellor"),
        Role.SUPERVISOR: _("Supervisor"),
    }
    return names.get(role, "")
