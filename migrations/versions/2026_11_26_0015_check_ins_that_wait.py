"""Check-ins wait until the counsellor has seen them.

Revision: 0015
After: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was sent before waits as well: nobody has said of it that they saw it.
    op.create_table(
        "check_in_seen",
        sa.Column("check_in_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("seen_by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_in_id"], ["check_in.id"], name=op.f("fk_check_in_seen_check_in_id_check_in")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["person.id"], name=op.f("fk_check_in_seen_seen_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_seen")),
        sa.UniqueConstraint("check_in_id", name=op.f("uq_check_in_seen_check_in_id")),
    )


def downgrade() -> None:
    op.drop_table("check_in_seen")
