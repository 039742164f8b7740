"""Exercises as counsellors and partners may see them."""

from dataclasses import dataclass
from uuid import UUID

from portal.exercises.form.definition import EditionContent
from portal.policies.gates import ExerciseFacts
from portal.vocabulary import Cadence, Mode, PartnerRole

SHORT, MIDDLE = 15, 30


@dataclass(frozen=True)
class Need:
    """What brings people: the parts of the article and the methods that answer it."""

    sections: frozenset[str]
    roots: frozenset[str] = frozenset()


NEEDS = {
    "begin": Need(frozenset({"professional-help", "acknowledging"}), frozenset({"discernment"})),
    "talk": Need(frozenset({"communicating"})),
    "hurt": Need(
        frozenset({"trust-forgiveness", "responsibility", "faq-trust", "faq-infidelity"}),
        frozenset({"forgiveness", "reach"}),
    ),
    "warmth": Need(
        frozenset({"positive-aspects", "quality-time", "shared-activities", "intimacy"}),
        frozenset({"positive", "sex-therapy"}),
    ),
    "home": Need(frozenset({"finance-household"})),
    "apart": Need(frozenset({"space-healing"})),
    "alone": Need(frozenset({"faq-solo", "faq-unwilling"})),
    "hope": Need(frozenset({"commitment", "faq-progress", "introduction"}), frozenset({"act"})),
    "aims": Need(frozenset({"expectations", "needs-goals"})),
    "keep": Need(frozenset({"celebrating", "conclusion"})),
}


@dataclass(frozen=True)
class EditionCard:
    """One frozen edition, read and typed."""

    id: UUID
    key: str
    number: int
    content_hash: str
    content: EditionContent

    @property
    def title(self) -> str:
        """The title that partners see."""
        return self.content.exercise.title

    @property
    def mode(self) -> Mode:
        """Who answers it, and whether together."""
        return Mode(self.content.exercise.mode)

    @property
    def cadence(self) -> Cadence:
        """How often it comes round."""
        return Cadence(self.content.exercise.cadence)

    @property
    def facts(self) -> ExerciseFacts:
        """What the gates need to know of it."""
        exercise = self.content.exercise
        return ExerciseFacts(
            mode=self.mode,
            requires_clear=exercise.safety.requires_clear,
            for_role=PartnerRole(exercise.for_role),
            suits=exercise.suits.model_dump(),
            rules=exercise.safety.rules,
            confirm=tuple(exercise.safety.confirm),
        )

    def has_rule(self, name: str) -> bool:
        """Whether it carries this safety rule."""
        return any(rule.rule == name for rule in self.content.exercise.safety.rules)

    @property
    def hides_title(self) -> bool:
        """Whether its title stands on no page but the one where it is answered."""
        return self.has_rule("title_hidden_from_partner")

    @property
    def is_printable(self) -> bool:
        """Whether anything of it may ever be printed."""
        return not self.has_rule("never_print")

    @property
    def opens_anything(self) -> bool:
        """Whether it has answers that open with their round."""
        return any(
            getattr(field, "visibility", "") == "after_both"
            for field in self.content.exercise.fields
        )

    @property
    def needs(self) -> tuple[str, ...]:
        """What it answers, by the parts of the article that it serves and where its method is from."""
        exercise = self.content.exercise
        sections, roots = {exercise.section, *exercise.also_from}, set(exercise.roots)
        return tuple(
            key for key, need in NEEDS.items() if need.sections & sections or need.roots & roots
        )

    @property
    def length(self) -> str:
        """Which of the three lengths one sitting has."""
        minutes = self.content.exercise.minutes
        if minutes <= SHORT:
            return "short"
        return "middle" if minutes <= MIDDLE else "long"


@dataclass(frozen=True)
class Wanted:
    """How the library is narrowed; what is empty narrows nothing."""

    words: str = ""
    section: str = ""
    need: str = ""
    minutes: str = ""
    load: str = ""
    mode: str = ""
    cadence: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.asked)

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, by the names that it has in an address."""
        named = {**self.__dict__, "q": self.words}
        return {name: given for name, given in named.items() if given and name != "words"}

    def fits(self, card: EditionCard, practices: str = "") -> bool:
        """Whether an exercise is among what was asked for; practices are searched like its title."""
        exercise = card.content.exercise
        text = f"{card.title} {exercise.purpose} {practices}".casefold()
        return (
            all(word in text for word in self.words.casefold().split())
            and self.section in ("", exercise.section, *exercise.also_from)
            and self.need in ("", *card.needs)
            and self.minutes in ("", card.length)
            and self.load in ("", str(exercise.difficulty))
            and self.mode in ("", exercise.mode)
            and self.cadence in ("", exercise.cadence)
        )
