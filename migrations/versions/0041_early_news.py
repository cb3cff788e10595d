"""What a provider says of a message that is not known yet is kept until it is."""

import sqlalchemy as sa
from alembic import op

revision = "0041_early_news"
down_revision = "0040_related_trades"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"


def owner(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "early_news",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column(
            "business_id",
            sa.BigInteger(),
            sa.ForeignKey("businesses.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "channel_account_id",
            sa.BigInteger(),
            sa.ForeignKey("channel_accounts.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("channel_account_id", "external_id", "kind"),
    )
    op.execute("ALTER TABLE early_news ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY business ON early_news USING (business_id = {CURRENT})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON early_news TO {ROLE}")
