"""A furnished world for the matrix: who there is, what each may know, and every object by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from werkzeug.routing import Rule

from tests.support.world import CoupleHere


@dataclass
class Scene:
    """One couple with everything that can be named in an address."""

    couple: CoupleHere
    ids: dict[str, list[UUID]] = field(default_factory=dict)
    letter: str = ""


@dataclass
class Places:
    """Everybody, everything, and who may know which word."""

    tokens: dict[str, str] = field(default_factory=dict)
    scenes: dict[str, Scene] = field(default_factory=dict)
    words: dict[bytes, frozenset[str]] = field(default_factory=dict)
    common: dict[str, list[UUID]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    @property
    def actors(self) -> list[str]:
        """Everybody who knocks."""
        return ["nobody", "stale cookie", *self.tokens]

    def ids(self) -> list[UUID]:
        """Every id that can stand in an address."""
        found = [one for scene in self.scenes.values() for ids in scene.ids.values() for one in ids]
        return [*found, *(one for ids in self.common.values() for one in ids)]

    def objects_for(self, rule: Rule, actor: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        """What can stand in this address: one's own, the neighbour's, a stranger's, nothing at all."""
        names = sorted(rule.arguments)
        if not names:
            yield "own", {}
            return
        home = self.homes.get(actor, "")
        mine = {one for ids in self.scenes[home].ids.values() for one in ids} if home else set()
        for where, scene in self.scenes.items():
            shared = all(name in self.common for name in names if name.endswith("_id"))
            for values in self._values(rule, names, scene):
                touches = any(value in mine for value in values.values())
                yield "own" if where == home or shared or touches else "foreign", values
        yield "own", {name: _other(rule, name) for name in names}

    def _values(self, rule: Rule, names: list[str], scene: Scene) -> Iterator[Mapping[str, object]]:
        first = next((name for name in names if name.endswith("_id")), None)
        if rule.endpoint == "letters.go":
            yield {"code": scene.letter}
        if first is None:
            yield {name: _other(rule, name) for name in names}
            return
        for one in [*scene.ids.get(first, []), *self.common.get(first, [])]:
            values: dict[str, object] = {name: _other(rule, name) for name in names}
            for name in names:
                known = scene.ids.get(name) or self.common.get(name)
                if known:
                    values[name] = known[0]
            values[first] = one
            yield values
        yield from self._mixed(rule, names, first, scene)

    def _mixed(
        self, rule: Rule, names: list[str], first: str, scene: Scene
    ) -> Iterator[Mapping[str, object]]:
        """A child of another parent: this couple's round with every other couple's part."""
        others = [name for name in names if name.endswith("_id") and name != first]
        for name in others:
            for other in self.scenes.values():
                for child in other.ids.get(name, []):
                    values: dict[str, object] = {each: _other(rule, each) for each in names}
                    known = scene.ids.get(first) or self.common.get(first)
                    if known and other is not scene:
                        yield {**values, first: known[0], name: child}

    def foreign_words(self, actor: str, text: bytes) -> list[bytes]:
        """Words in this text that this actor may not know."""
        return [word for word, may in self.words.items() if actor not in may and word in text]

    def own_words(self, actor: str, text: bytes) -> list[bytes]:
        """Words in this text that this actor may know, and so should find somewhere."""
        return [word for word, may in self.words.items() if actor in may and word in text]

    def fields_for(self, endpoint: str) -> dict[str, Any]:
        """A form that gets past the first look, so that the policy has to answer."""
        return {
            "text": "something",
            "line": "something",
            "edition": "clinical",
            "pocket": "a",
            "status": "clear",
            "reason": "something",
            "role": "owner",
            "person": str(uuid4()),
            "open": "open",
            "programme": "talking-and-listening",
            "starts_on": "2099-03-02",
            "due_on": "2099-03-02",
            "exercise": "needs-and-values",
            "week": "3",
            "for_whom": "a",
            "says": "yes",
            "recipient": "somebody",
            "purpose": "something",
            "endpoint": endpoint,
        }


def _other(rule: Rule, name: str) -> object:
    kind = type(rule._converters[name]).__name__
    if kind == "UUIDConverter":
        return uuid4()
    if kind == "IntegerConverter":
        return 1
    return {"seat": "a", "role": "supervisor", "key": "start_with", "name": "css/base.css"}.get(
        name, "something"
    )
