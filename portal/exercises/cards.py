"""Exercises as counsellors and partners may see them."""

from dataclasses import dataclass
from uuid import UUID

from portal.exercises.form.definition import EditionContent
from portal.policies.gates import ExerciseFacts
from portal.vocabulary import Cadence, Mode, PartnerRole


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
