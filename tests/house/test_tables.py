"""Traces, notices and jobs say what and whom they are about, and never hold a word."""

import enum

import pytest
import sqlalchemy as sa

from portal.audit.models import AuditEntry, AuditHead
from portal.foundation.database import Base
from portal.jobs.models import Job
from portal.notices.models import Notice
from portal.tables import METADATA

# The only texts that these rows hold, and why each is none of anybody's words.
NO_WORDS = {
    "audit_entry.mark": "the keyed mark of the line",
    "audit_head.mark": "the keyed mark of the last line",
    "job.kind": "a name from our own list",
    "job.period": "a day or a week, as a number",
    "job.fault": "the name of a kind of trouble",
}


@pytest.mark.parametrize("rows", [AuditEntry, AuditHead, Notice, Job])
def test_no_column_can_hold_a_word(rows: type[Base]) -> None:
    for column in sa.inspect(rows).columns:
        place = f"{rows.__tablename__}.{column.name}"
        is_word = isinstance(column.type, sa.String | sa.LargeBinary | sa.JSON)
        is_choice = isinstance(column.type, sa.Enum)
        assert is_choice or not is_word or place in NO_WORDS, place


def test_every_choice_is_one_of_ours() -> None:
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, sa.Enum):
                kind = column.type.enum_class
                assert kind is not None, f"{table.name}.{column.name}"
                assert issubclass(kind, enum.Enum)
                assert kind.__module__.startswith("portal."), f"{table.name}.{column.name}"


def test_moments_days_and_keys_are_named_as_such() -> None:
    odd = []
    for table in METADATA.sorted_tables:
        for column in table.columns:
            kind, name = column.type, column.name
            if isinstance(kind, sa.Uuid) and name != "id" and not name.endswith(("_id", "token")):
                odd.append(f"{table.name}.{name}")
            if isinstance(kind, sa.Date) and not name.endswith("_on"):
                odd.append(f"{table.name}.{name}")
    assert not odd
