"""The table of deeds: who may do what, in words."""

from uuid import uuid4

import pytest

from portal.foundation.errors import NotAllowed
from portal.policies.deeds import (
    may_add_couple,
    may_ask_to_talk,
    may_authorise,
    may_care_for,
    may_check_in,
    may_end_shared,
    may_hand_over,
    may_lead_practice,
    may_note_check_in,
    may_read_file,
    may_take_out,
    may_write,
)
from portal.policies.viewer import NOBODY, SYSTEM, Standing, Viewer, require
from portal.vocabulary import Role, Seat, SummaryEdition
from tests.support.moments import START, after
from tests.support.tables import cases

HERE, ELSEWHERE, PRACTICE = uuid4(), uuid4(), uuid4()
WRITER, OTHER, COUNSELLOR = uuid4(), uuid4(), uuid4()

DEEDS = """
viewer              | lead the practice | add a couple | care for it | read its file | write, as asked | write, not asked | check in | authorise | ask to talk | mark a check-in seen
asked partner       | no                | no           | no          | no            | yes             | no | yes | yes | yes | no
partner elsewhere   | no                | no           | no          | no            | no              | no | no | no | no | no
counsellor          | no                | yes          | yes         | yes           | no              | no | no | no | no | yes
other counsellor    | no                | yes          | no          | no            | no              | no | no | no | no | no
supervisor          | no                | no           | no          | yes           | no              | no | no | no | no | no
other supervisor    | no                | no           | no          | no            | no              | no | no | no | no | no
owner               | yes               | no           | no          | no            | no              | no | no | no | no | no
owner of nothing    | no                | no           | no          | no            | no              | no | no | no | no | no
counsellor nowhere  | no                | no           | no          | no            | no              | no | no | no | no | no
nobody              | no                | no           | no          | no            | no              | no | no | no | no | no
system              | no                | no           | no          | no            | no              | no | no | no | no | no
"""

TAKING_OUT = """
viewer              | clinical | couple's | their own | the other's | couple's, from before | their own, from before | couple's, not there | their own, not there
asked partner       | no       | yes      | yes       | no | no | no | no | no
partner elsewhere   | no       | no       | no        | no | no | no | no | no
counsellor          | yes      | yes      | yes       | yes | yes | yes | yes | yes
other counsellor    | no       | no       | no        | no | no | no | no | no
supervisor          | yes      | yes      | yes       | yes | yes | yes | yes | yes
other supervisor    | no       | no       | no        | no | no | no | no | no
owner               | no       | no       | no        | no | no | no | no | no
owner of nothing    | no       | no       | no        | no | no | no | no | no
counsellor nowhere  | no       | no       | no        | no | no | no | no | no
nobody              | no       | no       | no        | no | no | no | no | no
system              | no       | no       | no        | no | no | no | no | no
"""

SEAT = Standing(Seat.A, START)
CLOCK = Viewer(Role.SYSTEM, None, None, PRACTICE, {HERE: Standing()})
VIEWERS = {
    "asked partner": Viewer(Role.PARTNER, WRITER, None, PRACTICE, {HERE: SEAT}),
    "partner elsewhere": Viewer(Role.PARTNER, OTHER, None, PRACTICE, {ELSEWHERE: SEAT}),
    "counsellor": Viewer(Role.COUNSELLOR, COUNSELLOR, None, PRACTICE, {HERE: Standing()}),
    "other counsellor": Viewer(Role.COUNSELLOR, OTHER, None, PRACTICE, {ELSEWHERE: Standing()}),
    "supervisor": Viewer(Role.SUPERVISOR, COUNSELLOR, None, PRACTICE, {HERE: Standing()}),
    "other supervisor": Viewer(Role.SUPERVISOR, OTHER, None, PRACTICE, {ELSEWHERE: Standing()}),
    "owner": Viewer(Role.OWNER, OTHER, None, PRACTICE),
    "owner of nothing": Viewer(Role.OWNER, OTHER),
    "counsellor nowhere": Viewer(Role.COUNSELLOR, OTHER),
    "nobody": NOBODY,
    "system": SYSTEM,
}


ENDS_SHARED = ("counsellor", "clock here")


@pytest.mark.parametrize("who", ["clock here", *VIEWERS])
def test_shared_work_is_ended_by_its_counsellor_and_by_the_clock(who: str) -> None:
    viewer = {**VIEWERS, "clock here": CLOCK}[who]
    assert may_end_shared(viewer, HERE) is (who in ENDS_SHARED)
    assert not may_end_shared(CLOCK, ELSEWHERE)


@pytest.mark.parametrize("who", VIEWERS)
def test_couples_are_handed_over_by_an_owner_and_never_to_themself(who: str) -> None:
    viewer = VIEWERS[who]
    assert may_hand_over(viewer, WRITER) is (who == "owner")
    assert not may_hand_over(viewer, viewer.person_id or OTHER)


def _does(viewer: Viewer, deed: str) -> bool:
    return {
        "lead the practice": may_lead_practice(viewer),
        "add a couple": may_add_couple(viewer),
        "care for it": may_care_for(viewer, HERE),
        "read its file": may_read_file(viewer, HERE),
        "write, as asked": may_write(viewer, HERE, is_recipient=True),
        "write, not asked": may_write(viewer, HERE, is_recipient=False),
        "check in": may_check_in(viewer, HERE),
        "ask to talk": may_ask_to_talk(viewer, HERE),
        "mark a check-in seen": may_note_check_in(viewer, HERE),
        "authorise": may_authorise(viewer, HERE),
    }[deed]


def _takes_out(viewer: Viewer, edition: str) -> bool:
    kind, reader = {
        "clinical": (SummaryEdition.CLINICAL, None),
        "couple's": (SummaryEdition.COUPLE, None),
        "their own": (SummaryEdition.PARTNER, WRITER),
        "the other's": (SummaryEdition.PARTNER, OTHER),
    }[edition.partition(", ")[0]]
    held_at = after(days=-1) if edition.endswith("from before") else START
    there = (OTHER,) if edition.endswith("not there") else (WRITER, OTHER)
    return may_take_out(viewer, HERE, kind, reader, held_at, there)


@pytest.mark.parametrize(("viewer", "deed", "cell"), list(cases(DEEDS)))
def test_deeds(viewer: str, deed: str, cell: str) -> None:
    assert _does(VIEWERS[viewer], deed) is (cell == "yes")


@pytest.mark.parametrize(("viewer", "edition", "cell"), list(cases(TAKING_OUT)))
def test_taking_out_a_summary(viewer: str, edition: str, cell: str) -> None:
    assert _takes_out(VIEWERS[viewer], edition) is (cell == "yes")


def test_no_viewer_and_no_role_is_missing_from_the_tables() -> None:
    for table in (DEEDS, TAKING_OUT):
        assert {row for row, _, _ in cases(table)} == set(VIEWERS)
    assert {viewer.role for viewer in VIEWERS.values()} == set(Role)


def test_a_no_becomes_the_domains_no() -> None:
    require(True)
    with pytest.raises(NotAllowed):
        require(False)


def test_nobody_is_nobody() -> None:
    for viewer in (NOBODY, SYSTEM):
        with pytest.raises(NotAllowed):
            viewer.me()
        with pytest.raises(NotAllowed):
            viewer.practice()
