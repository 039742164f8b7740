"""The town's homework: what was given, written, sent, opened and answered."""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from portal.exercises.form.reading import Reading
from portal.exercises.form.values import Row
from portal.exercises.queries import newest_edition
from portal.homework.queries import task
from portal.reflections.drafts.service import leave_words
from portal.reflections.models import KeptVersion, Reflection
from portal.reflections.openings.service import open_round
from portal.reflections.sending.service import give_back, mark_read
from portal.review.service import release_feedback, write_feedback
from portal.vocabulary import Pocket, Role, Seat
from tests.promises.sheets_of_two import a_sent_sheet, an_open_sheet
from tests.promises.town import Town


def give_homework(town: Town) -> None:
    given = {
        "opened": ("our-loop", (Seat.A, Seat.B)),
        "waiting": ("name-the-issues", (Seat.A, Seat.B)),
        "drafted": ("needs-and-values", (Seat.A,)),
        "returned": ("needs-and-values", (Seat.B,)),
    }
    for name, (exercise, to) in given.items():
        line = town.word(f"personal line {name}")
        (town.ids[f"{name} round"],) = town.world.an_assignment(
            town.couple, exercise, to=to, line=line
        )
    with town.world.visit() as visit:
        town.ids["edition_id"] = newest_edition(visit.db, "our-loop").id
    programme_id, step_id = town.world.a_programme(town.couple)
    town.ids |= {"programme_id": programme_id, "step_id": step_id}


def answer_it(town: Town) -> None:
    a, b = town.people["partner a"], town.people["partner b"]
    for who, person in (("a", a), ("b", b)):
        town.world.a_reflection(person, town.ids["opened round"], _loop(town, who))
        town.world.a_reflection(person, town.ids["waiting round"], _issues(town, who))
    town.world.a_draft(a, town.ids["drafted round"], {"happy_times": town.word("draft")})
    with town.world.as_(a, Role.PARTNER) as visit:
        kept = {"happy_times": town.word("kept version")}
        reading = Reading(values=kept, present=frozenset(kept))
        leave_words(visit, town.ids["drafted round"], reading)
        visit.db.flush()
        town.ids["kept_id"] = visit.db.scalars(
            sa.select(KeptVersion.id).where(KeptVersion.respondent_id == a)
        ).one()
    town.world.a_draft(b, town.ids["returned round"], {"happy_times": town.word("to be returned")})
    town.ids["write page"] = 1


def _loop(town: Town, who: str) -> dict[str, Any]:
    texts = ("scene", "outside", "inside", "story", "sentence", "kind_friend")
    short = ("loop_name", "early_sign", "way_out")
    words = {key: town.word(f"{key} of {who}") for key in (*texts, *short, "private_note")}
    return {**words, "i_do": ("go_quiet",), "how_often": 5}


def _issues(town: Town, who: str) -> dict[str, Any]:
    own = Row(uuid4().hex[:12], town.word(f"row of {who}"), {"hard": 6, "since": "years"})
    texts = ("start_with", "underneath", "unfinished", "private_note")
    return {
        "areas": (Row("talking", None, {"hard": 6}), own),
        **{key: town.word(f"{key} of {who}") for key in texts},
    }


def write_sheets(town: Town) -> None:
    """One sheet that the two are writing on, and one that they sent."""
    for name, make in (("written", an_open_sheet), ("sent", a_sent_sheet)):

        def word(of: str, name: str = name) -> str:
            return town.word(f"{of} on the {name} sheet")

        town.ids[f"{name} sheet"] = make(town.world, town.couple, word)


def write_back(town: Town) -> None:
    opened = town.ids["opened round"]
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        parts = visit.db.scalars(sa.select(Reflection).where(Reflection.round_id == opened))
        for part in parts.all():
            mark_read(visit, part.id)
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        open_round(visit, opened)
        visit.db.flush()
        for pocket in (Pocket.A, Pocket.B, Pocket.JOINT):
            said = write_feedback(visit, opened, pocket, town.word(f"feedback {pocket.value}"))
            visit.db.flush()
            release_feedback(visit, said.id)
        waiting = town.ids["waiting round"]
        town.ids["feedback_id"] = write_feedback(
            visit, waiting, Pocket.A, town.word("feedback drafted")
        ).id
        query = sa.select(Reflection.id).where(
            Reflection.round_id == waiting, Reflection.respondent_id == town.couple.a
        )
        town.ids["part_id"] = visit.db.scalars(query).one()
        town.ids["assignment_id"] = task(visit, waiting).assignment_id
    _return(town)


def _return(town: Town) -> None:
    from_b = town.ids["returned round"]
    with town.world.visit() as visit:
        row = visit.db.scalars(sa.select(Reflection).where(Reflection.round_id == from_b)).one()
        row.send(visit.now)
    with town.world.as_(town.couple.counsellor_id, Role.COUNSELLOR) as visit:
        give_back(visit, row.id, town.word("return line"))
