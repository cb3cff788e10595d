"""A promised visit stands while another hour is asked for; what both sides were told of it is known."""

import sqlalchemy as sa
from alembic import op

revision = "0042_moves"
down_revision = "0025_accounts"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "bookings", sa.Column("replaces_id", sa.BigInteger(), sa.ForeignKey("bookings.id", ondelete="SET NULL"))
    )
    op.add_column("bookings", sa.Column("moves", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("bookings", sa.Column("settles_at", sa.DateTime(timezone=True)))
    op.add_column("bookings", sa.Column("told_starts_at", sa.DateTime(timezone=True)))
    op.add_column("bookings", sa.Column("told_professional_id", sa.BigInteger()))
    op.execute("""
        UPDATE bookings SET told_starts_at = starts_at, told_professional_id = professional_id
        WHERE status = 'confirmed'
    """)
    op.create_index(
        "ix_bookings_replaces", "bookings", ["replaces_id"], postgresql_where=sa.text("replaces_id IS NOT NULL")
    )
    op.create_index(
        "uq_bookings_one_promised_per_lead",
        "bookings",
        ["lead_id"],
        unique=True,
        postgresql_where=sa.text("status = 'confirmed'"),
    )
    op.create_index(
        "uq_bookings_one_asked_per_lead",
        "bookings",
        ["lead_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('held', 'pending')"),
    )
    op.drop_index("uq_bookings_one_live_per_lead", "bookings")
    op.drop_index("ix_bookings_day", "bookings")
    op.drop_constraint("ck_bookings_buffers", "bookings")
    op.create_check_constraint(
        op.f("ck_bookings_buffers"), "bookings", "replaces_id IS NOT NULL OR during @> tstzrange(starts_at, ends_at)"
    )
