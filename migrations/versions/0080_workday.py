"""A visit knows when a late professional comes, what was done and what was taken for it."""

import sqlalchemy as sa
from alembic import op

revision = "0080_workday"
down_revision = "0072_failures"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("bookings", sa.Column("expected_at", sa.DateTime(timezone=True)))
    op.add_column("bookings", sa.Column("work_done", sa.Text(), nullable=False, server_default=""))
    op.add_column("bookings", sa.Column("price_agorot", sa.BigInteger()))
    op.create_check_constraint("ck_bookings_price", "bookings", "price_agorot >= 0")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("bookings", "price_agorot")
    op.drop_column("bookings", "work_done")
    op.drop_column("bookings", "expected_at")
