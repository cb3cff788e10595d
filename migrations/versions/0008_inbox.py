"""The inbox lists conversations by when the contact last wrote."""

from alembic import op

revision = "0008_inbox"
down_revision = "0007_versions"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index("ix_conversations_inbox", "conversations", ["business_id", "last_inbound_at", "id"])
