"""What a partner's pages send: which button was pressed, and what was said on the check page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from portal.exercises.form.definition import Field
from portal.exercises.form.reading import Reading, ReadingContext, read_form
from portal.exercises.form.sheet import RawForm
from portal.reflections.sending.cards import YES, Asked, Said, name_of
from portal.vocabulary import ConsentKind
from portal.web.saving import sent_before

BUTTONS = ("save_and_continue", "back", "finish_later")


def raw(form: MultiDict[str, str]) -> RawForm:
    """Everything that was sent, box by box."""
    return {name: form.getlist(name) for name in form}


def read_page(fields: Sequence[Field], form: MultiDict[str, str], ctx: ReadingContext) -> Reading:
    """What a page says, with what it sent before and had no answer to."""
    boxes = raw(form)
    earlier = tuple(read_form(fields, each, ctx) for each in sent_before(boxes))
    return replace(read_form(fields, boxes, ctx), earlier=earlier)


def bases(form: MultiDict[str, str]) -> dict[str, str]:
    """What each answer on a sheet for two stood upon when its page was drawn."""
    start = "counter."
    return {n.removeprefix(start): form[n] for n in form if n.startswith(start)}


def button(form: MultiDict[str, str]) -> str:
    """Which way somebody wants to go on; saving and staying where nothing else was pressed."""
    return next((name for name in BUTTONS if name in form), "save")


def said(form: MultiDict[str, str], asked: Iterable[Asked]) -> Said:
    """What the writer answered; nothing is preset, and no answer means no."""
    answers = {name_of(each): form.get(name_of(each)) == YES[each.kind] for each in asked}
    releases = {
        each.field_key: answers[name_of(each)]
        for each in asked
        if each.kind is not ConsentKind.OPEN_ROUND
    }
    return Said(answers.get(ConsentKind.OPEN_ROUND.value, False), releases)


def chosen_audience(form: MultiDict[str, str]) -> tuple[str, str]:
    """For which answer another reader was chosen, and which."""
    for name in form:
        if name.startswith("audience."):
            return name.removeprefix("audience."), form[name]
    return "", ""
