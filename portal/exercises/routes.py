"""The library: every exercise of the catalogue, to be searched and read through."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.exercises import queries
from portal.exercises.cards import EditionCard
from portal.exercises.form.values import People
from portal.exercises.previews import preview
from portal.practice.queries import practice_card
from portal.web.access import STAFF, allow
from portal.web.forms import clean_line
from portal.web.pages import page
from portal.web.visits import visit

pages = Blueprint("exercises", __name__)
SHORT, MIDDLE = 15, 30


@dataclass(frozen=True)
class Wanted:
    """How the library is narrowed; what is empty narrows nothing."""

    words: str = ""
    section: str = ""
    minutes: str = ""
    load: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked for."""
        return any((self.words, self.section, self.minutes, self.load))

    def fits(self, card: EditionCard) -> bool:
        """Whether an exercise is among what was asked for."""
        exercise = card.content.exercise
        text = f"{card.title} {exercise.purpose}".casefold()
        return (
            all(word in text for word in self.words.casefold().split())
            and self.section in ("", exercise.section)
            and self.minutes in ("", length_of(exercise.minutes))
            and self.load in ("", str(exercise.difficulty))
        )


@pages.get("/exercises")
@allow(*STAFF)
def library() -> ResponseReturnValue:
    """All exercises, the core shelf first."""
    wanted = Wanted(
        words=clean_line(request.args.get("q", "")) or "",
        section=request.args.get("section", ""),
        minutes=request.args.get("minutes", ""),
        load=request.args.get("load", ""),
    )
    every = queries.newest_editions(visit().db)
    found = [card for card in every if wanted.fits(card)]
    core = set(queries.standing().core_shelf)
    return page(
        "exercises/library.html",
        wanted=wanted,
        core=[card for card in found if card.key in core],
        others=[card for card in found if card.key not in core],
        total=len(every),
        sections={key: name for key, name in section_names().items() if _is_used(key, every)},
        lengths=length_names(),
        loads=load_names(),
    )


@pages.get("/exercises/<uuid:edition_id>")
@allow(*STAFF)
def show(edition_id: UUID) -> ResponseReturnValue:
    """One exercise: what it is for, when to leave it, and how it reads."""
    here = visit()
    card = queries.edition(here.db, edition_id)
    people = People(_("First partner"), _("Second partner"))
    promise = queries.promise(practice_card(here).secrets_policy)
    alone = preview(card.content, solo=True, shared=False, promise=promise, people=people)
    titles = {each.key: each for each in queries.newest_editions(here.db)}
    return page(
        "exercises/show.html",
        card=card,
        rules=[_(sentence) for sentence in rule_sentences(card)],
        follow_ups=[titles[key] for key in card.content.exercise.follow_ups if key in titles],
        section=section_names().get(card.content.exercise.section, ""),
        load=load_names().get(str(card.content.exercise.difficulty), ""),
        shared=preview(card.content, solo=False, shared=True, promise=promise, people=people),
        alone=alone if card.content.exercise.solo else None,
    )


def length_of(minutes: int) -> str:
    """Which of the three lengths an exercise has."""
    if minutes <= SHORT:
        return "short"
    return "middle" if minutes <= MIDDLE else "long"


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
    }


def _is_used(key: str, cards: list[EditionCard]) -> bool:
    return any(card.content.exercise.section == key for card in cards)
