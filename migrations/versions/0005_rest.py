"""What a business, or one of its professionals, keeps of Shabbat and holidays."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_rest"
down_revision = "0004_needs"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    empty = sa.text("'{}'::jsonb")
    op.add_column("businesses", sa.Column("rest", postgresql.JSONB(), nullable=False, server_default=empty))
    op.add_column("professionals", sa.Column("rest", postgresql.JSONB(), nullable=True))
