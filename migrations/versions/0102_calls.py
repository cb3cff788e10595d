"""Calls: the numbers that are called, each call with its lines and recordings, and what was said."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0102_calls"
down_revision = "0100_backups_made"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
TABLES = ("voice_numbers", "calls", "call_streams", "call_turns", "call_recordings")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "voice_numbers",
        *owned(),
        sa.Column("phone_e164", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        made_at(),
        sa.UniqueConstraint("phone_e164"),
    )
    op.create_index("ix_voice_numbers_account_sid", "voice_numbers", ["account_sid"])
    op.create_table(
        "calls",
        *owned(),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("number_id", sa.BigInteger(), sa.ForeignKey("voice_numbers.id", ondelete="SET NULL")),
        sa.Column("contact_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE")),
        sa.Column("lead_id", sa.BigInteger(), sa.ForeignKey("leads.id", ondelete="SET NULL")),
        sa.Column("direction", sa.String(40), nullable=False),
        sa.Column("phone_e164", sa.Text()),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_s", sa.BigInteger()),
        made_at(),
        sa.UniqueConstraint("external_id"),
    )
    op.create_index("ix_calls_contact_id", "calls", ["contact_id"])
    op.create_index("ix_calls_lead_id", "calls", ["lead_id"])
    op.create_index("ix_calls_log", "calls", ["business_id", "started_at", "id"])
    op.create_index("ix_calls_open", "calls", ["seen_at"], postgresql_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "call_streams",
        *owned(),
        of_call(),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("external_id", sa.Text()),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.Text()),
        made_at(),
        sa.UniqueConstraint("token_digest"),
    )
    op.create_index("ix_call_streams_call_id", "call_streams", ["call_id"])
    op.create_index(
        "uq_call_streams_open",
        "call_streams",
        ["call_id"],
        unique=True,
        postgresql_where=sa.text("used_at IS NOT NULL AND ended_at IS NULL"),
    )
    op.create_table(
        "call_turns",
        *owned(),
        of_call(),
        sa.Column("contact_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE")),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("cut_off", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("latency_ms", sa.BigInteger()),
        sa.Column("trace", JSONB()),
        made_at(),
        sa.UniqueConstraint("call_id", "number"),
    )
    op.create_index("ix_call_turns_contact_id", "call_turns", ["contact_id"])
    op.create_table(
        "call_recordings",
        *owned(),
        of_call(),
        sa.Column("contact_id", sa.BigInteger(), sa.ForeignKey("contacts.id", ondelete="CASCADE")),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("duration_s", sa.BigInteger()),
        made_at(),
        sa.UniqueConstraint("external_id"),
    )
    op.create_index("ix_call_recordings_call_id", "call_recordings", ["call_id"])
    op.create_index("ix_call_recordings_contact_id", "call_recordings", ["contact_id"])
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY business ON {table} USING (business_id = {CURRENT})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")


def owned() -> list[sa.Column[int]]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
    ]


def of_call() -> sa.Column[int]:
    return sa.Column("call_id", sa.BigInteger(), sa.ForeignKey("calls.id", ondelete="CASCADE"), nullable=False)


def made_at() -> sa.Column[object]:
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table)
