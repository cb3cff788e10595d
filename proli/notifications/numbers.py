"""Numbers that are down, as their providers say or as their silence shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import and_, cast, exists, or_, select
from sqlalchemy.types import Text

from proli.conversations.gates import SILENT, find_silent_since
from proli.conversations.models import WORKS, ChannelAccount, SendGate
from proli.knowledge.text import isolate
from proli.notifications.outages import Found, note_outage
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
    is_down = and_(ChannelAccount.health.not_in(WORKS), ChannelAccount.state_at <= now - DOWN_FOR)
    is_silent = exists().where(
        SendGate.account_id == ChannelAccount.id, SILENT, SendGate.failing_since <= now - DOWN_FOR
    )
    found = select(ChannelAccount.business_id, ChannelAccount.id).where(
        ChannelAccount.business_id.in_(businesses), or_(is_down, is_silent, was_down)
    )
    return [(row.business_id, row.id) for row in await session.execute(found)]


async def watch_number(session: BusinessSession, account_id: int, *, now: datetime) -> None:
    account = await session.scalar(select(ChannelAccount).where(ChannelAccount.id == account_id))
    if account is None:
        return

    def words(what: Literal["down", "well"], language: str, since: str) -> Saying:
        return say(f"staff_number_{what}", language, number=named(account), since=since)

    said_well, silent_since = account.health in WORKS, await find_silent_since(session, account.id)
    since = (silent_since or now) if said_well else (account.state_at or now)
    found = Found("number", str(account.id), said_well and silent_since is None, since)
    await note_outage(session, found, words, now=now)


def named(account: ChannelAccount) -> str:
    """The number itself, or where it has not been told yet the end of what the provider calls it."""
    return say_phone(account.phone_e164) if account.phone_e164 else isolate(f"…{account.external_id[-END:]}")
