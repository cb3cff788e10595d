"""How a number is, in a word of ours beside the provider's."""

import sqlalchemy as sa
from alembic import op

revision = "0098_health"
down_revision = "0097_end_reasons"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("channel_accounts", sa.Column("health", sa.Text(), server_default="unknown", nullable=False))
    op.execute("""
        UPDATE channel_accounts
        SET health = CASE state
            WHEN 'authorized' THEN 'connected'
            WHEN 'notAuthorized' THEN 'disconnected'
            WHEN 'blocked' THEN 'blocked'
            WHEN 'suspended' THEN 'suspended'
            WHEN 'sleepMode' THEN 'unavailable'
            WHEN 'yellowCard' THEN 'warned'
            WHEN 'quotaExceeded' THEN 'over_quota'
            WHEN 'starting' THEN 'connecting'
            ELSE 'unknown'
        END
    """)
    op.execute("UPDATE channel_accounts SET health = 'simulated' WHERE provider = 'simulator'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("channel_accounts", "health")
