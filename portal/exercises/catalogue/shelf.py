"""The sound catalogue: exercises, programmes and the vocabularies around them."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.exercises.catalogue.nodes import NodeMap


@dataclass(frozen=True)
class Catalogue:
    """Everything that a practice can set as homework, with the rules around it."""

    exercises: Mapping[str, NodeMap]
    programmes: Mapping[str, NodeMap]
    common: NodeMap
    check_in: NodeMap
    safety: NodeMap
    instruments: NodeMap
    trace: NodeMap
