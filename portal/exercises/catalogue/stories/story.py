"""One invented couple as the checks look at it: people, status over time, and their work."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.exercises.catalogue.exercise import fields_of, is_each, is_shared
from portal.exercises.catalogue.nodes import Node, NodeMap, as_map, is_whole, maps, text
from portal.exercises.catalogue.shelf import Catalogue
from portal.exercises.catalogue.stories.moments import DAY, UNKNOWN, moment_of

PARTNERS = ("a", "b")
SENT_STATES = ("submitted", "returned", "reviewed")
CLEAR_DAYS = 90


@dataclass(frozen=True)
class Sent:
    """What one writer (or the couple on one sheet) made of a round, in one revision."""

    key: str
    node: NodeMap
    by: str
    at: int
    round: int
    revision: int
    state: str

    @property
    def answers(self) -> NodeMap:
        """The answers by question."""
        return as_map(self.node.get("answers"))

    @property
    def is_sent(self) -> bool:
        """Whether the counsellor has it; a draft or a declined half is not."""
        return self.state in SENT_STATES

    @property
    def read_at(self) -> int:
        """When the counsellor had read it, or unknown."""
        done = self.node.get("reviewed", self.node.get("returned"))
        return moment_of(done)

    def added(self, key: Node, writer: str) -> Node:
        """One answer to the questions that are added to every exercise."""
        after = as_map(self.node.get("after"))
        return (as_map(after.get(writer)) if self.by == "couple" else after).get(text(key))

    def answer(self, key: Node, writer: str) -> Node:
        """One answer; on a joint sheet each partner may have their own."""
        value = self.answers.get(text(key))
        if self.by == "couple" and isinstance(value, dict) and set(value) <= set(PARTNERS):
            return value.get(writer)
        return value


@dataclass(frozen=True)
class Happening:
    """Something that happened to work: an opening, a release, feedback, a highlight."""

    key: str
    node: NodeMap
    at: int
    round: int
    revision: int


@dataclass(frozen=True)
class Work:
    """One exercise as it was given to a partner or to the couple."""

    key: str
    node: NodeMap
    exercise: NodeMap
    to: str
    assigned: int
    ended: int | None
    in_solo_wording: bool
    sent: tuple[Sent, ...]

    @property
    def mode(self) -> str:
        """How it is worked on; the wording for one makes everything individual."""
        return "individual" if self.in_solo_wording else text(self.exercise.get("mode"))

    @property
    def is_for_two(self) -> bool:
        """Whether it is given to both."""
        return self.mode in {"paired", "joint"}

    @property
    def writers(self) -> tuple[str, ...]:
        """Whose submissions there may be."""
        return {"paired": PARTNERS, "joint": ("couple",)}.get(self.mode, (self.to,))

    @property
    def people(self) -> tuple[str, ...]:
        """Who has a part in it."""
        return PARTNERS if self.is_for_two else (self.to,)

    @property
    def weeks(self) -> int | None:
        """How many rounds weekly work has; nothing for other work."""
        weeks = as_map(self.exercise.get("run")).get("weeks")
        return weeks if is_whole(weeks) else None

    def happenings(self, name: str) -> list[Happening]:
        """The openings, releases, feedback or highlights of this work."""
        return [
            Happening(
                f"{self.key}.{name}[{at}]",
                node,
                moment_of(node),
                whole_or_one(node.get("round")),
                whole_or_one(node.get("revision")),
            )
            for at, node in enumerate(maps(self.node.get(name)))
        ]

    def rounds(self) -> list[int]:
        """The rounds in which anything was written."""
        return sorted({sent.round for sent in self.sent})

    def in_round(self, number: int, at: int | None = None) -> list[Sent]:
        """The newest revision of each writer in a round, at a moment or now."""
        newest = {
            sent.by: sent
            for sent in self.sent
            if sent.round == number and (at is None or sent.at <= at)
        }
        return [newest[writer] for writer in self.writers if writer in newest]

    def revision(self, number: int, revision: int, by: str) -> Sent | None:
        """One revision of one writer, if it exists."""
        return next(
            (
                sent
                for sent in self.sent
                if (sent.round, sent.revision, sent.by) == (number, revision, by)
            ),
            None,
        )

    def opening_fields(self) -> list[NodeMap]:
        """The questions that open with their round."""
        if not self.is_for_two:
            return []
        return [
            field
            for field in fields_of(self.exercise)
            if field.get("visibility") == "after_both" and (self.mode == "paired" or is_each(field))
        ]


@dataclass(frozen=True)
class Story:
    """One invented couple, beside the catalogue that it works with."""

    path: str
    node: NodeMap
    catalogue: Catalogue
    work: tuple[Work, ...]

    @property
    def partners(self) -> NodeMap:
        """Both partners by their letter."""
        return as_map(self.node.get("partners"))

    @property
    def taking_part(self) -> tuple[str, ...]:
        """The letters of those who take part."""
        return people_of(self.node)

    @property
    def is_alone(self) -> bool:
        """Whether only one person takes part."""
        return len(self.taking_part) == 1

    def words_of(self, partner: str, key: str, default: str) -> str:
        """The role or stance of a partner."""
        return text(as_map(self.partners.get(partner)).get(key)) or default

    def statuses(self) -> list[tuple[int, str]]:
        """The joint-work statuses in the order in which they were set."""
        entries = maps(self.node.get("joint_work"))
        return sorted((moment_of(entry), text(entry.get("status"))) for entry in entries)

    def status_at(self, moment: int) -> str:
        """The joint-work status that stood at a moment; clear lapses by itself."""
        since, status = UNKNOWN, "not_asked"
        for at, value in self.statuses():
            if at <= moment:
                since, status = at, value
        if status == "clear" and moment - since >= CLEAR_DAYS * DAY:
            return "not_asked"
        # Without contact it counts as individual only, and paused still stops what is new.
        no_contact = self.node.get("contact_level") == "no_contact"
        return "individual_only" if no_contact and status != "paused" else status

    def leavings(self) -> Iterator[int]:
        """The moments in which the status left clear, by the counsellor or by lapsing."""
        entries = self.statuses()
        for number, (at, status) in enumerate(entries):
            if status != "clear":
                continue
            lapse = at + CLEAR_DAYS * DAY
            next_at, next_status = [*entries, (lapse, "")][number + 1]
            if next_at > lapse or next_status != "clear":
                yield min(next_at, lapse)


def story_of(path: str, node: NodeMap, catalogue: Catalogue) -> Story:
    """A parsed sample file, ready to be looked at."""
    is_solo = len(people_of(node)) == 1 or node.get("contact_level") == "no_contact"
    work = tuple(
        work_of(f"assignments[{at}]", entry, catalogue, is_solo=is_solo)
        for at, entry in enumerate(maps(node.get("assignments")))
    )
    return Story(path, node, catalogue, work)


def people_of(node: NodeMap) -> tuple[str, ...]:
    """The letters of the partners who take part."""
    partners = as_map(node.get("partners"))
    return tuple(
        letter for letter in PARTNERS if as_map(partners.get(letter)).get("participates") is True
    )


def work_of(key: str, node: NodeMap, catalogue: Catalogue, *, is_solo: bool) -> Work:
    """One assignment of a sample file."""
    exercise = as_map(catalogue.exercises.get(text(node.get("exercise"))))
    return Work(
        key=key,
        node=node,
        exercise=exercise,
        to=text(node.get("to")),
        assigned=moment_of(node.get("assigned")),
        ended=moment_of(node["ended"]) if "ended" in node else None,
        in_solo_wording=is_solo and is_shared(exercise),
        sent=tuple(
            sent_of(f"{key}.submissions[{at}]", entry)
            for at, entry in enumerate(maps(node.get("submissions")))
        ),
    )


def sent_of(key: str, node: NodeMap) -> Sent:
    """One submission of a sample file."""
    return Sent(
        key=key,
        node=node,
        by=text(node.get("by")),
        at=moment_of(node),
        round=whole_or_one(node.get("round")),
        revision=whole_or_one(node.get("revision")),
        state=text(node.get("state")),
    )


def whole_or_one(node: Node) -> int:
    """A number of a round or revision; where there is only one it is not written."""
    return int(node) if is_whole(node) else 1
