"""Settings and prices know how often they were changed, as leads do."""

import sqlalchemy as sa
from alembic import op

revision = "0011_settings"
down_revision = "0009_professional_versions"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("businesses", "prices"):
        op.add_column(table, sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"))
        op.add_column(
            table, sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())
        )
        op.execute(
            f"CREATE TRIGGER {table}_count_change BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION proli_count_change()"
        )
