"""What partners write.

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "open_round",
                "release_answer",
                "release_matches",
                name="consentkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("field_key", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("says_yes", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_consent_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_index(op.f("ix_consent_round_id"), "consent", ["round_id"], unique=False)
    op.create_table(
        "opening",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["person.id"], name=op.f("fk_opening_opened_by_id_person")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_opening_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("round_id", name=op.f("uq_opening_round_id")),
    )
    op.create_table(
        "reflection",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
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
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("return_line", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_reflection_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_reflection_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection")),
        sa.UniqueConstraint(
            "round_id", "respondent_id", name=op.f("uq_reflection_round_id_respondent_id")
        ),
    )
    op.create_index(op.f("ix_reflection_couple_id"), "reflection", ["couple_id"], unique=False)
    op.create_index(
        op.f("ix_reflection_respondent_id"), "reflection", ["respondent_id"], unique=False
    )
    op.create_index(op.f("ix_reflection_round_id"), "reflection", ["round_id"], unique=False)
    op.create_table(
        "draft_field",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sa.String(length=60), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "counsellor",
                "after_both",
                "at_once",
                "on_release",
                name="audience",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_draft_field_reflection_id_reflection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_field")),
        sa.UniqueConstraint(
            "reflection_id",
            "field_key",
            "respondent_id",
            name=op.f("uq_draft_field_reflection_id_field_key_respondent_id"),
        ),
    )
    op.create_index(
        op.f("ix_draft_field_reflection_id"), "draft_field", ["reflection_id"], unique=False
    )
    op.create_table(
        "kept_version",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sa.String(length=60), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_kept_version_reflection_id_reflection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_version")),
    )
    op.create_index(
        op.f("ix_kept_version_reflection_id"), "kept_version", ["reflection_id"], unique=False
    )
    op.create_table(
        "private_word",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_private_word_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_private_word_reflection_id_reflection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_word")),
    )
    op.create_index(op.f("ix_private_word_couple_id"), "private_word", ["couple_id"], unique=False)
    op.create_index(
        "ix_private_word_reflection", "private_word", ["reflection_id", "sent_at"], unique=False
    )
    op.create_table(
        "release",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("field_key", sa.String(length=60), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.Column("released_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reflection_id"], ["reflection.id"], name=op.f("fk_release_reflection_id_reflection")
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["person.id"], name=op.f("fk_release_released_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint(
            "reflection_id",
            "revision",
            "field_key",
            name=op.f("uq_release_reflection_id_revision_field_key"),
        ),
    )
    op.create_index(op.f("ix_release_reflection_id"), "release", ["reflection_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
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
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reflection_id"], ["reflection.id"], name=op.f("fk_revision_reflection_id_reflection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint(
            "reflection_id", "number", name=op.f("uq_revision_reflection_id_number")
        ),
    )
    op.create_index(op.f("ix_revision_reflection_id"), "revision", ["reflection_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("field_key", sa.String(length=60), nullable=False),
        sa.Column("row_key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "counsellor",
                "after_both",
                "at_once",
                "on_release",
                name="audience",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_answer_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "revision_id",
            "field_key",
            "row_key",
            "respondent_id",
            name=op.f("uq_answer_revision_id_field_key_row_key_respondent_id"),
        ),
    )
    op.create_index(op.f("ix_answer_revision_id"), "answer", ["revision_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_answer_revision_id"), table_name="answer")
    op.drop_table("answer")
    op.drop_index(op.f("ix_revision_reflection_id"), table_name="revision")
    op.drop_table("revision")
    op.drop_index(op.f("ix_release_reflection_id"), table_name="release")
    op.drop_table("release")
    op.drop_index("ix_private_word_reflection", table_name="private_word")
    op.drop_index(op.f("ix_private_word_couple_id"), table_name="private_word")
    op.drop_table("private_word")
    op.drop_index(op.f("ix_kept_version_reflection_id"), table_name="kept_version")
    op.drop_table("kept_version")
    op.drop_index(op.f("ix_draft_field_reflection_id"), table_name="draft_field")
    op.drop_table("draft_field")
    op.drop_index(op.f("ix_reflection_round_id"), table_name="reflection")
    op.drop_index(op.f("ix_reflection_respondent_id"), table_name="reflection")
    op.drop_index(op.f("ix_reflection_couple_id"), table_name="reflection")
    op.drop_table("reflection")
    op.drop_table("opening")
    op.drop_index(op.f("ix_consent_round_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_person_id"), table_name="consent")
    op.drop_table("consent")
