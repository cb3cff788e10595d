"""A business may name trades whose people take requests of another."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0040_related_trades"
down_revision = "0045_waiting"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("businesses", sa.Column("related_trades", JSONB(), nullable=False, server_default="{}"))
