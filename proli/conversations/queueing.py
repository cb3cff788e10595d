"""The statement that puts words into the outbox and wakes their delivery, by itself or as a part of a longer one."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text

from proli.conversations.buttons import Button
from proli.conversations.events import MessageQueued
from proli.conversations.models import Author
from proli.knowledge.text import directed
from proli.platform.jobs import FRESH, Event, wakes
from proli.playbooks.texts import Saying

QUEUED: Final = f"""
    queued AS (
        INSERT INTO messages (business_id, channel_account_id, conversation_id, direction, author, kind, text, buttons,
                              code, values, dedup_key, sent_at, useful_until, delivery)
        SELECT business_id, channel_account_id, id, 'out', :author, 'text', :text, CAST(:buttons AS jsonb),
               :code, CAST(:values AS jsonb), :dedup_key, :now, :useful_until, 'queued'
        FROM line
        ON CONFLICT (conversation_id, dedup_key) DO NOTHING
        RETURNING id, business_id, conversation_id
    ), woken AS ({FRESH.format(condition="WHERE EXISTS (SELECT FROM queued)")})
"""  # noqa: S608
"""The words are in the outbox of `line`, a row of conversations, unless the same were before."""
QUEUE_TEXT: Final = text(f"""
    WITH line AS (SELECT * FROM conversations WHERE id = :conversation_id), {QUEUED} SELECT id FROM queued
""")  # noqa: S608


def queued_words(
    business_id: int,
    conversation_id: int,
    text: str,
    *,
    dedup_key: str,
    author: Author,
    buttons: Sequence[Button] = (),
    useful_until: datetime | None = None,
    more: Sequence[Event] = (),
    now: datetime,
) -> dict[str, Any]:
    """The parameters of QUEUED; with the words, `more` events are told."""
    of_ours = text if isinstance(text, Saying) else None
    return wakes(MessageQueued(business_id=business_id, conversation_id=conversation_id), *more) | {
        "conversation_id": conversation_id,
        "author": author.value,
        "text": directed(text),
        "buttons": json.dumps([{"id": button.id, "text": button.text} for button in buttons]),
        "code": None if of_ours is None else of_ours.code,
        "values": None if of_ours is None else json.dumps(dict(of_ours.values)),
        "dedup_key": dedup_key,
        "useful_until": useful_until,
        "now": now,
    }
