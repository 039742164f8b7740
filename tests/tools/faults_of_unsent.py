"""Faults by which words go that were kept nowhere: those that came back, those that were cut, those that were glued."""

from tests.tools.planting import Fault

UNSENT, GUARD = "static/js/unsent.js", "static/js/guard.js"
FORM, GIVEN_BACK = "templates/components/form.html", "templates/components/given_back.html"
REFUSED = "tests/journeys/test_refused_words.py"
TOO_LONG = "tests/web/test_too_long.py -k sqlite"
TYPED = "tests/web/test_typed_text.py"

UNSENT_FAULTS = (
    Fault(
        "in a form that was not taken only the box with the fault holds unsent words",
        UNSENT,
        " || Boolean(box.form?.querySelector(REFUSED));",
        ' || box.matches("[aria-invalid=true]");',
        REFUSED,
    ),
    Fault(
        "words given back are closed by a rest",
        GIVEN_BACK,
        " readonly data-unkept ",
        " readonly ",
        REFUSED,
    ),
    Fault(
        "words given back are left unasked, as they stand in no form",
        GUARD,
        "return isGivenBack(box) || box.form?.method",
        "return box.form?.method",
        REFUSED,
    ),
    Fault(
        "words given back are left unasked where the frame has no guard",
        GIVEN_BACK,
        "{% if words %}<script",
        "{% if false %}<script",
        REFUSED,
    ),
    Fault(
        "a box for several lines cuts what is pasted",
        FORM,
        "'required': false, 'maxlength': false} %}\n    {{ f(**dict(kwargs, **says)) }}",
        "'required': false} %}\n    {{ f(**dict(kwargs, **says)) }}",
        TOO_LONG,
    ),
    Fault(
        "a box for one line cuts what is pasted",
        FORM,
        "'required': false, 'maxlength': false} %}\n    {% set kind",
        "'required': false} %}\n    {% set kind",
        TOO_LONG,
    ),
    Fault(
        "a soft break in a form glues two words together",
        "portal/web/forms.py",
        r'"\r\n|[\r\x0b\x0c\x85]"',
        r'"\r\n|[\r]"',
        TYPED,
    ),
    Fault(
        "a soft break in an answer glues two words together",
        "portal/exercises/form/typed_text.py",
        r'"\r\n|[\r\x0b\x0c\x85]"',
        r'"\r\n|[\r]"',
        TYPED,
    ),
)
