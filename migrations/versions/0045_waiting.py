"""The inbox goes by the last words of either side, and a conversation says whether a person was called to it.

What people have answered before counts as answered from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045_waiting"
down_revision = "0020_setbacks"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("conversations", sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("called_for", sa.Text(), nullable=True))
    op.execute("""
        UPDATE conversations SET last_message_at = newest.at
        FROM (SELECT conversation_id, max(sent_at) AS at FROM messages GROUP BY conversation_id) AS newest
        WHERE newest.conversation_id = conversations.id
    """)
    op.execute("""
        UPDATE messages SET answered_at = answer.at
        FROM (SELECT conversation_id, max(sent_at) AS at FROM messages WHERE author = 'human' GROUP BY conversation_id)
            AS answer
        WHERE direction = 'in' AND wants_answer AND answered_at IS NULL
            AND answer.conversation_id = messages.conversation_id AND messages.sent_at <= answer.at
    """)
    op.execute("""
        UPDATE conversations SET called_at = leads.changed_at, called_for = leads.attention
        FROM leads
        WHERE leads.conversation_id = conversations.id
            AND leads.attention IN ('human_asked', 'complaint', 'stuck', 'agent_failed', 'danger')
            AND NOT EXISTS (SELECT FROM messages WHERE messages.conversation_id = conversations.id
                            AND author = 'human' AND sent_at > leads.changed_at)
    """)
    op.drop_index("ix_conversations_inbox", "conversations")
    op.create_index("ix_conversations_inbox", "conversations", ["business_id", "last_message_at", "id"])
    op.create_index(
        "ix_conversations_called",
        "conversations",
        ["business_id"],
        postgresql_where=sa.text("called_at IS NOT NULL"),
    )
