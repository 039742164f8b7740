"""Promises, exercises and homework.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column(
            "kind",
            sa.Enum(
                "exercise",
                "check_in",
                "programme",
                name="editionkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_edition_practice_id_practice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("kind", "key", "number", name=op.f("uq_edition_kind_key_number")),
    )
    op.create_index(op.f("ix_edition_key"), "edition", ["key"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_appointment_couple_id_couple")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_couple_id"), "appointment", ["couple_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("individual", "paired", "joint", name="mode", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "cadence",
            sa.Enum("once", "daily", "weekly", name="cadence", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("solo", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(), nullable=False),
        sa.Column("assigned_by_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "scheduled",
                "open",
                "closed",
                "withdrawn",
                name="assignmentstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("personal_line", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_by_id"], ["person.id"], name=op.f("fk_assignment_assigned_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_assignment_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_assignment_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_couple_id"), "assignment", ["couple_id"], unique=False)
    op.create_index(op.f("ix_assignment_edition_id"), "assignment", ["edition_id"], unique=False)
    op.create_table(
        "joint_work_entry",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "not_asked",
                "clear",
                "individual_only",
                "paused",
                name="jointwork",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("set_by_id", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("lapses_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_joint_work_entry_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_joint_work_entry_set_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_work_entry")),
    )
    op.create_index(
        op.f("ix_joint_work_entry_couple_id"), "joint_work_entry", ["couple_id"], unique=False
    )
    op.create_table(
        "policy_acknowledgement",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "policy",
            sa.Enum(
                "held",
                "judgement",
                "no_secrets",
                name="secretspolicy",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_policy_acknowledgement_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_policy_acknowledgement_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_acknowledgement")),
    )
    op.create_index(
        op.f("ix_policy_acknowledgement_couple_id"),
        "policy_acknowledgement",
        ["couple_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_policy_acknowledgement_person_id"),
        "policy_acknowledgement",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "recipient",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reached",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "reviewed",
                "declined",
                name="reflectionstate",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_recipient_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recipient_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
        sa.UniqueConstraint(
            "assignment_id", "person_id", name=op.f("uq_recipient_assignment_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_recipient_assignment_id"), "recipient", ["assignment_id"], unique=False
    )
    op.create_index(op.f("ix_recipient_person_id"), "recipient", ["person_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_round_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_round_assignment_id_number")),
    )
    op.create_index(op.f("ix_round_assignment_id"), "round", ["assignment_id"], unique=False)
    op.create_table(
        "tick",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("ticked_by_id", sa.Uuid(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_tick_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["ticked_by_id"], ["person.id"], name=op.f("fk_tick_ticked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tick")),
    )
    op.create_index(op.f("ix_tick_assignment_id"), "tick", ["assignment_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_tick_assignment_id"), table_name="tick")
    op.drop_table("tick")
    op.drop_index(op.f("ix_round_assignment_id"), table_name="round")
    op.drop_table("round")
    op.drop_index(op.f("ix_recipient_person_id"), table_name="recipient")
    op.drop_index(op.f("ix_recipient_assignment_id"), table_name="recipient")
    op.drop_table("recipient")
    op.drop_index(op.f("ix_policy_acknowledgement_person_id"), table_name="policy_acknowledgement")
    op.drop_index(op.f("ix_policy_acknowledgement_couple_id"), table_name="policy_acknowledgement")
    op.drop_table("policy_acknowledgement")
    op.drop_index(op.f("ix_joint_work_entry_couple_id"), table_name="joint_work_entry")
    op.drop_table("joint_work_entry")
    op.drop_index(op.f("ix_assignment_edition_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_couple_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_appointment_couple_id"), table_name="appointment")
    op.drop_table("appointment")
    op.drop_index(op.f("ix_edition_key"), table_name="edition")
    op.drop_table("edition")
