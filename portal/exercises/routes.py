"""The library: every exercise of the catalogue, to be searched and read through."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.exercises import narrowing, queries
from portal.exercises.cards import EditionCard
from portal.exercises.form.values import People
from portal.exercises.previews import preview
from portal.people.cards import CoupleCard
from portal.people.queries import couple_cards
from portal.practice.queries import practice_card
from portal.vocabulary import Role
from portal.web.access import STAFF, allow
from portal.web.pages import page
from portal.web.visits import visit

pages = Blueprint("exercises", __name__)


@pages.get("/exercises")
@allow(*STAFF)
def library() -> ResponseReturnValue:
    """All exercises, the core shelf first."""
    here, wanted = visit(), narrowing.wanted()
    every = queries.newest_editions(here.db)
    found = [card for card in every if queries.fits(card, wanted)]
    core = set(queries.standing().core_shelf)
    return page(
        "exercises/library.html",
        wanted=wanted,
        core=[card for card in found if card.key in core],
        others=[card for card in found if card.key not in core],
        total=len(every),
        narrowings=narrowing.narrowings(every),
        names=narrowing.choices(),
        couples=_couples(),
    )


@pages.get("/exercises/<uuid:edition_id>")
@allow(*STAFF)
def show(edition_id: UUID) -> ResponseReturnValue:
    """One exercise: what it is for, when to leave it, and how it reads."""
    here = visit()
    card = queries.edition(here.db, edition_id)
    exercise = card.content.exercise
    people = People(_("First partner"), _("Second partner"))
    promise = queries.promise(practice_card(here).secrets_policy)
    alone = preview(card.content, solo=True, shared=False, promise=promise, people=people)
    titles = {each.key: each for each in queries.newest_editions(here.db)}
    names = narrowing.choices()
    return page(
        "exercises/show.html",
        card=card,
        rules=[_(sentence) for sentence in rule_sentences(card)],
        follow_ups=[titles[key] for key in exercise.follow_ups if key in titles],
        names=names,
        sections=[
            names["section"].get(key, key) for key in (exercise.section, *exercise.also_from)
        ],
        needs=[names["need"][key] for key in card.needs],
        practices=queries.practices().get(card.key, ()),
        roots=[root_names()[root] for root in exercise.roots],
        shared=preview(card.content, solo=False, shared=True, promise=promise, people=people),
        alone=alone if exercise.solo else None,
        hidden_title=queries.standing().partner_sees.hidden_title if card.hides_title else "",
        couples=_couples(),
    )


def root_names() -> dict[str, str]:
    """Where methods come from."""
    return {
        "gottman": _("Gottman method"),
        "eft": _("Emotionally focused therapy"),
        "ibct": _("Integrative behavioural couple therapy"),
        "cbct": _("Cognitive behavioural couple therapy"),
        "forgiveness": _("Forgiveness work"),
        "reach": _("The REACH model"),
        "discernment": _("Discernment counselling"),
        "positive": _("Positive psychology"),
        "act": _("Acceptance and commitment therapy"),
        "sex-therapy": _("Sex therapy"),
        "general": _("General counselling practice"),
    }


def _couples() -> list[CoupleCard]:
    """The couples to whom this reader could give something."""
    here = visit()
    return couple_cards(here) if here.viewer.role is Role.COUNSELLOR else []


def rule_sentences(card: EditionCard) -> list[str]:
    """What the portal itself minds about this exercise, in words."""
    safety = card.content.exercise.safety
    says = {
        "never_with": _("Refused for some contact levels, roles or stances."),
        "needs_before": _("Another exercise has to come first, or you confirm why not."),
        "read_first": _("Some answers are for you to read before anything opens."),
        "stop_release": _("Some answers keep it closed to the other partner."),
        "confirm_release": _("Each release asks you to confirm a statement."),
        "never_release": _("Nothing of it is ever opened to the other partner."),
        "never_print": _("Nothing of it is ever printed."),
        "title_hidden_from_partner": _("Its title stands only where it is answered."),
    }
    found = [says[rule.rule] for rule in safety.rules if rule.rule in says]
    if safety.requires_clear:
        found.insert(0, _("Needs the joint-work status ‘clear’, except in solo wording."))
    if safety.hold_for_review:
        found.append(_("Never opens by itself: you read both parts first."))
    return list(dict.fromkeys(found))
