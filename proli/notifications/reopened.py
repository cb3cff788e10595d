"""A visit that was said to be done is not: what was told of its end is taken back, and may be told again."""

from datetime import datetime

from sqlalchemy import select

from proli.conversations.models import NEVER_SENT, Delivery, Message
from proli.knowledge.text import isolate
from proli.notifications.customers import tell_customer
from proli.notifications.queries import VisitDetails, find_customer_conversation, get_visit
from proli.notifications.ratings import ASKED
from proli.notifications.timing import customer_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.scheduling.events import VisitReopened
from proli.scheduling.models import BookingStatus
from proli.scheduling.reopening import find_reopened


async def tell_of_reopening(session: BusinessSession, event: VisitReopened, *, now: datetime) -> None:
    """What was queued of the end of the visit does not go out; a customer who has read it hears that it was too early.
    Nothing that they write rates the visit any more.
    """
    visit = await get_visit(session, event.booking_id)
    entry, conversation = (
        await find_reopened(session, visit.booking),
        await find_customer_conversation(session, visit.lead),
    )
    if visit.booking.status != BookingStatus.confirmed or entry is None or conversation is None:
        return
    if conversation.rating_of == visit.booking.id:
        conversation.rating_of = conversation.rating_until = None
        conversation.asked = None if conversation.asked == ASKED else conversation.asked
    told = await find_told_done(session, visit)
    if told is None or told.delivery in NEVER_SENT:
        return
    if told.delivery == Delivery.queued:
        told.useful_until = now
        return
    hears_at = customer_hears_at(visit, wrote_at=conversation.last_inbound_at, now=now)
    if hears_at > now:
        await emit(session, event, at=hears_at)
        return
    text = visit.say("visit_goes_on", professional=isolate(visit.professional.name))
    await tell_customer(session, visit, text, key=f"booking:{visit.booking.id}:goes_on:{entry.id}", now=now)


async def find_told_done(session: BusinessSession, visit: VisitDetails) -> Message | None:
    """What the customer was told last of the end of the visit."""
    told = select(Message).where(
        Message.conversation_id == visit.lead.conversation_id,
        Message.dedup_key.startswith(f"booking:{visit.booking.id}:done"),
    )
    return await session.scalar(told.order_by(Message.id.desc()).limit(1))
