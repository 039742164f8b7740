"""Which piece left whose chair, so that a page of before is stale whatever became of the piece.

Revision: 0018
After: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "left_chair",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_left_chair_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_chair")),
    )
    op.create_index(op.f("ix_left_chair_person_id"), "left_chair", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_left_chair_person_id"), table_name="left_chair")
    op.drop_table("left_chair")
