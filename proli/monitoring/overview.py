"""All businesses at a glance; needs the operator's session."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ScalarSelect, func, select

from proli.accounts.models import Business, Membership
from proli.conversations.models import ChannelAccount, Conversation, Message
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional

LOOK_BACK: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Glance:
    """A business, how much there is of it, and its numbers. Leads and messages are those of the last 30 days."""

    business: Business
    members: int
    professionals: int
    leads: int
    messages: int
    channels: Sequence[ChannelAccount]


async def list_glances(session: BusinessSession, *, after: int, limit: int) -> Sequence[Glance]:
    """Businesses by id, beginning behind the one of the id `after`."""
    since = func.now() - LOOK_BACK
    rows = await session.execute(
        select(
            Business,
            counted(Membership.business_id == Business.id),
            counted(Professional.business_id == Business.id, Professional.active),
            counted(Lead.business_id == Business.id, Lead.created_at > since),
            counted(
                Conversation.business_id == Business.id,
                Message.conversation_id == Conversation.id,
                Message.sent_at > since,
            ),
        )
        .where(Business.id > after)
        .order_by(Business.id)
        .limit(limit)
    )
    found = rows.all()
    numbers = await channels_of(session, [row[0].id for row in found])
    return [
        Glance(business, members, professionals, leads, messages, numbers[business.id])
        for business, members, professionals, leads, messages in found
    ]


def counted(*conditions: Any) -> ScalarSelect[int]:
    return select(func.count()).where(*conditions).correlate(Business).scalar_subquery()


async def channels_of(session: BusinessSession, ids: Sequence[int]) -> dict[int, list[ChannelAccount]]:
    found: dict[int, list[ChannelAccount]] = defaultdict(list)
    owned = select(ChannelAccount).where(ChannelAccount.business_id.in_(ids)).order_by(ChannelAccount.id)
    for one in await session.scalars(owned):
        found[one.business_id].append(one)
    return found
