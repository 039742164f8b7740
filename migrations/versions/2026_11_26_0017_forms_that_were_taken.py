"""A form that makes something new is taken once.

Revision: 0017
After: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "taken_form",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("led_to", sa.String(length=300), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_form")),
        sa.UniqueConstraint("mark", name=op.f("uq_taken_form_mark")),
    )
    op.create_index(op.f("ix_taken_form_taken_at"), "taken_form", ["taken_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_taken_form_taken_at"), table_name="taken_form")
    op.drop_table("taken_form")
