"""Staff know once that something they rely on does not work, and once that it works again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.contacts.addresses import ensure_contact
from proli.conversations.gates import find_silent_since
from proli.conversations.models import WORKS, Author, ChannelAccount
from proli.conversations.opening import open_conversation
from proli.conversations.outbox import queue_text
from proli.conversations.queries import list_channel_accounts
from proli.notifications.timing import staff_hear_at
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for
from proli.playbooks.words import say_when
from proli.sweeps.models import Outage

Kind = Literal["number", "model"]


@dataclass(frozen=True, slots=True)
class Found:
    """How something is that may be out of order; `well` is None where nothing shows it."""

    kind: Kind
    subject: str
    well: bool | None
    since: datetime


type Words = Callable[[Literal["down", "well"], str, str], Saying]
"""What to say, in a language, of something that has not worked since a time in words."""


async def note_outage(session: BusinessSession, found: Found, words: Words, *, now: datetime) -> None:
    """The outage is known from when it began until it is over, and staff hear of both, outside of quiet times."""
    outage = await find_outage(session, found.kind, found.subject)
    if outage is None and found.well is False:
        outage = Outage(kind=found.kind, subject=found.subject, began_at=found.since)
        session.add(outage)
        await session.flush()
    if outage is None or found.well is None:
        return
    business = await get_business(session)
    if staff_hear_at(business, now=now) > now:
        return
    if found.well:
        outage.ended_at = found.since
        await tell(session, outage, "well", words, now=now)
    elif outage.told_at is None and await tell(session, outage, "down", words, now=now):
        outage.told_at = now


async def find_outage(session: BusinessSession, kind: Kind, subject: str) -> Outage | None:
    """What is not over yet, and nobody else's at this moment."""
    open_ones = select(Outage).where(Outage.kind == kind, Outage.subject == subject, Outage.ended_at.is_(None))
    return await session.scalar(open_ones.with_for_update())


async def tell(
    session: BusinessSession, outage: Outage, what: Literal["down", "well"], words: Words, *, now: datetime
) -> bool:
    """Whether staff are told, which takes a number that works."""
    business, account = await get_business(session), await find_working_account(session)
    if business.staff_e164 is None or account is None:
        return False
    contact = await ensure_contact(session, phone_e164=business.staff_e164, name=business.name)
    line = await open_conversation(session, account, contact)
    if line is None:
        return False
    language = language_for(business.language)
    since = say_when(outage.began_at, now=now, zone=ZoneInfo(business.zone), language=language)
    text, key = words(what, language, since), f"staff:outage:{outage.id}:{what}"
    await queue_text(session, line, text, dedup_key=key, author=Author.system, now=now)
    return True


async def find_working_account(session: BusinessSession) -> ChannelAccount | None:
    """The first number of the business that works."""
    for account in await list_channel_accounts(session):
        if account.health in WORKS and await find_silent_since(session, account.id) is None:
            return account
    return None
