"""Every page is in the list of those that ./run shots takes a picture of, or has a reason not to be."""

from flask import Flask

from tests.tools.places import ARGUMENTS, NO_PAGE


def test_every_page_can_be_found(app: Flask) -> None:
    strange = {
        f"{rule.endpoint}: {name}"
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGE
        for name in rule.arguments
        if name not in ARGUMENTS
    }
    assert not strange


def test_what_is_left_out_exists(app: Flask) -> None:
    asked_for = {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    assert set(NO_PAGE) <= asked_for
