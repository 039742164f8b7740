"""Check 18: the weekly check-in asks twelve things, and two of them stay out of every score."""

from collections.abc import Iterator
from functools import partial

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.nodes import NodeMap, as_list, as_map, doubles, is_text, maps

CHECK_IN = "check-in.yaml"
ITEMS = 12
APART = ("wellbeing", "safety")
WORDINGS = ("text", "solo_text", "apart_text")
VARIANTS = ("together", "separated_contact", "no_contact", "solo")

fault = partial(Fault, 18, CHECK_IN)


def check_check_in(source: Source) -> Iterator[Fault]:
    """The items, the wordings and the scores of the check-in."""
    check_in = source.file(CHECK_IN)
    items = maps(check_in.get("items"))
    keys = [item.get("key") for item in items]
    if len(items) != ITEMS or doubles(keys):
        yield fault("items", "is not twelve different items")
    for item in items:
        for words in (*WORDINGS, "low", "high"):
            if not is_text(item.get(words)):
                yield fault(f"items.{item.get('key')}.{words}", "has no words")
    yield from check_apart(check_in, items)
    yield from check_scores(as_map(check_in.get("scoring")), keys)
    yield from check_variants(as_map(check_in.get("variants")), keys)


def check_apart(check_in: NodeMap, items: list[NodeMap]) -> Iterator[Fault]:
    """Safety is private, on no paper and may be left out."""
    safety = next((item for item in items if item.get("key") == "safety"), {})
    marks = {"private": True, "never_print": True, "required": False}
    for key, wanted in marks.items():
        if safety.get(key) is not wanted:
            yield fault(f"items.safety.{key}", f"is not {str(wanted).lower()}")
    comment = as_map(check_in.get("comment"))
    if comment.get("visibility") != "counsellor":
        yield fault("comment.visibility", "is not counsellor only")


def check_scores(scoring: NodeMap, keys: list[object]) -> Iterator[Fault]:
    """Every score is made of the ten relationship items."""
    scored = [key for key in keys if key not in APART]
    scores = {"total": as_map(scoring.get("total"))}
    for subscale in maps(scoring.get("subscales")):
        scores[f"subscales.{subscale.get('key')}"] = subscale
    for place, score in scores.items():
        items = as_list(score.get("items"))
        if not items or any(key not in scored for key in items) or doubles(items):
            yield fault(f"scoring.{place}.items", "is not made of relationship items, each once")
    if as_list(scores["total"].get("items")) != scored:
        yield fault("scoring.total.items", "is not all ten relationship items")
    separate = maps(scoring.get("separate"))
    if tuple(item.get("key") for item in separate) != APART:
        yield fault("scoring.separate", "is not wellbeing and safety")
    for item in separate:
        if item.get("in_total") is not False or item.get("visibility") != "counsellor":
            yield fault(f"scoring.separate.{item.get('key')}", "does not stay with the counsellor")


def check_variants(variants: NodeMap, keys: list[object]) -> Iterator[Fault]:
    """Each way of living has its wording."""
    if tuple(variants) != VARIANTS:
        yield fault("variants", f"is not {', '.join(VARIANTS)}")
    for name, variant in variants.items():
        if as_map(variant).get("text") not in WORDINGS:
            yield fault(f"variants.{name}.text", "is no wording of the items")
        if any(key not in keys for key in as_list(as_map(variant).get("drop"))):
            yield fault(f"variants.{name}.drop", "drops an item that does not exist")
