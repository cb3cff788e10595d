"""Which visits wait for the word that they are done, and which of them a professional's words mean."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, select

from proli.desk.which_visit import name_visits, start_of
from proli.knowledge.finished import Finished
from proli.notifications.outcomes import NOT_BEFORE
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.on_the_day import SETS_OUT_WITHIN
from proli.scheduling.queries import list_visits

LATELY: Final = timedelta(days=1)


async def list_unfinished(session: BusinessSession, professional: Professional, *, now: datetime) -> list[VisitDetails]:
    """The promised visits of late that have begun, or for which the professional has set out, in order."""
    found = await list_visits(session, professional.id, start=now - NOT_BEFORE, end=now + SETS_OUT_WITHIN)
    begun = [one for one in found if one.starts_at <= now or one.on_the_way_at is not None]
    return [await get_visit(session, one.id) for one in begun]


def pick_unfinished(told: Finished, visits: Sequence[VisitDetails], *, now: datetime) -> Sequence[VisitDetails]:
    """Those that the words mean: of the day they name, by what they name of a visit; all when they name nothing."""
    if told.days_ago is not None:
        ago = timedelta(days=told.days_ago)
        visits = [one for one in visits if start_of(one).date() == now.astimezone(one.zone).date() - ago]
    local = now.astimezone(visits[0].zone) if visits else now
    return name_visits(told.rest, visits, now=local) or visits


async def is_settled(session: BusinessSession, professional: Professional, *, now: datetime) -> bool:
    """Whether a visit of the last day is noted as done."""
    done = exists().where(
        Booking.professional_id == professional.id,
        Booking.status == BookingStatus.done,
        Booking.starts_at > now - LATELY,
        Booking.starts_at <= now,
    )
    return bool(await session.scalar(select(done)))
