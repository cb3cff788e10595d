"""A call knows how often something failed in it that another took over."""

from alembic import op

revision = "0107_fallbacks"
down_revision = "0106_recordings"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE calls ADD COLUMN fallbacks jsonb NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE calls DROP COLUMN fallbacks")
