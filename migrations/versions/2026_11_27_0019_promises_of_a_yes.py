"""Whoever confirms a sheet for two does so under a promise, and what they wrote goes under it.

Revision: 0019
After: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

POLICY = sa.Enum(
    "held", "judgement", "no_secrets", name="secretspolicy", native_enum=False, length=32
)


def upgrade() -> None:
    # Of a yes from before nothing is known: its words go under the promise that was read last, as they did.
    op.add_column("sheet_side", sa.Column("policy", POLICY, nullable=True))
    op.add_column("sheet_side", sa.Column("policy_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("sheet_side", "policy_version")
    op.drop_column("sheet_side", "policy")
