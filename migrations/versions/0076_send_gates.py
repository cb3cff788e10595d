"""How fast each number sends, and whether it rests."""

import sqlalchemy as sa
from alembic import op

revision = "0076_send_gates"
down_revision = "0080_workday"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "send_gates",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger(), sa.ForeignKey("channel_accounts.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True)),
        sa.Column("shut_until", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("account_id"),
        postgresql_with={"fillfactor": 50},
    )
    op.execute("ALTER TABLE send_gates ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON send_gates USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON send_gates TO {ROLE}")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("send_gates")
