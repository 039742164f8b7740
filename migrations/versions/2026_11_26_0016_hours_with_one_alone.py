"""Hours can be planned with one of the two alone.

Revision: 0016
After: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SEAT = sa.Enum("a", "b", name="seat", native_enum=False, length=32)


def upgrade() -> None:
    # What was planned before was planned with both.
    op.add_column("appointment", sa.Column("with_seat", SEAT, nullable=True))


def downgrade() -> None:
    # The earlier form knows no hour with one alone and would show it to the other: it is called off.
    op.execute(
        "UPDATE appointment SET called_off_at = made_at"
        " WHERE with_seat IS NOT NULL AND called_off_at IS NULL"
    )
    op.drop_column("appointment", "with_seat")
