"""Views of the lists that people keep, and replies that staff have at hand."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014_views"
down_revision = "0013_prompts"

ROLE = "proli_app"
CURRENT = "nullif(current_setting('proli.business_id', true), '')::bigint"
TOLD = {"saved_views": "views", "quick_replies": "quick_replies"}


def owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("business_id", sa.BigInteger(), sa.ForeignKey("businesses.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    ]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "saved_views",
        *owned(),
        sa.Column("user_id", sa.BigInteger(), sa.ForeignKey("users.id", ondelete="CASCADE"), index=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.CheckConstraint("length(query) <= 1000", name="query_length"),
    )
    op.create_index("ix_saved_views_business", "saved_views", ["business_id", "user_id", "position"])
    op.create_table(
        "quick_replies",
        *owned(),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.CheckConstraint("language IN ('he', 'en')", name="language"),
    )
    op.create_index("ix_quick_replies_business", "quick_replies", ["business_id", "position"])
    for table, topic in TOLD.items():
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY business ON {table} USING (business_id = {CURRENT})")
        op.execute(
            f"CREATE TRIGGER {table}_count_change BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION proli_count_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_tell_change AFTER INSERT OR UPDATE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION proli_tell_change('{topic}', 'id')"
        )
