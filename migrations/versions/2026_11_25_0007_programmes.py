"""Programmes under way.

Revision: 0007
After: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("state", _one_of("programmestate", "running", "paused", "ended"), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_programme_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"], ["person.id"], name=op.f("fk_programme_started_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_index(op.f("ix_programme_couple_id"), "programme", ["couple_id"], unique=False)
    op.create_table(
        "programme_step",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("exercise_key", sa.String(length=60), nullable=False),
        sa.Column(
            "for_whom",
            _one_of(
                "stepfor", "each", "couple", "client", "hurt_partner", "involved_partner", "a", "b"
            ),
            nullable=False,
        ),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("hold", _one_of("stephold", "clear", "confirm"), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", _one_of("stepstate", "scheduled", "given", "dropped"), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("week >= 0", name=op.f("ck_programme_step_week")),
        sa.CheckConstraint(
            "(state = 'given' AND act_id IS NOT NULL) OR (state <> 'given' AND act_id IS NULL)",
            name=op.f("ck_programme_step_given"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_programme_step_programme_id_programme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_step")),
    )
    op.create_index(
        op.f("ix_programme_step_programme_id"), "programme_step", ["programme_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_programme_step_programme_id"), table_name="programme_step")
    op.drop_table("programme_step")
    op.drop_index(op.f("ix_programme_couple_id"), table_name="programme")
    op.drop_table("programme")
