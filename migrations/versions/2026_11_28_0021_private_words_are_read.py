"""Words for the counsellor alone wait to be read by themselves, whatever becomes of the piece they came with.

Revision: 0021
After: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# What was marked as read has been read with all that was private in it, and what was returned with all that had come
# by then; of what came later, or with a piece that was left out or taken back, nobody was told.
READ_WITH_THE_PIECE = """
UPDATE private_word SET read_at = (
  SELECT COALESCE(reflection.reviewed_at, reflection.returned_at, reflection.saved_at)
  FROM reflection WHERE reflection.id = private_word.reflection_id)
WHERE EXISTS (
  SELECT 1 FROM reflection WHERE reflection.id = private_word.reflection_id AND (
    reflection.state = 'reviewed'
    OR reflection.state = 'returned' AND private_word.sent_at <= reflection.returned_at))
"""


def upgrade() -> None:
    op.add_column("private_word", sa.Column("read_at", sa.DateTime(), nullable=True))
    op.execute(READ_WITH_THE_PIECE)


def downgrade() -> None:
    op.drop_column("private_word", "read_at")
