"""How the library is narrowed: what was asked for in an address, and what each choice is called."""

from collections.abc import Iterable

from flask import request
from flask_babel import gettext as _

from portal.exercises.cards import EditionCard, Wanted
from portal.web.forms import clean_line


def wanted() -> Wanted:
    """What was asked for."""
    asked = {name: clean_line(request.args.get(name, "")) or "" for name in choices()}
    return Wanted(words=clean_line(request.args.get("q", "")) or "", **asked)


def narrowings(cards: Iterable[EditionCard]) -> dict[str, dict[str, str]]:
    """Every way to narrow these exercises, without the choices that would find none of them."""
    every = list(cards)
    return {
        name: {
            key: label
            for key, label in names.items()
            if any(Wanted(**{name: key}).fits(card) for card in every)
        }
        for name, names in choices().items()
    }


def choices() -> dict[str, dict[str, str]]:
    """The ways to narrow, each with its choices."""
    return {
        "need": need_names(),
        "section": section_names(),
        "minutes": length_names(),
        "load": load_names(),
        "mode": mode_names(),
        "cadence": cadence_names(),
    }


def need_names() -> dict[str, str]:
    """What brings people."""
    return {
        "begin": _("Finding out where they stand"),
        "talk": _("Talking without a row"),
        "hurt": _("After trust was broken"),
        "warmth": _("They have drifted apart"),
        "home": _("Money and the household"),
        "apart": _("Living apart, or needing rest"),
        "alone": _("One of them comes alone"),
        "hope": _("Losing heart"),
        "aims": _("Limits, needs and aims"),
        "keep": _("Keeping what was won"),
    }


def mode_names() -> dict[str, str]:
    """Who answers it."""
    return {
        "individual": _("One person"),
        "paired": _("Each on their own"),
        "joint": _("One sheet for two"),
    }


def cadence_names() -> dict[str, str]:
    """How often it comes round."""
    return {"once": _("Once"), "daily": _("Every day"), "weekly": _("Every week")}


def length_names() -> dict[str, str]:
    """The three lengths by which the library can be narrowed."""
    return {
        "short": _("Up to 15 minutes"),
        "middle": _("16 to 30 minutes"),
        "long": _("More than 30 minutes"),
    }


def load_names() -> dict[str, str]:
    """How much an exercise asks of somebody."""
    return {"1": _("Light"), "2": _("Middling"), "3": _("Heavy: prepare it in a session")}


def section_names() -> dict[str, str]:
    """The subjects of the library."""
    return {
        "professional-help": _("Starting out"),
        "acknowledging": _("What stands in the way"),
        "needs-goals": _("Needs and small steps"),
        "communicating": _("Talking and listening"),
        "responsibility": _("Owning one's part"),
        "trust-forgiveness": _("Trust, repair and letting go"),
        "positive-aspects": _("Noticing what is good"),
        "quality-time": _("Time together"),
        "shared-activities": _("Doing things together"),
        "intimacy": _("Closeness and touch"),
        "finance-household": _("Money and household"),
        "expectations": _("Expectations and limits"),
        "space-healing": _("Space and rest"),
        "commitment": _("Staying with it"),
        "celebrating": _("Looking back and ahead"),
        "faq-solo": _("Working alone"),
        "faq-unwilling": _("When one does not come"),
        "faq-infidelity": _("Something not yet told"),
        "faq-progress": _("When it goes slowly"),
        "faq-trust": _("Whether trust comes back"),
        "introduction": _("Where it begins"),
        "conclusion": _("The big unspoken thing"),
    }
