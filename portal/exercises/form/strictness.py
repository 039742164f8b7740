"""How strictly a catalogue entry is read: frozen, typed, and nothing that we do not know."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

T = TypeVar("T")


class Strict(BaseModel):
    """A piece of the catalogue that cannot change once it is read."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True
    )


def _as_tuple(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


# YAML and JSON know lists only; what we keep cannot be changed.
Many = Annotated[tuple[T, ...], BeforeValidator(_as_tuple)]

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1)]
Choice = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,59}$")]
