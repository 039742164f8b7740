"""Words for the counsellor alone carry the promise that they were written under.

Revision: 0014
After: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

POLICIES = ("held", "judgement", "no_secrets")
POLICY = """
UPDATE private_word SET policy = (
  SELECT revision.policy FROM revision
  WHERE revision.reflection_id = private_word.reflection_id
    AND revision.number = private_word.revision
    AND revision.sent_at = private_word.sent_at
)
"""
VERSION = """
UPDATE private_word SET policy_version = (
  SELECT revision.policy_version FROM revision
  WHERE revision.reflection_id = private_word.reflection_id
    AND revision.number = private_word.revision
    AND revision.sent_at = private_word.sent_at
)
"""


def upgrade() -> None:
    kind = sa.Enum(*POLICIES, name="secretspolicy", native_enum=False, length=32)
    op.add_column("private_word", sa.Column("policy", kind, nullable=True))
    op.add_column("private_word", sa.Column("policy_version", sa.Integer(), nullable=True))
    # What was sent with a revision was written under that revision's promise; of what came with a
    # refusal to answer no promise is on record, and none is made up.
    for statement in (POLICY, VERSION):
        op.execute(statement)


def downgrade() -> None:
    for column in ("policy_version", "policy"):
        op.drop_column("private_word", column)
