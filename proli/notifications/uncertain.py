"""The customer of a visit that is still in question knows it before its hour, and what they can do."""

from datetime import datetime

from sqlalchemy import or_, select

from proli.conversations.models import Message
from proli.notifications.customers import key_of, tell_customer, when_of
from proli.notifications.queries import VisitDetails, find_customer_conversation
from proli.notifications.standing import UNCERTAIN, stands_key
from proli.notifications.timing import customer_hears_at, uncertain_told_at
from proli.platform.db import BusinessSession


async def warn_customer(session: BusinessSession, visit: VisitDetails, *, now: datetime) -> datetime | None:
    """The customer knows that the hour of the visit is not certain: once, from some hours before it on, and again only
    where they have heard since that it takes place. In quiet hours and rest as other news of a visit.

    Returns when they heard it, which is `now` if they hear it by this; None when they do not know it.
    """
    starts_at = visit.booking.starts_at
    if starts_at <= now or not visit.in_question(now):
        return None
    key = key_of(visit, "uncertain")
    said = select(Message.id, Message.code, Message.sent_at).where(
        Message.conversation_id == visit.lead.conversation_id,
        or_(Message.dedup_key.startswith(key), Message.dedup_key.startswith(stands_key(visit))),
    )
    last = (await session.execute(said.order_by(Message.id.desc()).limit(1))).first()
    if last is not None and last.code == UNCERTAIN:
        return last.sent_at
    line = await find_customer_conversation(session, visit.lead)
    hears_at = customer_hears_at(visit, wrote_at=line.last_inbound_at if line else None, now=now)
    if max(hears_at, uncertain_told_at(visit)) > now:
        return None
    text = visit.say(UNCERTAIN, when=when_of(visit, now, visit.language))
    again = f"{key}:{last.id}" if last is not None else key
    told = await tell_customer(session, visit, text, key=again, now=now, useful_until=starts_at)
    return None if told is None else now
