"""What waits to be sent tells its days as whoever reads it then calls them."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Author, Message
from proli.knowledge.text import isolate, without_marks
from proli.platform.db import BusinessSession
from proli.playbooks.day_words import as_read

QUARTER: Final = timedelta(minutes=15)


def same_day_since(now: datetime) -> datetime:
    """What was put into words since then was so on this day, wherever: at midnight a quarter of an hour begins."""
    return now - timedelta(seconds=now.timestamp() % QUARTER.total_seconds())


async def say_as_read(session: BusinessSession, message: Message, *, now: datetime) -> None:
    """A message that was put into words on another day than this one calls its days as they are called now.

    What a person wrote stays as it is. The words are as of the last attempt, or else of when they were queued.
    """
    written_at = message.attempted_at or message.sent_at
    if written_at >= same_day_since(now) or message.author not in (Author.ai, Author.system):
        return
    zone = ZoneInfo((await get_business(session)).zone)

    def put(words: str) -> str:
        return as_read(words, written_at=written_at, now=now, zone=zone, free=message.author == Author.ai)

    message.text = put(message.text)
    message.buttons = [{**button, "text": without_marks(put(isolate(button["text"])))} for button in message.buttons]
    if message.values is not None:
        message.values = {name: put(value) for name, value in message.values.items()}
