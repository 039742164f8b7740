"""The practice and its people.

Revision: 0001
After: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "practice",
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("letterhead", sa.LargeBinary(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "secrets_policy",
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
        sa.Column(
            "opening_rule",
            sa.Enum("counsellor", "automatic", name="openingrule", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("clear_days", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "setup_link",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_setup_link_code_hash")),
    )
    op.create_table(
        "couple",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("contact_level", sa.LargeBinary(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "secrets_policy",
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
        sa.Column("policy_since_at", sa.DateTime(), nullable=False),
        sa.Column(
            "opening_rule",
            sa.Enum("counsellor", "automatic", name="openingrule", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_couple_practice_id_practice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_couple")),
    )
    op.create_index(op.f("ix_couple_practice_id"), "couple", ["practice_id"], unique=False)
    op.create_table(
        "crisis_contact",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("text_line", sa.String(length=120), nullable=False),
        sa.Column("hours", sa.String(length=120), nullable=False),
        sa.Column("who_for", sa.String(length=200), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_crisis_contact_practice_id_practice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_contact")),
    )
    op.create_index(
        op.f("ix_crisis_contact_practice_id"), "crisis_contact", ["practice_id"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("first_name", sa.LargeBinary(), nullable=True),
        sa.Column("pronouns", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column("hides_leave", sa.Boolean(), nullable=False),
        sa.Column("knows_leave_at", sa.DateTime(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_person_practice_id_practice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_practice_id"), "person", ["practice_id"], unique=False)
    op.create_table(
        "care",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "counsellor",
                "supervisor",
                "partner",
                "nobody",
                "system",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since_at", sa.DateTime(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_care_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_care_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care")),
    )
    op.create_index(op.f("ix_care_couple_id"), "care", ["couple_id"], unique=False)
    op.create_index(op.f("ix_care_person_id"), "care", ["person_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "seat", sa.Enum("a", "b", name="seat", native_enum=False, length=32), nullable=False
        ),
        sa.Column("participates", sa.Boolean(), nullable=False),
        sa.Column("role", sa.LargeBinary(), nullable=True),
        sa.Column("stance", sa.LargeBinary(), nullable=True),
        sa.Column("joined_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_membership_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "couple_id", "person_id", name=op.f("uq_membership_couple_id_person_id")
        ),
        sa.UniqueConstraint("couple_id", "seat", name=op.f("uq_membership_couple_id_seat")),
    )
    op.create_index(op.f("ix_membership_couple_id"), "membership", ["couple_id"], unique=False)
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_table(
        "staff_role",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "counsellor",
                "supervisor",
                "partner",
                "nobody",
                "system",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_staff_role_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint("person_id", "role", name=op.f("uq_staff_role_person_id_role")),
    )
    op.create_index(op.f("ix_staff_role_person_id"), "staff_role", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_staff_role_person_id"), table_name="staff_role")
    op.drop_table("staff_role")
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_couple_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_care_person_id"), table_name="care")
    op.drop_index(op.f("ix_care_couple_id"), table_name="care")
    op.drop_table("care")
    op.drop_index(op.f("ix_person_practice_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_crisis_contact_practice_id"), table_name="crisis_contact")
    op.drop_table("crisis_contact")
    op.drop_index(op.f("ix_couple_practice_id"), table_name="couple")
    op.drop_table("couple")
    op.drop_table("setup_link")
    op.drop_table("practice")
