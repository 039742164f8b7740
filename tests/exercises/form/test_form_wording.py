"""The words an edition puts around its questions, for whoever reads them."""

import pytest

from portal.exercises.form.wording import asked, audience_labels, introduction, person_options
from tests.exercises.form.material import EXERCISES, PEOPLE, edition, entry


def labels(name: str, *, solo: bool) -> dict[str, str]:
    return {field.key: field.label for field in asked(edition(name), solo=solo, promise="Kept.")}


def test_the_added_questions_end_every_exercise_with_the_promise_in_its_place() -> None:
    fields = asked(edition("date-night"), solo=False, promise="It stays with your counsellor.")
    assert [field.key for field in fields[-5:]] == [
        "how_much",
        "what_got_in_the_way",
        "how_it_felt",
        "could_be_open",
        "private_note",
    ]
    assert "It stays with your counsellor. This is not an emergency" in fields[-1].help
    assert "{" not in fields[-1].help


def test_alone_a_question_reads_differently_or_is_left_out() -> None:
    together, alone = labels("date-night", solo=False), labels("date-night", solo=True)
    assert "who" in together
    assert "who" not in alone
    assert alone["enjoyed_each"] == "How much did I enjoy it?"
    assert alone["what"] == together["what"]
    days = next(f for f in asked(edition("three-thanks"), solo=True, promise="") if f.key == "days")
    assert days.help == "They do not have to be about your partner."


@pytest.mark.parametrize("name", EXERCISES)
def test_alone_nothing_is_asked_of_each(name: str) -> None:
    for field in asked(edition(name), solo=True, promise=""):
        assert getattr(field, "respondent", None) is None


@pytest.mark.parametrize("name", EXERCISES)
def test_every_change_of_the_solo_wording_is_made(name: str) -> None:
    solo = entry(f"exercises/{name}.yaml").get("solo", {"changes": []})
    fields = {field.key: field for field in asked(edition(name), solo=True, promise="")}
    for change in solo["changes"]:
        if change.get("hide"):
            assert change["field"] not in fields
        else:
            now = fields[change["field"]]
            assert {key: getattr(now, key) for key in change if key != "field"} == {
                key: change[key] for key in change if key != "field"
            }


def test_the_introduction_is_the_one_for_this_person() -> None:
    content = edition("date-night")
    assert introduction(content, solo=False) == content.exercise.intro
    assert content.exercise.solo
    assert introduction(content, solo=True) == content.exercise.solo.intro
    without = edition("self-care")
    assert introduction(without, solo=True) == without.exercise.intro


def test_people_are_called_by_their_first_names() -> None:
    options = person_options(edition("date-night"), PEOPLE)
    assert [(option.value, option.label) for option in options] == [
        ("a", PEOPLE.a),
        ("b", PEOPLE.b),
        ("both", "Both of us"),
        ("other", "Someone else"),
        ("nobody", "Nobody yet"),
    ]


def test_each_audience_has_the_words_of_the_edition() -> None:
    words = audience_labels(edition("date-night"))
    assert words["counsellor"] == "Only my counsellor"
    assert set(words) == {"counsellor", "after_both", "at_once", "on_release"}
