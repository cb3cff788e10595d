"""A person is called to a conversation, and the business's own people hear of it."""

from datetime import UTC, datetime

from proli.accounts.actor import BY_AGENT
from proli.conversations.models import Conversation
from proli.conversations.reasons import ANSWERED_IN_WRITING, PersonReason, StaffNews
from proli.conversations.waiting import call_person
from proli.leads.actions import call_for_person
from proli.leads.models import Lead
from proli.leads.queries import find_open_lead
from proli.notifications.events import PersonNeeded
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit


async def call_staff(
    session: BusinessSession,
    conversation: Conversation,
    *,
    reason: PersonReason,
    key: str,
    now: datetime,
    lead: Lead | None = None,
    news: StaffNews | None = None,
) -> None:
    """A person is waited for, and staff are told once per `key`: of the `news`, or else of the reason.

    The `lead` that is meant waits, or else the open request if there is one; none is opened for it. The conversation
    waits too where an answer in writing settles the reason, or where there is no lead that could wait.
    """
    lead = lead or await find_open_lead(session, conversation.contact_id)
    if conversation.called_for != reason and (lead is None or reason in ANSWERED_IN_WRITING):
        await call_person(session, conversation_id=conversation.id, reason=reason, now=now)
        await session.refresh(conversation, ["called_at", "called_for"])
    if lead is not None:
        call_for_person(session, lead, reason, actor=BY_AGENT, now=now)
    business_id = session.require_business()
    told = PersonNeeded(
        business_id=business_id,
        conversation_id=conversation.id,
        reason=news or reason,
        key=key,
        lead_id=lead.id if lead else None,
    )
    await emit(session, told)


async def tell_again(session: BusinessSession, conversation: Conversation, *, reason: StaffNews, key: str) -> None:
    """Staff are told once per `key` what was said last in a conversation that they know of."""
    business_id, key = session.require_business(), f"again:{conversation.id}:{key}"
    await emit(session, PersonNeeded(business_id=business_id, conversation_id=conversation.id, reason=reason, key=key))


def quarter(now: datetime) -> str:
    """The quarter of an hour: so often staff are told of one conversation that goes on."""
    instant = now.astimezone(UTC)
    return f"{instant:%Y-%m-%dT%H}:{instant.minute // 15}"
