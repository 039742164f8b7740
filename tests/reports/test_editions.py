"""What each edition of a summary holds, and that printing lets nothing else out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from portal.exercises.form.values import Row, Value
from portal.foundation.errors import NotFound, Refused
from portal.reflections.models import Reflection
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import mark_read
from portal.reports import service
from portal.reports.drawing import draw
from portal.reports.models import PrintState
from portal.reports.paper import passages
from portal.reports.printer import Printer
from portal.reports.queries import choices, document_bytes, documents_of
from portal.reports.reading_back import EditionRefused, check_edition
from portal.review.service import release_feedback, write_feedback
from portal.sessions.service import Hour, write_session
from portal.vocabulary import ContactLevel, Pocket, Role, Seat
from tests.promises.sheets_of_two import a_sent_sheet
from tests.support.world import CoupleHere, World


@dataclass
class Hours:
    """A couple with one round open, one word kept back in every place, and an hour written down."""

    couple: CoupleHere
    session_id: UUID
    words: dict[str, str]


def issues(shared: str, kept: str, private: str) -> dict[str, Value]:
    row = Row("talking", None, {"hard": 6, "since": "years", "work_on": True})
    return {
        "areas": (row,),
        "start_with": shared,
        "underneath": shared,
        "unfinished": kept,
        "private_note": private,
    }


@pytest.fixture
def hours(world: World) -> Hours:
    couple = world.a_couple()
    assert couple.b is not None
    (opened,) = world.an_assignment(couple)
    (closed,) = world.an_assignment(couple, "our-loop")
    names = "a open|a kept|a private|b open|b kept|b private|a loop|to a|to b|to both"
    names += "|shared|progress|process|agreed|sheet shared|sheet own of a|sheet own of b"
    names += "|sheet box of a|sheet box of b"
    words = {name: f"these words {world.marker()}" for name in names.split("|")}
    for who, seat in ((couple.a, "a"), (couple.b, "b")):
        answers = (words[f"{seat} open"], words[f"{seat} kept"], words[f"{seat} private"])
        world.a_reflection(who, opened, issues(*answers))
    loop = dict.fromkeys(
        ("scene", "outside", "inside", "story", "sentence", "loop_name", "early_sign", "way_out"),
        words["a loop"],
    )
    world.a_reflection(
        couple.a,
        closed,
        {**loop, "i_do": ("leave",), "how_often": 3, "kind_friend": words["a loop"]},
    )
    a_sent_sheet(world, couple, lambda of: words[f"sheet {of}"])
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        for part in visit.db.scalars(sa.select(Reflection).where(Reflection.round_id == opened)):
            mark_read(visit, part.id)
        visit.db.flush()
        open_round(visit, opened)
        visit.db.flush()
        for pocket, name in ((Pocket.A, "to a"), (Pocket.B, "to b"), (Pocket.JOINT, "to both")):
            written = write_feedback(visit, opened, pocket, words[name])
            visit.db.flush()
            release_feedback(visit, written.id)
        hour = Hour(
            starts_at=world.now,
            minutes=60,
            attended=(Seat.A, Seat.B),
            shared_summary=words["shared"],
            progress_note=words["progress"],
            process_note=words["process"],
            agreed=(words["agreed"],),
        )
        session = write_session(visit, couple.id, hour)
        session_id = session.id
    world.now += timedelta(hours=2)
    return Hours(couple, session_id, words)


# What two wrote on one sheet is both people's; one of them kept an answer of their own narrow.
EVERYBODY = {"shared", "agreed", "sheet shared", "sheet own of a"}
HOLDS = {
    "clinical": EVERYBODY
    | {"a open", "a kept", "b open", "b kept", "a loop", "to a", "to b", "to both", "progress"}
    | {"sheet own of b"},
    "couple": EVERYBODY | {"a open", "b open"},
    "a": EVERYBODY | {"a open", "a kept", "b open", "a loop", "to a", "to both"},
    "b": EVERYBODY | {"b open", "b kept", "a open", "to b", "to both", "sheet own of b"},
}


def key_for(hours: Hours, edition: str) -> str:
    people = {"a": hours.couple.a, "b": hours.couple.b}
    return str(people[edition]) if edition in people else edition


@pytest.mark.parametrize("edition", list(HOLDS))
def test_each_edition_holds_what_its_reader_may_see(
    world: World, hours: Hours, edition: str
) -> None:
    with world.as_(hours.couple.counsellor_id, Role.COUNSELLOR) as visit:
        summary = service.preview(visit, hours.session_id, key_for(hours, edition))
    said = "\n".join(passages(summary))
    held = {name for name, word in hours.words.items() if word in said}
    assert held == HOLDS[edition]


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with Printer() as found:
        yield found


@pytest.mark.parametrize("edition", ["couple", "b"])
def test_printed_read_back_and_sealed(
    world: World, hours: Hours, printer: Printer, edition: str
) -> None:
    counsellor = hours.couple.counsellor_id
    with world.as_(counsellor, Role.COUNSELLOR) as visit:
        row = service.order(visit, hours.session_id, key_for(hours, edition))
        document_id = row.id
    with world.as_(counsellor, Role.COUNSELLOR) as visit:
        ready = service.proof(visit, document_id)
        hidden = {hours.words[name] for name in hours.words.keys() - HOLDS[edition]}
        assert hidden - {hours.words["a private"], hours.words["b private"]} <= set(ready.protected)
        paper = service.press(ready, draw, printer.print)
        service.finish(visit, document_id, paper)
    with world.as_(counsellor, Role.COUNSELLOR) as visit:
        assert document_bytes(visit, document_id) == paper.content
        assert [card.state for card in documents_of(visit, hours.couple.id)] == [
            PrintState.FINISHED
        ]
        with pytest.raises(NotFound):
            service.finish(visit, document_id, paper)
    with pytest.raises(EditionRefused):
        check_edition(paper.content, (), [hours.words["shared"]])


def test_an_amendment_keeps_its_number_and_says_so(world: World, hours: Hours) -> None:
    with world.as_(hours.couple.counsellor_id, Role.COUNSELLOR) as visit:
        first = service.order(visit, hours.session_id, "clinical")
        visit.db.flush()
        second = service.order(visit, hours.session_id, "clinical")
        assert (first.number, first.version, second.number, second.version) == (1, 1, 1, 2)
        assert service.preview(visit, hours.session_id, "clinical").amends == 2


def test_no_edition_for_both_without_contact(world: World) -> None:
    couple = world.a_couple(contact=ContactLevel.NO_CONTACT)
    with world.as_(couple.counsellor_id, Role.COUNSELLOR) as visit:
        hour = Hour(starts_at=world.now, minutes=50, attended=(Seat.A, Seat.B))
        session = write_session(visit, couple.id, hour)
        visit.db.flush()
        refused = {c.edition.value: bool(c.refused) for c in choices(visit, session.id)}
        assert refused == {"clinical": False, "couple": True, "partner": False}
        with pytest.raises(Refused):
            service.order(visit, session.id, "couple")


def test_what_two_wrote_stands_under_both_names(world: World, hours: Hours) -> None:
    with world.as_(hours.couple.counsellor_id, Role.COUNSELLOR) as visit:
        summary = service.preview(visit, hours.session_id, "couple")
    voices = [v for piece in summary.pieces for q in piece.questions for v in q.voices]
    (together,) = [v for v in voices if v.shown.text == hours.words["sheet shared"]]
    (alone,) = [v for v in voices if v.shown.text == hours.words["sheet own of a"]]
    assert together.name.count("&") == 1
    assert alone.name in together.name
    assert (together.place, alone.place) == ("", "a")
