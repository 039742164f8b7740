"""Forms that change what is there, from a page that may have been open for long.

A page says of each box what stood in it when it was drawn. What its writer left alone stays as it
is by now, so that an old page brings nothing back; what was changed in both places is said beside
the box, with what was typed still in it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from flask_babel import gettext as _
from wtforms.fields import Field, HiddenField

from portal.web.forms import PortalForm
from portal.web.visits import house

BETWEEN = "."
LENGTH = 20


class EditForm(PortalForm):
    """A form over what is stored; made with `over`, and mixed in before the form of the same boxes."""

    drawn = HiddenField()
    stored: Mapping[str, object]

    @classmethod
    def over(cls, stored: Mapping[str, object], *made_of: Any, **beside: Any) -> Self:
        """The form, filled with what is stored now where nothing was posted."""
        form = cls(*made_of, data=stored, **beside)
        form.stored = stored
        if not form.is_submitted():
            form.drawn.data = form._marks_now()
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it fits, and nothing of it was changed in another place as well."""
        known = dict(zip(self.stored, (self.drawn.data or "").split(BETWEEN), strict=False))
        moved = [n for n in self.stored if known.get(n) not in (None, "", self._mark_now(n))]
        untouched = [name for name in moved if known[name] == self._mark(name, self[name].data)]
        for name in untouched:
            self[name].data = self.stored[name]
            self[name].raw_data = []  # some boxes are drawn from what was posted
        fits = bool(super().validate(extra_validators))
        clashing = self.clashes(moved)
        for name in clashing:
            field = self[name]
            field.errors = [*field.errors, _said(field, self.stored[name])]
        self.drawn.data = self._marks_now()
        return fits and not clashing

    def clashes(self, moved: Sequence[str]) -> list[str]:
        """The boxes that were changed in both places, and so are asked about before they are saved."""
        return [name for name in moved if self.differs(name)]

    def differs(self, *names: str) -> bool:
        """Whether one of these boxes holds something else than what is stored now."""
        return any(_text(self[name].data) != _text(self.stored[name]) for name in names)

    def _marks_now(self) -> str:
        return BETWEEN.join(self._mark_now(name) for name in self.stored)

    def _mark_now(self, name: str) -> str:
        return self._mark(name, self.stored[name])

    def _mark(self, name: str, value: object) -> str:
        return house().chest.mark("tokens", "drawn", name, _text(value))[:LENGTH]


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return json.dumps(sorted(str(each) for each in value))
    return "" if value is None else str(value)


def _said(field: Field, now: object) -> str:
    shown = _shown(field, now)
    emptied = _("This was emptied in another place meanwhile. Save again to keep what stands here.")
    changed = _(
        "This was changed in another place meanwhile, to: %(now)s. Save again to keep what stands here.",
        now=shown,
    )
    return str(changed if shown else emptied)


def _shown(field: Field, now: object) -> str:
    """What is stored now, as the page says it: a choice by its name."""
    values = [str(each) for each in now] if isinstance(now, list | tuple) else [_text(now)]
    names: Iterable[Any] = getattr(field, "choices", None) or ()
    labels = {str(each.value): str(each.label) for each in names}
    return ", ".join(labels.get(value, value) for value in values)
