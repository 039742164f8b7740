"""Reading, hours and paper.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "therapy_session",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shared_summary", sa.LargeBinary(), nullable=True),
        sa.Column("progress_note", sa.LargeBinary(), nullable=True),
        sa.Column("process_note", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_therapy_session_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_therapy_session_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_therapy_session")),
    )
    op.create_index(
        op.f("ix_therapy_session_couple_id"), "therapy_session", ["couple_id"], unique=False
    )
    op.create_table(
        "agreed_step",
        sa.Column("therapy_session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["therapy_session_id"],
            ["therapy_session.id"],
            name=op.f("fk_agreed_step_therapy_session_id_therapy_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_step")),
    )
    op.create_index(
        op.f("ix_agreed_step_therapy_session_id"),
        "agreed_step",
        ["therapy_session_id"],
        unique=False,
    )
    op.create_table(
        "attendance",
        sa.Column("therapy_session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["therapy_session_id"],
            ["therapy_session.id"],
            name=op.f("fk_attendance_therapy_session_id_therapy_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "therapy_session_id",
            "person_id",
            name=op.f("uq_attendance_therapy_session_id_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_attendance_therapy_session_id"), "attendance", ["therapy_session_id"], unique=False
    )
    op.create_table(
        "summary_document",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("therapy_session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "edition",
            sa.Enum(
                "clinical", "couple", "partner", name="summaryedition", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "finished",
                "refused",
                "failed",
                name="printstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ordered_by_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_summary_document_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["ordered_by_id"], ["person.id"], name=op.f("fk_summary_document_ordered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["person.id"], name=op.f("fk_summary_document_reader_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["therapy_session_id"],
            ["therapy_session.id"],
            name=op.f("fk_summary_document_therapy_session_id_therapy_session"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_document")),
    )
    op.create_index(
        op.f("ix_summary_document_couple_id"), "summary_document", ["couple_id"], unique=False
    )
    op.create_index(
        op.f("ix_summary_document_reader_id"), "summary_document", ["reader_id"], unique=False
    )
    op.create_index(
        op.f("ix_summary_document_therapy_session_id"),
        "summary_document",
        ["therapy_session_id"],
        unique=False,
    )
    op.create_table(
        "feedback",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column(
            "pocket",
            sa.Enum("a", "b", "joint", name="pocket", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_feedback_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_feedback_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_feedback_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_couple_id"), "feedback", ["couple_id"], unique=False)
    op.create_index(op.f("ix_feedback_round_id"), "feedback", ["round_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_feedback_round_id"), table_name="feedback")
    op.drop_index(op.f("ix_feedback_couple_id"), table_name="feedback")
    op.drop_table("feedback")
    op.drop_index(op.f("ix_summary_document_therapy_session_id"), table_name="summary_document")
    op.drop_index(op.f("ix_summary_document_reader_id"), table_name="summary_document")
    op.drop_index(op.f("ix_summary_document_couple_id"), table_name="summary_document")
    op.drop_table("summary_document")
    op.drop_index(op.f("ix_attendance_therapy_session_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_agreed_step_therapy_session_id"), table_name="agreed_step")
    op.drop_table("agreed_step")
    op.drop_index(op.f("ix_therapy_session_couple_id"), table_name="therapy_session")
    op.drop_table("therapy_session")
