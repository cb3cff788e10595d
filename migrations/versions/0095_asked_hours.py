"""An hour is held while its customer is asked whether the visit may move there."""

import sqlalchemy as sa
from alembic import op

revision = "0095_asked_hours"
down_revision = "0090_ratings"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("bookings", sa.Column("asks_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("bookings", "asks_until")
