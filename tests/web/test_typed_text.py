"""What is typed or pasted keeps its words apart, and loses what nobody can see or store."""

import pytest

from portal.exercises.form.typed_text import tidy
from portal.web.forms import clean, clean_line

BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85")


@pytest.mark.parametrize("how", BREAKS, ids=repr)
def test_a_break_of_any_kind_is_a_line_end(how: str) -> None:
    assert clean(f"the end{how}a beginning") == "the end\na beginning"
    assert tidy(f"the end{how}a beginning") == "the end\na beginning"


@pytest.mark.parametrize("how", BREAKS, ids=repr)
def test_and_a_space_where_a_line_is_wanted(how: str) -> None:
    assert clean_line(f" the end{how}a beginning{how}") == "the end a beginning"


def test_what_nobody_can_see_is_left_out() -> None:
    assert clean("a\x00b\x07c\x7f\td\ud800 e\u0301") == "abc\td \u00e9"
    assert tidy("a\x00b\x07c\td\ud800 e\u0301") == "abc\td \u00e9"


def test_nothing_typed_is_no_text() -> None:
    assert clean(None) is None
    assert clean_line(None) is None
    assert clean_line(" \x0b ") == ""
