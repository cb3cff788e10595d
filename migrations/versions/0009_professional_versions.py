"""Professionals know how often they were changed, as leads do."""

import sqlalchemy as sa
from alembic import op

revision = "0009_professional_versions"
down_revision = "0008_inbox"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("professionals", sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"))
    op.add_column(
        "professionals",
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.execute(
        "CREATE TRIGGER professionals_count_change BEFORE UPDATE ON professionals "
        "FOR EACH ROW EXECUTE FUNCTION proli_count_change()"
    )
