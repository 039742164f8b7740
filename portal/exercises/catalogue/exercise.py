"""Short questions that the checks ask of one parsed exercise."""

from collections.abc import Iterator

from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import Node, NodeMap, as_map, maps, text


def fields_of(exercise: NodeMap) -> list[NodeMap]:
    """The questions of an exercise in order."""
    return maps(exercise.get("fields"))


def field_of(exercise: NodeMap, key: Node) -> NodeMap | None:
    """The question with this key, if there is one."""
    return next((field for field in fields_of(exercise) if field.get("key") == key), None)


def columns_of(field: NodeMap) -> list[NodeMap]:
    """The columns of a table or a daily log."""
    return maps(field.get("columns"))


def column_of(field: NodeMap, key: Node) -> NodeMap | None:
    """The column with this key, if there is one."""
    return next((column for column in columns_of(field) if column.get("key") == key), None)


def values_of(field: NodeMap) -> list[Node]:
    """The values that a choice offers."""
    return [option.get("value") for option in maps(field.get("options"))]


def fixed_rows(field: NodeMap) -> list[Node]:
    """The keys of the rows that a table names."""
    return [row.get("key") for row in maps(as_map(field.get("rows")).get("fixed"))]


def safety_of(exercise: NodeMap) -> NodeMap:
    """The safety block of an exercise."""
    return as_map(exercise.get("safety"))


def rules_of(exercise: NodeMap) -> list[NodeMap]:
    """The rules that an exercise sets for itself."""
    return maps(safety_of(exercise).get("rules"))


def rules_named(exercise: NodeMap, name: str) -> list[NodeMap]:
    """The rules of one kind that an exercise sets for itself."""
    return [rule for rule in rules_of(exercise) if rule.get("rule") == name]


def question_lists(source: Source) -> Iterator[tuple[str, str, NodeMap]]:
    """File, place and exercise of every list of questions, the added ones in the same form."""
    for name, exercise in source.folder("exercises").items():
        yield f"exercises/{name}.yaml", "fields", exercise
    marks = ("write_once", "never_print")
    for place in ("before_every_exercise", "after_every_exercise"):
        added = maps(source.file("common.yaml").get(place))
        fields = [{k: v for k, v in field.items() if k not in marks} for field in added]
        yield "common.yaml", place, {"mode": "individual", "cadence": "once", "fields": fields}


def is_shared(exercise: NodeMap) -> bool:
    """Whether an exercise is for both partners, as a pair or on one sheet."""
    return text(exercise.get("mode")) in {"paired", "joint"}


def is_each(field: NodeMap) -> bool:
    """Whether each partner answers this question of a joint sheet on their own."""
    return field.get("respondent") == "each"


def fit(exercise: NodeMap, level: str) -> Node:
    """How well an exercise suits a contact level, or one partner alone."""
    return as_map(exercise.get("suits")).get(level)
