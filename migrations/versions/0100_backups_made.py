"""The installation knows of its backups."""

import sqlalchemy as sa
from alembic import op

revision = "0100_backups_made"
down_revision = "0099_found_by_address"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "backups_made",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_backups_made_made_at", "backups_made", ["made_at"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("backups_made")
