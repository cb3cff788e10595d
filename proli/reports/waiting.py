"""What waits for staff: the same for the first page and for the digest."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from proli.conversations.models import Conversation, Message, Owner
from proli.conversations.queries import unanswered
from proli.leads.models import ARRANGING, Lead
from proli.leads.queries import NAME

STILL: Final = timedelta(hours=24)
CUSTOMER: Final = func.coalesce(func.nullif(NAME, ""), "-")
"""By what the customer of a lead is called."""


def stuck(now: datetime) -> ColumnElement[bool]:
    """Leads that are to be arranged, and in which nothing was done for a day."""
    return and_(Lead.status.in_(ARRANGING), Lead.changed_at < now - STILL)


def waits_for_person() -> ColumnElement[bool]:
    """Conversations to which a person is called, or in which one answers and the customer waits."""
    waits = select(Message.id).where(Message.conversation_id == Conversation.id, *unanswered())
    return or_(
        Conversation.called_at.is_not(None),
        and_(Conversation.owner == Owner.human, waits.correlate(Conversation).exists()),
    )
