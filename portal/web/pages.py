"""Drawing a page: its template, its cards, and the frame for whoever is here."""

import re
from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields import Field

from portal.vocabulary import Role
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
LAYOUTS = {
    Role.PARTNER: "layouts/partner.html",
    Role.COUNSELLOR: "layouts/counsellor.html",
    Role.NOBODY: "layouts/bare.html",
}


def page(template: str, **cards: object) -> str:
    """A page for whoever is here; `layout` is the frame of the role they act in."""
    here = visit()
    layout = LAYOUTS.get(here.viewer.role, LAYOUTS[Role.COUNSELLOR])
    return render_template(template, shell=house().rooms.shell(here), layout=layout, **cards)


def form_page(template: str, form: PortalForm, **cards: object) -> ResponseReturnValue:
    """A page with a form; where something does not fit, nothing of the visit is kept."""
    return page(template, form=form, **cards), 422 if form.errors else 200


def show_faults(form: PortalForm, faults: Mapping[str, str]) -> None:
    """Say beside each field what the deed has found wrong with it."""
    for name, sentence in faults.items():
        if name in form:
            form[name].errors = [_(sentence)]
        else:
            form.form_errors.append(_(sentence))


def typed(field: Field) -> str:
    """What somebody typed or chose here; nothing at all is the empty text."""
    return field.data or ""


def device_name() -> str:
    """What somebody would call this device: a browser and a system, no more."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS if re.search(mark, agent)), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)
