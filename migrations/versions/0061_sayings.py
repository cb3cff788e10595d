"""Beside the words of an outgoing message stand the text's code and what fills it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0061_sayings"
down_revision = "0060_addresses"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("messages", sa.Column("code", sa.Text(), nullable=True))
    op.add_column("messages", sa.Column("values", JSONB(), nullable=True))
