"""Drawing a page: its template, its cards, and the frame for whoever is here."""

import re
from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.web.forms import PortalForm
from portal.web.visits import house, visit

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def page(template: str, **cards: object) -> str:
    """A page for whoever is here."""
    return render_template(template, shell=house().rooms.shell(visit()), **cards)


def form_page(template: str, form: PortalForm, **cards: object) -> ResponseReturnValue:
    """A page with a form; where something does not fit, nothing of the visit is kept."""
    return page(template, form=form, **cards), 422 if form.errors else 200


def show_faults(form: PortalForm, faults: Mapping[str, str]) -> None:
    """Say beside each field what the deed has found wrong with it."""
    for name, sentence in faults.items():
        field = form[name] if name in form else None
        if field is None:
            form.form_errors.append(_(sentence))
        else:
            field.errors = [_(sentence)]


def device_name() -> str:
    """What somebody would call this device: a browser and a system, no more."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS if re.search(mark, agent)), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)
