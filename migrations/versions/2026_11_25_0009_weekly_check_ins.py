"""Weekly check-ins, the words beside them, and the yes for paper.

Revision: 0009
After: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORDINGS = ("together", "apart", "no_contact", "solo")
POLICIES = ("held", "judgement", "no_secrets")


def upgrade() -> None:
    op.create_table(
        "check_in_setting",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_check_in_setting_couple_id_couple")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_setting")),
        sa.UniqueConstraint("couple_id", name=op.f("uq_check_in_setting_couple_id")),
    )
    op.create_table(
        "check_in",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column(
            "wording",
            sa.Enum(*WORDINGS, name="checkinwording", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "policy",
            sa.Enum(*POLICIES, name="secretspolicy", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("draft", sa.LargeBinary(), nullable=True),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.Column("comment", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_check_in_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_check_in_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("person_id", "week_on", name=op.f("uq_check_in_person_id_week_on")),
    )
    op.create_index(op.f("ix_check_in_couple_id"), "check_in", ["couple_id"], unique=False)
    op.create_index(op.f("ix_check_in_person_id"), "check_in", ["person_id"], unique=False)
    op.create_table(
        "check_in_word",
        sa.Column("check_in_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_check_in_word_check_in_id_check_in")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_check_in_word_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_word")),
        sa.UniqueConstraint(
            "check_in_id", "field_key", name=op.f("uq_check_in_word_check_in_id_field_key")
        ),
    )
    op.create_index(
        op.f("ix_check_in_word_person_id"), "check_in_word", ["person_id"], unique=False
    )
    op.create_table(
        "totals_consent",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("says_yes", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_totals_consent_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_totals_consent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_totals_consent")),
    )
    op.create_index(
        op.f("ix_totals_consent_couple_id"), "totals_consent", ["couple_id"], unique=False
    )
    op.create_index(
        op.f("ix_totals_consent_person_id"), "totals_consent", ["person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("totals_consent")
    op.drop_table("check_in_word")
    op.drop_table("check_in")
    op.drop_table("check_in_setting")
