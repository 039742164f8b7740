"""Wishes to hand the couple's file out, and each partner's answers.

Revision: 0011
After: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_release",
        sa.Column("couple_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=True),
        sa.Column("purpose", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_file_release_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couple.id"], name=op.f("fk_file_release_couple_id_couple")
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["person.id"], name=op.f("fk_file_release_released_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_release")),
    )
    op.create_index(op.f("ix_file_release_couple_id"), "file_release", ["couple_id"], unique=False)
    op.create_table(
        "file_consent",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("says_yes", sa.Boolean(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_file_consent_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["file_release.id"],
            name=op.f("fk_file_consent_release_id_file_release"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_consent")),
    )
    for column in ("release_id", "person_id"):
        op.create_index(op.f(f"ix_file_consent_{column}"), "file_consent", [column], unique=False)


def downgrade() -> None:
    for table in ("file_consent", "file_release"):
        op.drop_table(table)
