"""Holds and partings, and from when on a yes counts.

Revision: 0010
After: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, words in (("safety_hold", "reason"), ("parting", "agreement")):
        op.create_table(
            table,
            sa.Column("couple_id", sa.Uuid(), nullable=False),
            sa.Column("stands", sa.Boolean(), nullable=False),
            sa.Column(words, sa.LargeBinary(), nullable=True),
            sa.Column("set_by_id", sa.Uuid(), nullable=False),
            sa.Column("set_at", sa.DateTime(), nullable=False),
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(
                ["couple_id"], ["couple.id"], name=op.f(f"fk_{table}_couple_id_couple")
            ),
            sa.ForeignKeyConstraint(
                ["set_by_id"], ["person.id"], name=op.f(f"fk_{table}_set_by_id_person")
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_couple_id"), table, ["couple_id"], unique=False)
    op.add_column("couple", sa.Column("yes_counts_from_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("couple", "yes_counts_from_at")
    for table in ("parting", "safety_hold"):
        op.drop_table(table)
