"""A visit that was in question takes place: who was told otherwise knows, and so does its professional."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from proli.conversations.models import Author, Direction, Message
from proli.knowledge.text import isolate
from proli.leads.models import EntryKind, Lead, LeadEntry
from proli.notifications.actions import tell_professional
from proli.notifications.customers import key_of, tell_customer, when_of
from proli.notifications.queries import VisitDetails, find_customer_conversation, get_visit
from proli.notifications.timing import customer_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.scheduling.events import VisitStands
from proli.scheduling.in_question import AWAY
from proli.scheduling.models import BookingStatus

UNCERTAIN: Final = "visit_uncertain"
OTHERWISE: Final = ("visit_in_question", UNCERTAIN)
HOW_IT_STANDS: Final = (*OTHERWISE, "visit_stands", "visit_confirmed", "visit_moved")


async def tell_it_stands(session: BusinessSession, event: VisitStands, *, now: datetime) -> None:
    """The customer who was told that it is being checked knows that it stands, now or when quiet hours and rest are
    over; the professional knows it when others have decided. Nothing when it stands no more, or is over.
    """
    visit = await get_visit(session, event.booking_id)
    if visit.booking.status != BookingStatus.confirmed or visit.booking.over_at <= now or visit.in_question(now):
        return
    told = await find_told_otherwise(session, visit)
    if not event.by_professional:
        language = language_for(visit.professional.language)
        text = say("visit_stands_professional", language, when=when_of(visit, now, language), address=visit.address)
        since = await find_in_question_since(session, visit.lead) or now
        await tell_professional(session, visit, text, key=key_of(visit, f"left:{since:%Y-%m-%dT%H:%MZ}"), now=now)
    if told is None or visit.booking.on_the_way_at is not None:
        return
    conversation = await find_customer_conversation(session, visit.lead)
    hears_at = customer_hears_at(visit, wrote_at=conversation.last_inbound_at if conversation else None, now=now)
    if hears_at > now:
        again = VisitStands(business_id=event.business_id, booking_id=event.booking_id, by_professional=True)
        await emit(session, again, at=hears_at)
        return
    text = visit.say(
        "visit_stands", when=when_of(visit, now, visit.language), professional=isolate(visit.professional.name)
    )
    key, until = f"{stands_key(visit)}{told}", visit.booking.ends_at
    await tell_customer(session, visit, text, key=key, now=now, useful_until=until)


def stands_key(visit: VisitDetails) -> str:
    """How the keys of what tells that the visit takes place after all begin; the message they answer follows."""
    return key_of(visit, "stands") + ":"


async def find_told_otherwise(session: BusinessSession, visit: VisitDetails) -> int | None:
    """The message that last told the customer how the visit stands, if it told that it is being checked; words of a
    model, which have no code, are taken for it when they were written while it was in question.
    """
    if visit.lead.conversation_id is None:
        return None
    said = select(Message.id, Message.code).where(
        Message.conversation_id == visit.lead.conversation_id, Message.direction == Direction.outbound
    )
    newest = Message.id.desc()
    last = (await session.execute(said.where(Message.code.in_(HOW_IT_STANDS)).order_by(newest).limit(1))).first()
    if last is not None and last.code in OTHERWISE:
        return last.id
    since = await find_in_question_since(session, visit.lead)
    if since is None:
        return None
    free = said.where(Message.author == Author.ai, Message.code.is_(None), Message.sent_at >= since)
    free = free.where(Message.id > last.id) if last is not None else free
    return await session.scalar(free.order_by(newest).limit(1))


async def find_in_question_since(session: BusinessSession, lead: Lead) -> datetime | None:
    """When people were last called because the professional of the request's visit does not come."""
    reason = LeadEntry.details["reason"].as_string()
    called = select(func.max(LeadEntry.at)).where(
        LeadEntry.lead_id == lead.id, LeadEntry.kind == EntryKind.attention, reason.in_(AWAY)
    )
    return await session.scalar(called)
