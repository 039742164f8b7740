"""What one partner may never notice of the other on a sheet that the two write together."""

from collections.abc import Mapping

from portal.exercises.form.values import Value
from portal.reflections.joint.agreeing import decline
from tests.promises.story import Steps, Told
from tests.support.sheets import OWN, put, say_yes


def on_the_sheet(told: Told) -> None:
    """An answer of one's own on a sheet for two, and its private box."""
    words: dict[str, Value | None] = {
        **OWN,
        "where_each": "out of theirs",
        "private_note": "nobody may know",
    }
    put(told.world, told.other, told.ids["sheet"], words, audiences={"where_each": "counsellor"})


def confirms_the_sheet(told: Told) -> None:
    on_the_sheet(told)
    say_yes(told.world, told.other, told.ids["sheet"])


def leaves_the_sheet(told: Told) -> None:
    with told.acts(told.other) as visit:
        decline(visit, told.ids["sheet"])


# Each secret by its name, its deeds at their hours.
OF_SHEETS: Mapping[str, Steps] = {
    "begins the sheet": {19.0: on_the_sheet},
    "goes on with the sheet": {26.0: on_the_sheet},
    "confirms the sheet": {27.0: confirms_the_sheet},
    "leaves the sheet out": {28.0: leaves_the_sheet},
}
