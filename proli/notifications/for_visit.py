"""What a customer has said for whoever comes to their visit reaches whoever comes."""

from datetime import datetime, timedelta
from typing import Final, Literal

from proli.knowledge.text import isolate
from proli.leads.events import VisitNoted
from proli.leads.for_visit import digest_of
from proli.notifications.actions import quoted, tell_professional
from proli.notifications.customers import key_of, when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.notifications.timing import IN_TIME, professional_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.scheduling.models import BookingStatus
from proli.scheduling.queries import find_promised

STILL_THERE: Final = timedelta(hours=1)
"""So long after its end somebody may still be at a visit."""
Reaches = Literal["passed", "later", "approval", "kept"]
"""What becomes of a note: it is passed on, will be before the visit, once it is approved, or it is kept with a visit of
which people must still decide."""


def reaches(visit: VisitDetails, *, now: datetime) -> Reaches | None:
    """What becomes of a note to the visit that is said now; None once it is over."""
    if visit.booking.status != BookingStatus.confirmed:
        return "approval"
    if visit.booking.over_at + STILL_THERE <= now:
        return None
    if visit.in_question(now):
        return "kept"
    return "passed" if hears_at(visit, now=now) <= now else "later"


def hears_at(visit: VisitDetails, *, now: datetime) -> datetime:
    """When the professional is told: at once where they set out soon, or have, else outside of quiet hours and rest."""
    soon = visit.booking.on_the_way_at is not None or visit.booking.starts_at - IN_TIME <= now
    return now if soon else professional_hears_at(visit, now=now)


async def tell_of_notes(session: BusinessSession, event: VisitNoted, *, now: datetime) -> None:
    """The professional of the promised visit knows these notes. One who is asked for it only reads them once they have
    approved it, among all that they need.
    """
    booking = await find_promised(session, event.lead_id)
    if booking is None:
        return
    visit = await get_visit(session, booking.id)
    notes = [one for one in visit.notes if digest_of(one) in event.notes]
    how = reaches(visit, now=now)
    if not notes or how not in ("passed", "later"):
        return
    if how == "later":
        await emit(session, event, at=hears_at(visit, now=now))
        return
    language = language_for(visit.professional.language)
    text = say(
        "visit_note",
        language,
        customer=isolate(visit.customer),
        when=when_of(visit, now, language),
        notes=quoted(notes),
    )
    until = max(booking.over_at, now) + STILL_THERE
    key = key_of(visit, f"note:{'-'.join(event.notes)[:100]}")
    await tell_professional(session, visit, text, key=key, now=now, useful_until=until)
