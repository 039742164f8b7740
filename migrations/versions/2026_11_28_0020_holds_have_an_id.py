"""The hold of one piece of homework has an id, so that a page lifts the hold it was drawn with and no later one.

Revision: 0020
After: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A hold from before has no id, and is lifted from any page that shows it.
    op.add_column("assignment", sa.Column("hold_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("assignment", "hold_id")
