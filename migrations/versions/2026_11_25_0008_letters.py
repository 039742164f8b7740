"""Who wants to be written to, and the letters that went out.

Revision: 0008
After: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KIND = sa.Enum(
    "homework_given",
    "homework_returned",
    "feedback_ready",
    "reflection_ready",
    "round_opened",
    "summary_ready",
    "round_due",
    name="noticekind",
    native_enum=False,
    length=32,
)


def upgrade() -> None:
    op.create_table(
        "mail_choice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("address_mark", sa.String(length=64), nullable=False),
        sa.Column("shares", sa.Boolean(), nullable=False),
        sa.Column("from_hour", sa.Integer(), nullable=False),
        sa.Column("until_hour", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("from_hour != until_hour", name=op.f("ck_mail_choice_hours")),
        sa.CheckConstraint("from_hour BETWEEN 0 AND 23", name=op.f("ck_mail_choice_from_hour")),
        sa.CheckConstraint("until_hour BETWEEN 1 AND 24", name=op.f("ck_mail_choice_until_hour")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_choice")),
        sa.UniqueConstraint("person_id", name=op.f("uq_mail_choice_person_id")),
    )
    op.create_index(op.f("ix_mail_choice_address_mark"), "mail_choice", ["address_mark"])
    op.create_table(
        "letter",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("meant_on", sa.Date(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.LargeBinary(), nullable=True),
        sa.Column("code_mark", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("busy_until", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("code_mark", name=op.f("uq_letter_code_mark")),
        sa.UniqueConstraint("person_id", "meant_on", name=op.f("uq_letter_person_id_meant_on")),
    )
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"])
    op.add_column("notice", sa.Column("dropped_at", sa.DateTime(), nullable=True))
    op.add_column("notice", sa.Column("letter_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_notice_letter_id"), "notice", ["letter_id"])
    op.add_column("practice", sa.Column("sender_name", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    # Columns are taken out where they are: a table that others point at cannot be made anew.
    op.drop_column("practice", "sender_name")
    op.drop_index(op.f("ix_notice_letter_id"), table_name="notice")
    op.drop_column("notice", "letter_id")
    op.drop_column("notice", "dropped_at")
    op.drop_index(op.f("ix_letter_person_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_index(op.f("ix_mail_choice_address_mark"), table_name="mail_choice")
    op.drop_table("mail_choice")
