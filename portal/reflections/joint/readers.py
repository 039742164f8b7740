"""Who reads one's own answers on a sheet for two, and with which readers a page was drawn."""

from portal.exercises.form.definition import Field
from portal.policies.audiences import after_page, settle
from portal.reflections.drafts.queries import proposed_audiences
from portal.reflections.joint.merging import packed, unpacked
from portal.reflections.models import DraftField
from portal.vocabulary import Audience

# Beside the marks of the words: the audience that stood beside the box.
READER = "~reader"


def standing(item: Field, row: DraftField | None, *, shared_now: bool = True) -> Audience:
    """The audience of one's own answer as it holds now."""
    proposed = proposed_audiences((item,))[item.key]
    return settle(row.audience if row else None, proposed, shared_now=shared_now)


def drawn_with(base: str, reader: Audience) -> str:
    """The marks of an answer, with the audience that its page shows."""
    return packed({**unpacked(base), READER: reader.value})


def reader_after(item: Field, given: str | None, base: str, now: Audience) -> Audience:
    """The audience that holds once this page has come back."""
    proposed = proposed_audiences((item,))[item.key]
    chosen = settle(Audience.of(given), proposed, shared_now=True) if given else None
    return after_page(chosen, shown_on(base), now)


def shown_on(base: str) -> Audience | None:
    """The audience that a page was drawn with, as far as it says so."""
    mark = unpacked(base).get(READER)
    return Audience.of(mark) if mark else None
