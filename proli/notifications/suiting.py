"""Who is to come hears whether the time suits, so that nobody drives in vain."""

from datetime import datetime

from sqlalchemy import select

from proli.conversations.models import Message
from proli.knowledge.text import isolate
from proli.leads.models import EntryKind
from proli.notifications.actions import tell_professional
from proli.notifications.customers import when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.notifications.timing import professional_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.scheduling.events import TimeSaid
from proli.scheduling.models import BookingStatus
from proli.scheduling.suiting import find_time_said


async def tell_of_time(session: BusinessSession, event: TimeSaid, *, now: datetime) -> None:
    """The professional knows, if it is still so: at once, or when quiet hours and rest are over.

    That it suits after all is told to whoever has heard that it does not.
    """
    visit = await get_visit(session, event.booking_id)
    newest = await find_time_said(session, visit.booking)
    ahead = visit.booking.status == BookingStatus.confirmed and visit.booking.starts_at > now
    if not ahead or newest is None or (newest.kind == EntryKind.time_refused) == event.suits:
        return
    if event.suits and not await has_heard(session, visit, before=newest.id):
        return
    hears_at = professional_hears_at(visit, now=now)
    if hears_at > now:
        await emit(session, event, at=hears_at)
        return
    language = language_for(visit.professional.language)
    code = "time_suits" if event.suits else "time_refused"
    text = say(code, language, customer=isolate(visit.customer), when=when_of(visit, now, language))
    await tell_professional(session, visit, text, key=key_of(visit, newest.id), now=now)


async def has_heard(session: BusinessSession, visit: VisitDetails, *, before: int) -> bool:
    """Whether the professional was told what was said of the time before that line."""
    last = await find_time_said(session, visit.booking, before=before)
    if last is None:
        return False
    told = select(Message.id).where(Message.dedup_key == key_of(visit, last.id)).limit(1)
    return await session.scalar(told) is not None


def key_of(visit: VisitDetails, entry_id: int) -> str:
    return f"booking:{visit.booking.id}:time:{entry_id}"
