"""What contacts and businesses use in a day is counted, and a business may have limits of its own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022_budgets"
down_revision = "0021_own_numbers"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("businesses", sa.Column("budgets", JSONB(), server_default="{}", nullable=False))
    op.create_table(
        "spendings",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("shard", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("business_id", "day", "kind", "contact_id", "shard", name="uq_spendings_one"),
    )
    op.create_index("ix_spendings_contact_id", "spendings", ["contact_id"])
    op.execute("ALTER TABLE spendings ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON spendings USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON spendings TO {ROLE}")
    op.execute(f"GRANT USAGE ON SEQUENCE spendings_id_seq TO {ROLE}")
