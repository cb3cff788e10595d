"""Customers are asked in the chat how a visit was."""

import sqlalchemy as sa
from alembic import op

revision = "0090_ratings"
down_revision = "0083_privacy"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("conversations", sa.Column("rating_of", sa.BigInteger()))
    op.add_column("conversations", sa.Column("rating_until", sa.DateTime(timezone=True)))
    op.add_column("businesses", sa.Column("asks_rating", sa.Boolean(), server_default=sa.text("true"), nullable=False))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("businesses", "asks_rating")
    op.drop_column("conversations", "rating_until")
    op.drop_column("conversations", "rating_of")
