"""Messages that wait though no job is there for them, whatever became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import TextClause, text

from proli.conversations.events import MessageQueued, MessageReceived
from proli.conversations.models import UNANSWERED, WAITING_SQL
from proli.platform.db import BusinessSession
from proli.platform.jobs import HANDLERS, Event
from proli.sweeps.running import MOST

UNANSWERED_FOR: Final = timedelta(minutes=5)
UNSENT_FOR: Final = timedelta(minutes=10)

IN_LINE = """
    SELECT FROM procrastinate_jobs AS job
    WHERE job.status IN ('todo', 'doing') AND job.lock = ANY (ARRAY(
        SELECT task || ':' || message.conversation_id FROM unnest(CAST(:tasks AS text[])) AS task))
"""
FORGOTTEN = text(f"""
    SELECT business_id, conversation_id FROM (
        SELECT DISTINCT message.business_id, message.conversation_id
        FROM messages AS message JOIN conversations AS conversation ON conversation.id = message.conversation_id
        WHERE {UNANSWERED}
          AND message.sent_at <= :before AND conversation.owner = 'ai' AND message.business_id = ANY (:businesses)
          AND NOT EXISTS ({IN_LINE})
    ) AS forgotten ORDER BY random() LIMIT {MOST}
""")  # noqa: S608 - constants of ours
UNSENT = text(f"""
    SELECT business_id, conversation_id FROM (
        SELECT DISTINCT message.business_id, message.conversation_id FROM messages AS message
        WHERE message.{WAITING_SQL}
          AND greatest(message.sent_at, message.attempted_at, message.next_attempt_at) <= :before
          AND message.business_id = ANY (:businesses) AND NOT EXISTS ({IN_LINE})
    ) AS forgotten ORDER BY random() LIMIT {MOST}
""")  # noqa: S608 - constants of ours


async def find_unanswered(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """Conversations of the agent's in which somebody waits and no job would answer."""
    return await look(session, FORGOTTEN, businesses, event=MessageReceived, before=now - UNANSWERED_FOR)


async def find_unsent(session: BusinessSession, businesses: Sequence[int], now: datetime) -> Sequence[tuple[int, int]]:
    """Conversations whose outbox waits and no job would deliver."""
    return await look(session, UNSENT, businesses, event=MessageQueued, before=now - UNSENT_FOR)


async def look(
    session: BusinessSession, statement: TextClause, businesses: Sequence[int], *, event: type[Event], before: datetime
) -> Sequence[tuple[int, int]]:
    """What the statement finds, with all handlers of the event, undertakers among them, as the jobs that may wait."""
    tasks = [handler.name for handler in HANDLERS.values() if handler.event is event]
    rows = await session.execute(statement, {"businesses": list(businesses), "tasks": tasks, "before": before})
    return [(row.business_id, row.conversation_id) for row in rows]
