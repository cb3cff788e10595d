"""A conversation of the simulator may go by the draft of the agent's guidance."""

import sqlalchemy as sa
from alembic import op

revision = "0015_draft_tries"
down_revision = "0014_views"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("conversations", sa.Column("tries_draft", sa.Boolean(), nullable=False, server_default="false"))
