"""Calls that we make: to whom, why, when next, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0110_calls_out"
down_revision = "0109_voicemail"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        "ALTER TABLE businesses ADD COLUMN calls_back boolean NOT NULL DEFAULT false, "
        "ADD COLUMN calls_reminders boolean NOT NULL DEFAULT false"
    )
    op.create_table(
        "calls_out",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        key_to("businesses", "business_id", nullable=False),
        key_to("contacts", "contact_id", nullable=False),
        key_to("leads", "lead_id", nullable=True, ondelete="SET NULL"),
        key_to("bookings", "booking_id", nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful_until", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True)),
        sa.Column("external_id", sa.Text()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("business_id", "key", name="uq_calls_out_business_id_key"),
    )
    op.create_index("ix_calls_out_contact_id", "calls_out", ["contact_id"])
    op.create_index("ix_calls_out_lead_id", "calls_out", ["lead_id"])
    op.create_index("ix_calls_out_booking_id", "calls_out", ["booking_id"])
    op.create_index(
        "ix_calls_out_open", "calls_out", ["business_id", "due_at"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.execute("ALTER TABLE calls_out ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON calls_out USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON calls_out TO {ROLE}")
    op.execute("ALTER TABLE calls ADD COLUMN call_out_id bigint REFERENCES calls_out ON DELETE SET NULL")
    op.create_index("ix_calls_call_out_id", "calls", ["call_out_id"])


def key_to(table: str, name: str, *, nullable: bool, ondelete: str = "CASCADE") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.ForeignKey(f"{table}.id", ondelete=ondelete), nullable=nullable)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE calls DROP COLUMN call_out_id")
    op.drop_table("calls_out")
    op.execute("ALTER TABLE businesses DROP COLUMN calls_reminders, DROP COLUMN calls_back")
