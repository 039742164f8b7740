"""The check page before sending, and what the writer says on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.exercises.form.messages import Problem
from portal.exercises.form.shown import Shown
from portal.reflections.drafts.cards import DraftCard
from portal.vocabulary import Audience, ConsentKind

YES: Mapping[ConsentKind, str] = {
    ConsentKind.OPEN_ROUND: "open",
    ConsentKind.RELEASE_ANSWER: "may_open",
    ConsentKind.RELEASE_MATCHES: "may_open",
}


@dataclass(frozen=True)
class CheckLine:
    """One answer as it will be sent, and who will be able to read it."""

    key: str
    label: str
    shown: Shown
    audience: Audience
    is_private: bool
    was_changed: bool


@dataclass(frozen=True)
class Asked:
    """A yes that is asked for on the check page: for the round, or for one answer."""

    kind: ConsentKind
    field_key: str
    label: str
    says_yes: bool | None


def name_of(asked: Asked) -> str:
    """The name of the box in which one consent is answered."""
    return f"{asked.kind.value}.{asked.field_key}" if asked.field_key else asked.kind.value


@dataclass(frozen=True)
class CheckCard:
    """Everything the writer sees before they send."""

    draft: DraftCard
    lines: tuple[CheckLine, ...]
    problems: tuple[Problem, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Said:
    """What the writer answered on the check page; what is missing means no."""

    open_round: bool = False
    releases: Mapping[str, bool] = field(default_factory=dict)
