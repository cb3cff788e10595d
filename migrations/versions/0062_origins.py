"""Tool calls are known by where their turn comes from, of which a conversation in writing is one.

What a worker of the release before does, one of this release does not find again when it tries the turn once more: stop
the workers, migrate, start the new ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0062_origins"
down_revision = "0061_sayings"

BY_CONVERSATION = "uq_tool_calls_conversation_id_turn_key_tool_arguments_digest"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("tool_calls", sa.Column("origin", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE tool_calls SET origin = 'conversation:' || conversation_id")
    op.alter_column("tool_calls", "conversation_id", nullable=True)
    op.create_unique_constraint("uq_tool_calls_once", "tool_calls", ["origin", "turn_key", "tool", "arguments_digest"])
    op.create_index(op.f("ix_tool_calls_conversation_id"), "tool_calls", ["conversation_id"])
    op.drop_constraint(BY_CONVERSATION, "tool_calls", type_="unique")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DELETE FROM tool_calls WHERE conversation_id IS NULL")
    op.create_unique_constraint(
        BY_CONVERSATION, "tool_calls", ["conversation_id", "turn_key", "tool", "arguments_digest"]
    )
    op.drop_index(op.f("ix_tool_calls_conversation_id"), "tool_calls")
    op.drop_constraint("uq_tool_calls_once", "tool_calls", type_="unique")
    op.alter_column("tool_calls", "conversation_id", nullable=False)
    op.drop_column("tool_calls", "origin")
