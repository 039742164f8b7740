"""The door's pages: signing in and out, joining, the welcome, and changing one's role."""

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import first, passwords, queries, service
from portal.accounts.arrival import as_nobody, come_in, terms, try_password
from portal.accounts.cards import InvitationCard
from portal.accounts.forms import CodeForm, JoinForm, SignInForm, WelcomeForm, said_of
from portal.accounts.invitations import routes as invitations
from portal.accounts.mail import routes as mail
from portal.accounts.models import Account
from portal.accounts.passkeys import routes as passkeys
from portal.accounts.passkeys.service import is_offered_at
from portal.accounts.passwords import TooBusyError
from portal.accounts.sample import routes as sample
from portal.accounts.settings import routes as settings
from portal.accounts.settings.service import begin
from portal.foundation.database import sessions
from portal.foundation.errors import NotFound, Stale, Unfit
from portal.people.promises import mark_of
from portal.people.queries import own_couple
from portal.people.seats.queries import names_around
from portal.practice.queries import is_empty
from portal.practice.starters import promise as promise_of
from portal.vocabulary import Act, Role
from portal.web.access import accepts_rested, allow, public, waives_welcome
from portal.web.cookies import take_token
from portal.web.door import wait_with_questions
from portal.web.pages import device_name, form_page, page, show_faults, typed
from portal.web.signed_in import SignedIn, Standing
from portal.web.visits import house, signed_in, visit

pages = Blueprint("accounts", __name__)
EVERYBODY = (Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR, Role.PARTNER)
WRONG = (
    "The sign-in name or the password is not right. Please try again. After many tries it only works again "
    "after a while, an hour at the most."
)


@pages.route("/accounts/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Somebody signs in."""
    if request.method == "GET" and signed_in().standing is Standing.LIVE:
        return redirect("/", 303)
    here, form = as_nobody(), SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    try:
        account_id = try_password(here, typed(form.login), typed(form.password))
    except TooBusyError:
        form.form_errors.append(_("Many people are signing in just now. Please try again."))
        return _sign_in_page(form), 503, {"Retry-After": "5"}
    if account_id is None:
        form.form_errors.append(_(WRONG))
        return _sign_in_page(form)
    account = here.db.get_one(Account, account_id)
    try:
        token = service.sign_in(here, account.id, device_name(), terms())
    except NotFound:
        form.form_errors.append(_(WRONG))
        return _sign_in_page(form)
    return come_in(here, account, token)


@pages.get("/accounts/stay")
@allow(*EVERYBODY)
def stay() -> ResponseReturnValue:
    """Somebody is typing on a page that saves nothing by itself: their sign-in does not rest meanwhile."""
    return "", 204


@pages.post("/accounts/sign-out")
@waives_welcome
@accepts_rested
@allow(*EVERYBODY)
def sign_out() -> ResponseReturnValue:
    """Somebody signs out of this browser, also from a page that has rested too long."""
    who = signed_in()
    if isinstance(who, SignedIn):
        service.end_sign_in(visit(), who.sign_in_id)
    return take_token(redirect(url_for("accounts.sign_in"), 303))


@pages.route("/accounts/leave", methods=["GET", "POST"])
@public
def leave() -> ResponseReturnValue:
    """The quick way out: nothing of the portal is left on the screen, and nobody is signed in."""
    who = signed_in()
    if isinstance(who, SignedIn):
        _end_in_a_hurry(who)
    as_nobody()
    elsewhere = house().config.leave_url
    if elsewhere:
        return take_token(redirect(elsewhere, 303))
    if request.method == "POST":
        return take_token(redirect(url_for("accounts.leave"), 303))
    return take_token(current_app.make_response(page("accounts/leave.html")))


@pages.route("/accounts/join", methods=["GET", "POST"])
@public
def type_code() -> ResponseReturnValue:
    """Somebody types the code from their slip."""
    as_nobody()
    form = CodeForm()
    if not form.validate_on_submit():
        return form_page("accounts/type_code.html", form)
    return redirect(url_for("accounts.join", code=form.code.data), 303)


@pages.route("/accounts/join/<code>", methods=["GET", "POST"])
@public
def join(code: str) -> ResponseReturnValue:
    """Somebody uses their code, and chooses how to sign in from now on."""
    here = as_nobody()
    try:
        card = queries.invitation_card(here, code)
    except NotFound:
        return _unusable(code)
    form = JoinForm()
    if form.validate_on_submit():
        fault = service.fault_of(here, card.person_id, typed(form.login), typed(form.password))
        if fault is not None:
            form.password.errors = [said_of(fault)]
    if not form.is_submitted() or form.errors:
        return _join_page(form, card)
    try:
        account = service.accept(here, code, typed(form.login), typed(form.password), terms())
    except Unfit as unfit:
        show_faults(form, unfit.faults)
        return _join_page(form, card)
    token = service.sign_in(here, account.id, device_name(), terms())
    return come_in(here, account, token, to="/")


@pages.route("/accounts/welcome", methods=["GET", "POST"])
@waives_welcome
@allow(Role.PARTNER)
def welcome() -> ResponseReturnValue:
    """A partner's first visit: who sees what, the promise, and the way out."""
    form = WelcomeForm()
    if _has_read(form):
        return redirect("/", 303)
    own = own_couple(visit())
    form.shown.data = mark_of(own.to_read)
    return form_page("accounts/welcome.html", form, own=own, promise=promise_of(own.to_read))


@pages.route("/accounts/promise", methods=["GET", "POST"])
@waives_welcome
@allow(Role.PARTNER)
def promise() -> ResponseReturnValue:
    """The counsellor promises something else from now on; until it is read the old promise holds."""
    form = WelcomeForm()
    if own_couple(visit()).next_policy is None or _has_read(form):
        return redirect("/", 303)
    own = own_couple(visit())
    form.shown.data = mark_of(own.to_read)
    before, after = promise_of(own.secrets_policy), promise_of(own.to_read)
    return form_page("accounts/promise.html", form, before=before, promise=after)


@pages.post("/accounts/promise/later")
@waives_welcome
@allow(Role.PARTNER)
def promise_later() -> ResponseReturnValue:
    """Somebody goes on under the old promise, and is asked again at their next sign-in."""
    wait_with_questions()
    return redirect("/", 303)


@pages.post("/accounts/role")
@allow(Role.OWNER, Role.COUNSELLOR, Role.SUPERVISOR)
def switch_role() -> ResponseReturnValue:
    """Somebody with several roles goes on in another."""
    who = signed_in()
    role = next((role for role in Role if role.value == request.form.get("role")), None)
    if role is None or not isinstance(who, SignedIn):
        raise NotFound
    service.switch_role(visit(), who.sign_in_id, role)
    return redirect("/", 303)


def _has_read(form: WelcomeForm) -> bool:
    """Whether the promise that stands now was read; one that came meanwhile is shown first."""
    if not form.validate_on_submit():
        return False
    try:
        begin(visit(), typed(form.shown))
    except Stale as changed:
        form.has_read.errors, form.has_read.data = [_(changed.message)], False
        return False
    return True


def _join_page(form: JoinForm, card: InvitationCard) -> ResponseReturnValue:
    phrase = passwords.phrase(names_around(visit(), card.person_id))
    return form_page("accounts/join.html", form, invitation=card, phrase=phrase)


def _sign_in_page(form: SignInForm) -> str:
    cards = {
        "is_away": bool(session.pop("away", False)),
        "is_empty": is_empty(visit()),
        "with_passkey": is_offered_at(house().config.base_url, request.host),
    }
    return page("accounts/sign_in.html", form=form, **cards)


def _end_in_a_hurry(who: SignedIn) -> None:
    # The way out is also a plain link, so that it works without scripts; a page that is read has
    # no transaction to write in, and gets a short one of its own.
    here = visit()
    if request.method == "POST":
        service.end_sign_in(here, who.sign_in_id, Act.LEFT_IN_A_HURRY)
        return
    with sessions(house().engine).begin() as db:
        service.leave_at_once(db, here, who.sign_in_id)


def _unusable(code: str) -> ResponseReturnValue:
    form = CodeForm(code=code)
    form.code.errors = [_("This code has been used or has rested too long. Ask for a fresh one.")]
    return page("accounts/type_code.html", form=form), 404


def _hand_down(state: BlueprintSetupState) -> None:
    state.app.extensions.setdefault(first.HOOK, first.upstairs())


for rule, endpoint, methods in (
    *settings.RULES,
    *mail.RULES,
    *invitations.RULES,
    *sample.RULES,
    *passkeys.RULES,
):
    pages.add_url_rule(rule, view_func=endpoint, methods=methods)
pages.record_once(_hand_down)
