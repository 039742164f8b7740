"""What is owed and what was done.

Revision: 0006
After: 0005
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "counsellor",
                "supervisor",
                "partner",
                "nobody",
                "system",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "act",
            sa.Enum(
                "set_up",
                "signed_in",
                "sign_in_refused",
                "signed_out",
                "signed_out_everywhere",
                "left_in_a_hurry",
                "switched_role",
                "entered_sample",
                "removed_sample",
                "invited",
                "invitation_taken_back",
                "joined",
                "changed_password",
                "added_passkey",
                "removed_passkey",
                "changed_settings",
                "changed_practice",
                "added_staff",
                "added_couple",
                "changed_couple",
                "archived_couple",
                "changed_care",
                "set_joint_work",
                "acknowledged_policy",
                "assigned",
                "withdrew",
                "closed",
                "held",
                "declined",
                "sent",
                "took_back",
                "returned",
                "consented",
                "consent_withdrawn",
                "opened",
                "released",
                "read",
                "reviewed",
                "feedback_drafted",
                "feedback_released",
                "session_written",
                "summary_ordered",
                "summary_finished",
                "summary_read",
                "planned_session",
                name="act",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("couple_id", sa.Uuid(), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("number", name=op.f("uq_audit_entry_number")),
    )
    op.create_index(op.f("ix_audit_entry_actor_id"), "audit_entry", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_couple_id"), "audit_entry", ["couple_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_object_id"), "audit_entry", ["object_id"], unique=False)
    op.create_index(
        op.f("ix_audit_entry_practice_id"), "audit_entry", ["practice_id"], unique=False
    )
    op.create_table(
        "audit_head",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "job",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued", "running", "done", "parked", name="jobstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("fault", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_job_done")),
        sa.CheckConstraint(
            "(state = 'running') = (lease_until IS NOT NULL)", name=op.f("ck_job_leased")
        ),
        sa.CheckConstraint("(state = 'running') = (token IS NOT NULL)", name=op.f("ck_job_held")),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'parked')", name=op.f("ck_job_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint(
            "kind", "subject_id", "period", name=op.f("uq_job_kind_subject_id_period")
        ),
    )
    op.create_index("ix_job_state_due_at", "job", ["state", "due_at"], unique=False)
    op.create_table(
        "notice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "homework_given",
                "homework_returned",
                "feedback_ready",
                "reflection_ready",
                "round_opened",
                "summary_ready",
                name="noticekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"], unique=False)

    head = sa.table("audit_head", sa.column("id", sa.Uuid), sa.column("number"), sa.column("mark"))
    op.bulk_insert(head, [{"id": UUID(int=1), "number": 0, "mark": ""}])


def downgrade() -> None:
    op.drop_index(op.f("ix_notice_person_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_job_state_due_at", table_name="job")
    op.drop_table("job")
    op.drop_table("audit_head")
    op.drop_index(op.f("ix_audit_entry_practice_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_object_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_couple_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_actor_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
