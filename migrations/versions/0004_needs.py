"""What a request needs beyond the common fields, what a conversation is about and remembers, a business's own words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_needs"
down_revision = "0003"

EMPTY = sa.text("'{}'::jsonb")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("leads", sa.Column("intent", sa.Text(), nullable=True))
    op.add_column("leads", sa.Column("address_parts", postgresql.JSONB(), nullable=True))
    op.add_column("leads", sa.Column("needs", postgresql.JSONB(), nullable=False, server_default=EMPTY))
    op.add_column("conversations", sa.Column("intent", sa.Text(), nullable=True))
    op.add_column("conversations", sa.Column("summary", sa.Text(), nullable=False, server_default=""))
    op.add_column("conversations", sa.Column("summarised_id", sa.BigInteger(), nullable=True))
    op.add_column("conversations", sa.Column("misses", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("businesses", sa.Column("texts", postgresql.JSONB(), nullable=False, server_default=EMPTY))
