"""Numbers that are down, as their providers say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import and_, cast, exists, or_, select
from sqlalchemy.types import Text

from proli.conversations.models import ChannelAccount
from proli.knowledge.text import isolate
from proli.notifications.outages import WELL, Found, note_outage
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, say
from proli.playbooks.words import say_phone
from proli.sweeps.models import Outage

DOWN_FOR: Final = timedelta(minutes=5)
"""A number that is down for less is only starting anew."""
END: Final = 4


async def find_numbers(session: BusinessSession, businesses: Sequence[int], now: datetime) -> list[tuple[int, int]]:
    """Numbers that are down, and those that were."""
    was_down = exists().where(
        Outage.kind == "number", Outage.subject == cast(ChannelAccount.id, Text), Outage.ended_at.is_(None)
    )
    is_down = and_(ChannelAccount.state.not_in(WELL), ChannelAccount.state_at <= now - DOWN_FOR)
    found = select(ChannelAccount.business_id, ChannelAccount.id).where(
        ChannelAccount.business_id.in_(businesses), or_(is_down, was_down)
    )
    return [(row.business_id, row.id) for row in await session.execute(found)]


async def watch_number(session: BusinessSession, account_id: int, *, now: datetime) -> None:
    account = await session.scalar(select(ChannelAccount).where(ChannelAccount.id == account_id))
    if account is None:
        return

    def words(what: Literal["down", "well"], language: str, since: str) -> Saying:
        return say(f"staff_number_{what}", language, number=named(account), since=since)

    found = Found("number", str(account.id), account.state in WELL, account.state_at or now)
    await note_outage(session, found, words, now=now)


def named(account: ChannelAccount) -> str:
    """The number itself, or where it has not been told yet the end of what the provider calls it."""
    return say_phone(account.phone_e164) if account.phone_e164 else isolate(f"…{account.external_id[-END:]}")
