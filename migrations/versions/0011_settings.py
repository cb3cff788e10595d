"""Settings and prices know how often they were changed, as leads do; and who changes what is on record."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011_settings"
down_revision = "0010_console"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


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
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), sa.ForeignKey("users.id", ondelete="SET NULL"), index=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Index(None, "business_id", "id"),
    )
    op.execute("ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON audit_entries USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT ON audit_entries TO {ROLE}")
