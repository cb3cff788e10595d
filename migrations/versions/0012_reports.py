"""Ratings of visits, and indexes for reading a period of a business."""

import sqlalchemy as sa
from alembic import op

revision = "0012_reports"
down_revision = "0011_settings"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def owner(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "ratings",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), owner("businesses"), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), owner("bookings"), nullable=False, unique=True),
        sa.Column("professional_id", sa.BigInteger(), owner("professionals"), nullable=False, index=True),
        sa.Column("lead_id", sa.BigInteger(), owner("leads"), nullable=False, index=True),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )
    op.create_index("ix_ratings_at", "ratings", ["business_id", "at"])
    op.execute("ALTER TABLE ratings ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON ratings USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ratings TO {ROLE}")
    op.create_index("ix_leads_opened", "leads", ["business_id", "created_at"])
    op.create_index("ix_bookings_day", "bookings", ["business_id", "starts_at"])
    op.create_index("ix_offers_sent", "offers", ["business_id", "sends_at"])
    op.create_index(
        "ix_messages_failed", "messages", ["business_id", "sent_at"], postgresql_where=sa.text("delivery = 'failed'")
    )
