"""The front hall: the one place that knows every room."""

from pathlib import Path

from flask import Flask, g, request, session
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from portal.accounts import routes as accounts
from portal.accounts.service import recognise, touch, welcome_at
from portal.agenda import routes as agenda
from portal.audit.service import write_traces
from portal.care import routes as care
from portal.care.service import change_terms
from portal.desk import routes as desk
from portal.desk.letters import routes as letters
from portal.desk.today import routes as today
from portal.exercises import routes as exercises
from portal.foundation.chest import Chest, open_chest
from portal.foundation.database import open_database
from portal.foundation.keyring import Keyring
from portal.homework import routes as homework
from portal.jobs.queue import Queue
from portal.measures import routes as measures
from portal.people import routes as people
from portal.practice import routes as practice
from portal.records import routes as records
from portal.reflections import routes as reflections
from portal.reports import routes as reports
from portal.review import routes as review
from portal.sample.loader import load_for_web
from portal.sessions import routes as sessions
from portal.shell import shell_for, shell_in_trouble
from portal.web import display
from portal.web.access import guard
from portal.web.door import install_door
from portal.web.files import install_files
from portal.web.headers import dress_all
from portal.web.refusals import install_refusals
from portal.web.said import install_said
from portal.web.tokens import Guard
from portal.web.visits import Clock, House, Rooms, WallClock, install

HERE = Path(__file__).parent.parent
PAGES = (
    accounts,
    agenda,
    care,
    desk,
    exercises,
    homework,
    letters,
    measures,
    people,
    practice,
    records,
    reflections,
    reports,
    review,
    sessions,
    today,
)


def create_app(config: Config, clock: Clock | None = None, chest: Chest | None = None) -> Flask:
    """The portal, whole: it does not start while a page is without a door."""
    app = Flask(
        "portal",
        root_path=str(HERE / "portal"),
        template_folder=str(HERE / "templates"),
        static_folder=None,
    )
    keys = chest or open_chest(config.keys_dir, config.data_dir)
    _settle(app, config, keys)
    running = House(
        config=config,
        engine=open_database(config.database),
        keyring=Keyring(open_database(config.keyring)),
        chest=keys,
        rooms=_rooms(config),
        clock=clock or WallClock(),
    )
    Guard(app)
    Babel(app, locale_selector=_locale, timezone_selector=_zone)
    install(app, running)
    install_door(app)
    install_files(app, HERE / "static", config.fonts_dir)
    install_refusals(app)
    install_said(app)
    dress_all(app)
    display.install(app)
    for room in PAGES:
        app.register_blueprint(room.pages)
    app.extensions["weft_sample"] = load_for_web
    app.extensions["weft_change_terms"] = change_terms
    guard(app)
    if config.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxy_hops, x_proto=config.proxy_hops)  # type: ignore[method-assign]
    return app


def _rooms(config: Config) -> Rooms:
    return Rooms(
        recognise=recognise,
        touch=touch,
        write_traces=write_traces,
        wake=Queue(config.queue_file).announce,
        shell=shell_for,
        shell_in_trouble=shell_in_trouble,
        welcome_at=welcome_at,
    )


def _settle(app: Flask, config: Config, chest: Chest) -> None:
    prefix = "__Host-" if config.is_https else ""
    app.config.from_mapping(
        SECRET_KEY=chest.mark("cookie", "flask"),
        SESSION_COOKIE_NAME=f"{prefix}weft-form",
        SESSION_COOKIE_SECURE=config.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=config.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=config.max_body_bytes,
        MAX_FORM_PARTS=3000,
        TRUSTED_HOSTS=None if config.testing else [*config.trusted_hosts],
        WTF_CSRF_TIME_LIMIT=None,
        # Our pages send no referrer, so none can be asked for; portal/web/crossing.py looks instead.
        WTF_CSRF_SSL_STRICT=False,
        TESTING=config.testing,
        BABEL_DEFAULT_LOCALE="en",
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}


def _locale() -> str:
    chosen: str = session.get("locale", "") if request else ""
    return chosen or "en"


def _zone() -> str | None:
    """The zone of whoever reads, where the frame of the page has found it out."""
    found: str | None = g.get("zone")
    return found
