"""A visit whose professional has said that they cannot come: since when."""

import sqlalchemy as sa
from alembic import op

revision = "0104_unable"
down_revision = "0102_calls"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("bookings", sa.Column("unable_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("bookings", "unable_at")
