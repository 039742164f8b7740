"""One sheet for two: who wrote what, and what each confirmed.

Revision: 0013
After: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added and dropped in place: other tables point at these, so they cannot be made anew.
    changes = sa.Column("changes", sa.Integer(), nullable=False, server_default="0")
    op.add_column("reflection", changes)
    op.add_column("answer", sa.Column("written_by_id", sa.Uuid(), nullable=True))
    op.add_column("draft_field", sa.Column("changed_by_id", sa.Uuid(), nullable=True))
    op.create_table(
        "sheet_side",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed", sa.Integer(), nullable=True),
        sa.Column("declined_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sheet_side_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_sheet_side_reflection_id_reflection"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_side")),
        sa.UniqueConstraint(
            "reflection_id", "person_id", name=op.f("uq_sheet_side_reflection_id_person_id")
        ),
    )
    op.create_index(op.f("ix_sheet_side_person_id"), "sheet_side", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_sheet_side_reflection_id"), "sheet_side", ["reflection_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_sheet_side_reflection_id"), table_name="sheet_side")
    op.drop_index(op.f("ix_sheet_side_person_id"), table_name="sheet_side")
    op.drop_table("sheet_side")
    op.drop_column("draft_field", "changed_by_id")
    op.drop_column("answer", "written_by_id")
    op.drop_column("reflection", "changes")
