"""Laying two hands' changes over each other: field by field, a table row by row, nothing lost.

A page carries a mark of everything that it was drawn with. What differs from its mark was changed on
that page; what differs from it in the sheet was changed by somebody else meanwhile.
"""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import sha256

from portal.exercises.form.definition import Field
from portal.exercises.form.fields import TableField
from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Row, Value, in_order, rows_in
from portal.reflections.answers import AS_TYPED, Typed, texts_of

Parts = Mapping[str, str]
# Beside the marks: this text was read next to one's own, and one's own was chosen.
DECIDED = "~decided"


@dataclass(frozen=True)
class Text:
    """One answer as one hand has it: what was understood of it, and what was not."""

    value: Value | None = None
    typed: Typed = field(default_factory=dict)


@dataclass(frozen=True)
class Merged:
    """What stands on the sheet afterwards, which rows are new in it, and what both had changed."""

    text: Text
    mine: frozenset[str]
    clashes: bool
    base: str


def text_in(item: Field, reading: Reading) -> Text:
    """One answer as a page has it."""
    odd = {box: said for box, said in reading.typed.items() if box.split(".")[1] == item.key}
    return Text(reading.values.get(item.key), odd)


def parts_of(item: Field, text: Text) -> dict[str, str]:
    """One answer row by row, each with what could not be understood in it.

    Where a row stands among the others is no part of it.
    """
    parts = {key: _placeless(kept) for key, kept in texts_of(item, text.value, {})}
    odd: dict[str, dict[str, Sequence[str]]] = {}
    for box, said in text.typed.items():
        if box.split(".")[1] == item.key:
            odd.setdefault(_part(item, box), {})[box] = list(said)
    return parts | {key: packed([parts.get(key), boxes]) for key, boxes in odd.items()}


def base_of(parts: Parts) -> str:
    """The marks of everything in an answer, as its page carries them."""
    return packed({key: digest(text) for key, text in parts.items()})


def decided_base(parts: Parts) -> str:
    """The same marks for whoever reads this text in a clash, and keeps their own all the same."""
    return packed({**{key: digest(text) for key, text in parts.items()}, DECIDED: "1"})


def unpacked(base: str) -> dict[str, str]:
    """The marks that a page brought back; what is no mark counts as none."""
    try:
        found = json.loads(base)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def digest(text: str | None) -> str:
    """A short mark of one text; nothing has none."""
    return "" if text is None else sha256(text.encode()).hexdigest()[:20]


def merge(
    item: Field, mine: Text, theirs: Text, base: Mapping[str, str], earlier: Sequence[Text] = ()
) -> Merged:
    """Lay what this page says over what stands on the sheet; a true clash leaves the sheet alone.

    What the page sent earlier and had no answer to may be what stands there: then it is its own.
    """
    sent = [parts_of(item, each) for each in earlier]
    here, there = parts_of(item, mine), parts_of(item, theirs)
    taken: dict[str, bool] = {}
    marks: dict[str, str] = {}
    clashes = False
    for key in dict.fromkeys((*there, *here)):
        said = {digest(parts.get(key)) for parts in sent}
        verdict = _verdict(here.get(key), there.get(key), base.get(key, ""), said)
        taken[key] = verdict == "mine"
        clashes = clashes or verdict == "clash"
        keeps_mark = verdict in ("theirs", "clash")
        marks[key] = base.get(key, "") if keeps_mark else digest(here.get(key))
    fresh = {key for key, is_mine in taken.items() if is_mine and here.get(key) != there.get(key)}
    if fresh & {_part(item, box) for box in (*mine.typed, *theirs.typed)}:
        fresh.add(AS_TYPED)
    text = Text(_value(item, mine, theirs, taken), _typed(item, mine, theirs, taken))
    kept = packed({k: mark for k, mark in marks.items() if mark})
    return Merged(text, frozenset(fresh), clashes, kept)


def _verdict(here: str | None, there: str | None, mark: str, sent: Set[str]) -> str:
    if here == there:
        return "same"
    if there is not None and digest(there) in sent:
        return "mine"
    if digest(here) == mark:
        return "theirs"
    if digest(there) == mark or there is None:
        return "mine"
    return "theirs" if here is None else "clash"


def _value(item: Field, mine: Text, theirs: Text, taken: Mapping[str, bool]) -> Value | None:
    if not isinstance(item, TableField):
        return mine.value if taken.get("") else theirs.value
    here = {row.row_id: row for row in rows_in(mine.value)}
    there = {row.row_id: row for row in rows_in(theirs.value)}
    found: list[Row] = []
    for row_id in dict.fromkeys((*there, *here)):
        row = (here if taken.get(row_id) else there).get(row_id)
        if row is not None:
            found.append(row)
    return in_order(item, tuple(found)) or None


def _typed(item: Field, mine: Text, theirs: Text, taken: Mapping[str, bool]) -> Typed:
    """What no form understood goes where its row goes: into the box with it, or not at all."""
    ours = {box: t for box, t in mine.typed.items() if taken.get(_part(item, box))}
    return ours | {box: t for box, t in theirs.typed.items() if not taken.get(_part(item, box))}


def _part(item: Field, box: str) -> str:
    """The row to which a box belongs; an answer that is no table is one part."""
    names = box.split(".")
    return names[2] if isinstance(item, TableField) and len(names) > 2 else ""


def _placeless(kept: str) -> str:
    data = json.loads(kept)
    if isinstance(data, dict) and "place" in data:
        data.pop("place")
    return packed(data)


def packed(data: object) -> str:
    """As it travels in a page and is digested: the same text for the same marks."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
