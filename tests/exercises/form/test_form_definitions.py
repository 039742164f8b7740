"""What an exercise may ask for, and what is refused before it is kept."""

import copy
import json
from typing import Any

import pytest
from pydantic import ValidationError

from portal.exercises.form.definition import (
    content_hash,
    edition_content,
    parse_check_in,
    parse_common,
    parse_exercise,
    parse_programme,
    read_edition,
)
from tests.exercises.form.material import DATA, EXERCISES, entry

PROGRAMMES = sorted(path.stem for path in (DATA / "programmes").glob("*.yaml"))


def test_the_catalogue_has_its_forty_five_exercises() -> None:
    assert len(EXERCISES) == 45
    assert len(PROGRAMMES) == 8


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_is_read_and_keeps_every_key(name: str) -> None:
    told = entry(f"exercises/{name}.yaml")
    read = parse_exercise(told)
    assert read.id == name
    assert [field.key for field in read.fields] == [field["key"] for field in told["fields"]]
    assert set(told) <= {field.alias or key for key, field in type(read).model_fields.items()}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_programme_is_read(name: str) -> None:
    assert parse_programme(entry(f"programmes/{name}.yaml")).id == name


def test_the_added_questions_and_the_check_in_are_read() -> None:
    common = parse_common(entry("common.yaml"))
    assert [field.key for field in common.after_every_exercise][-2:] == [
        "could_be_open",
        "private_note",
    ]
    assert len(parse_check_in(entry("check-in.yaml")).items) == 12


def change(data: dict[str, Any], *path: Any, to: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = to


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("surprise",), "a key that nobody knows"),
        (("mode",), "both"),
        (("minutes",), "45"),
        (("version",), True),
        (("run",), {"weeks": 2}),
        (("fields", 0, "scale", "max"), 7),
        (("fields", 0, "max_words"), 200),
        (("fields", 0, "required"), "true"),
        (("fields", 0, "visibility"), "everybody"),
        (("fields", 3, "columns", 0, "type"), "photo"),
        (("fields", 3, "columns", 0, "key"), "label"),
        (("fields", 3, "rows"), []),
        (("roots",), "cbct"),
        (("safety", "rules"), [{"rule": "stop_releases"}]),
        (("safety", "rules"), [{"rule": "stop_release", "field": "jobs", "below": 3, "in": ["a"]}]),
        (("safety", "rules"), [{"rule": "never_with"}]),
        (("safety", "rules"), [{"rule": "needs_confirm", "field": "jobs"}]),
    ],
)
def test_whatever_is_not_in_the_scheme_is_refused(path: tuple[Any, ...], to: Any) -> None:
    data = copy.deepcopy(entry("exercises/chores-map.yaml"))
    parse_exercise(data)
    change(data, *path, to=to)
    with pytest.raises(ValidationError):
        parse_exercise(data)


def test_a_definition_cannot_be_changed() -> None:
    read = parse_exercise(entry("exercises/chores-map.yaml"))
    with pytest.raises(ValidationError):
        read.title = "Other"  # type: ignore[misc]
    assert isinstance(read.fields, tuple)


def test_an_edition_is_one_canonical_text() -> None:
    told, common = entry("exercises/trust-log.yaml"), entry("common.yaml")
    text = edition_content(told, common)
    backwards = dict(reversed(told.items()))
    assert edition_content(backwards, common) == text
    assert (
        json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        == text
    )
    assert content_hash(text) == content_hash(edition_content(told, common))
    assert len(content_hash(text)) == 64


def test_an_edition_is_read_back_with_the_questions_that_it_was_asked_with() -> None:
    told, common = entry("exercises/trust-log.yaml"), entry("common.yaml")
    content = read_edition(edition_content(told, common))
    assert content.exercise == parse_exercise(told)
    assert content.common.after_every_exercise == parse_common(common).after_every_exercise
    assert [question.key for question in content.common.check_page] == [
        "open_round",
        "release_answer",
        "release_matches",
    ]


def test_another_wording_is_another_edition() -> None:
    told, common = copy.deepcopy(entry("exercises/trust-log.yaml")), entry("common.yaml")
    before = content_hash(edition_content(told, common))
    told["fields"][0]["label"] += " "
    assert content_hash(edition_content(told, common)) != before
    other = copy.deepcopy(common)
    other["check_page"][0]["label"] += " "
    assert content_hash(edition_content(entry("exercises/trust-log.yaml"), other)) != before


def test_what_is_no_exercise_becomes_no_edition() -> None:
    with pytest.raises(ValidationError):
        edition_content({"id": "x"}, entry("common.yaml"))
    with pytest.raises(ValidationError):
        edition_content(entry("exercises/trust-log.yaml"), {"check_page": []})
