"""Talks that stand still: whoever waits is answered, and a request goes on to a professional or to a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, func, select

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.queries import get_business
from proli.chat.jobs import answer
from proli.conversations.events import MessageReceived
from proli.conversations.forgotten import find_unanswered
from proli.conversations.models import Conversation, Message, Owner
from proli.conversations.queries import get_conversation, list_unanswered, unanswered
from proli.conversations.reasons import PersonReason
from proli.dispatch.arranging import arrange_visit
from proli.dispatch.errors import LeadIncomplete, NobodyFits
from proli.leads.models import BEFORE_ASKING, Lead, LeadEntry
from proli.leads.queries import get_lead
from proli.mind.standing import known_from
from proli.notifications.calling import call_staff
from proli.notifications.timing import staff_hear_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import HANDLERS, emit, name_of, wake_on_dead
from proli.platform.runtime import Runtime
from proli.playbooks.loader import Playbook, get_playbook
from proli.sweeps.plans import Sweep
from proli.sweeps.running import MOST, sweeps

PATIENCE: Final = timedelta(hours=1)
"""For so long what has no answer is tried again."""
STILL: Final = timedelta(minutes=30)
NOT_BEFORE: Final = timedelta(hours=24)
"""What has stood still for longer is in the day's digest."""


@sweeps(Sweep.unanswered, finds=find_unanswered)
async def answer_after_all(_: Runtime, session: BusinessSession, conversation_id: int, now: datetime) -> None:
    """Whoever waits is answered; what could not be for an hour is a person's."""
    waiting = await list_unanswered(session, conversation_id)
    event = MessageReceived(business_id=session.require_business(), conversation_id=conversation_id)
    if waiting and waiting[0].sent_at <= now - PATIENCE:
        await wake_on_dead(session, HANDLERS[name_of(answer)], event)
    elif waiting:
        await emit(session, event)


async def find_still(session: BusinessSession, businesses: Sequence[int], now: datetime) -> Sequence[tuple[int, int]]:
    """Requests that nobody is asked for, in talks of the agent's in which for a while nothing was said or done."""
    done_since = exists().where(LeadEntry.lead_id == Lead.id, LeadEntry.at > now - STILL)
    waits = exists().where(Message.conversation_id == Conversation.id, *unanswered())
    found = (
        select(Lead.business_id, Lead.id)
        .join(Conversation, Conversation.id == Lead.conversation_id)
        .where(
            Lead.business_id.in_(businesses),
            Lead.status.in_(BEFORE_ASKING),
            Lead.attention.is_(None),
            Conversation.owner == Owner.ai,
            Conversation.called_at.is_(None),
            Conversation.last_message_at.between(now - NOT_BEFORE, now - STILL),
            ~done_since,
            ~waits,
        )
        .order_by(func.random())
        .limit(MOST)
    )
    return [(row.business_id, row.id) for row in await session.execute(found)]


@sweeps(Sweep.leads, finds=find_still)
async def heal(_: Runtime, session: BusinessSession, lead_id: int, now: datetime) -> None:
    """A professional is asked, where all that is needed was told; else a person is called, not in quiet times."""
    found = await get_lead(session, lead_id)
    conversation = await get_conversation(session, found.conversation_id or 0, lock=True)
    lead = await get_lead(session, lead_id, lock=True)
    moved = conversation.last_message_at is not None and conversation.last_message_at > now - STILL
    taken = conversation.owner != Owner.ai or conversation.called_at is not None
    if lead.status not in BEFORE_ASKING or lead.attention is not None or taken or moved:
        return
    business = await get_business(session)
    if await ask_somebody(session, lead, get_playbook(business.playbook), now=now):
        return
    if lead.urgency == "emergency" or staff_hear_at(business, now=now) <= now:
        await call_staff(session, conversation, reason=PersonReason.stuck, key=f"still:{lead.id}", now=now)


async def ask_somebody(session: BusinessSession, lead: Lead, playbook: Playbook, *, now: datetime) -> bool:
    """Whether somebody is asked to come at the hour that the customer wished for, and of which nobody has heard."""
    wish = lead.wish or {}
    if not playbook.approval or wish.get("kind") != "exact" or wish.get("refused") or not wish.get("start"):
        return False
    starts_at = datetime.fromisoformat(wish["start"])
    if starts_at <= now or known_from(lead).missing(playbook):
        return False
    try:
        await arrange_visit(session, lead, starts_at=starts_at, actor=BY_SYSTEM, now=now)
    except (LeadIncomplete, NobodyFits):
        return False
    return True
