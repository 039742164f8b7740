"""Reading the catalogue into typed, frozen definitions, and freezing an exercise as an edition."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field as Described

from portal.exercises.form.exercise import ExerciseDefinition
from portal.exercises.form.fields import (
    AnyColumn,
    ChoiceColumn,
    ChoiceField,
    Condition,
    ContextCondition,
    DailyEntryField,
    Field,
    FieldCondition,
    InfoField,
    Option,
    PlainColumn,
    Question,
    RowsField,
    ScaleColumn,
    ScaleEnds,
    TableField,
)
from portal.exercises.form.programme import CheckInDefinition, ProgrammeDefinition
from portal.exercises.form.standing import AskedWith, CommonDefinition
from portal.exercises.form.strictness import Strict

__all__ = [
    "AnyColumn",
    "AskedWith",
    "CheckInDefinition",
    "ChoiceColumn",
    "ChoiceField",
    "CommonDefinition",
    "Condition",
    "ContextCondition",
    "DailyEntryField",
    "EditionContent",
    "ExerciseDefinition",
    "Field",
    "FieldCondition",
    "InfoField",
    "Option",
    "PlainColumn",
    "ProgrammeDefinition",
    "Question",
    "RowsField",
    "ScaleColumn",
    "ScaleEnds",
    "TableField",
    "content_hash",
    "edition_content",
    "parse_check_in",
    "parse_common",
    "parse_exercise",
    "parse_programme",
    "read_edition",
]


class EditionContent(Strict):
    """A frozen text: the exercise with everything that is asked around it."""

    format: Literal["edition/1"] = Described(alias="schema")
    exercise: ExerciseDefinition
    common: AskedWith


def parse_exercise(data: Mapping[str, Any]) -> ExerciseDefinition:
    """An exercise as the catalogue wrote it; pydantic's ValidationError where it is not one."""
    return ExerciseDefinition.model_validate(dict(data))


def parse_common(data: Mapping[str, Any]) -> CommonDefinition:
    """The questions and words that go with every exercise."""
    return CommonDefinition.model_validate(dict(data))


def parse_check_in(data: Mapping[str, Any]) -> CheckInDefinition:
    """The weekly check-in, with its wordings and its scoring."""
    return CheckInDefinition.model_validate(dict(data))


def parse_programme(data: Mapping[str, Any]) -> ProgrammeDefinition:
    """A sequence of exercises over some weeks."""
    return ProgrammeDefinition.model_validate(dict(data))


def edition_content(exercise: Mapping[str, Any], common: Mapping[str, Any]) -> str:
    """The one text under which an exercise is assigned, answered and printed from now on."""
    parse_exercise(exercise)
    asked_with = {name: common[name] for name in AskedWith.model_fields if name in common}
    AskedWith.model_validate(asked_with)
    document = {"schema": "edition/1", "exercise": dict(exercise), "common": asked_with}
    return json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def content_hash(text: str) -> str:
    """The fingerprint by which an edition is told from every other."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_edition(text: str) -> EditionContent:
    """An edition as it was frozen, typed again."""
    return EditionContent.model_validate(json.loads(text))
