"""A professional puts the lateness right that they have just told."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.finishing import OF_WORK
from proli.desk.lateness import MOST, counted_since, late_by, note_late
from proli.desk.offers import with_reminder
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said
from proli.desk.which_visit import start_of
from proli.dispatch.queries import list_open_offers
from proli.knowledge.arrival import Correction, find_correction
from proli.knowledge.said import as_said
from proli.knowledge.workday import find_minutes
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound

FOR: Final = timedelta(hours=2)
HALF_A_DAY: Final = timedelta(hours=12)
STILL_COMES: Final = timedelta(minutes=45)
"""So long after the hour that was told a further lateness may be of it."""
NOTED: Final = ("late_noted", "late_known")
NOT_COMING: Final = ("arrived_noted", "visit_still_open", "door_told", "door_told_already", *OF_WORK)
"""What we said last to somebody who may be at work: how long it still takes is no lateness."""


async def hear_late_put_right(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to another lateness in place of the one that we have just noted; None when it is something else.

    What may be the number of an offer that waits is an answer to that.
    """
    told = find_correction(as_said(message.text)) if message.button_id is None else None
    noted = await find_noted(session, message, told) if told is not None else None
    if told is None or noted is None or message.sent_at - noted.sent_at > FOR:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    values = noted.values or {}
    if "late_booking" not in values:
        return None
    minutes = find_minutes(told.rest)
    offers = {one.id for one in await list_open_offers(session, professional.id, at=min(message.sent_at, now))}
    if minutes in offers and "דק" not in told.rest:
        return None
    try:
        visit = await get_visit(session, int(values["late_booking"]))
    except BookingNotFound:
        return None
    since = datetime.fromisoformat(values["since"]).astimezone(local.tzinfo)
    if told.further and visit.booking.comes_at + STILL_COMES < now:
        return None
    if told.further or was_before(told, minutes, since, local):
        expected_at = late_by(visit, minutes, further=True, now=local) if minutes else None
        since = (expected_at and counted_since(expected_at, minutes)) or since
    else:
        expected_at = expected_instead(told, minutes, since, start_of(visit))
    if expected_at is None:
        return None
    said = await note_late(session, professional, visit, expected_at, since=since, now=local)
    return await with_reminder(session, professional, said, now=now)


async def find_noted(session: BusinessSession, message: Message, told: Correction) -> Message | None:
    """What we said last of a lateness, if it may be put right; what is said further may be of one told before."""
    last = await find_said_last(session, message, by_desk=True)
    if last is None or not told.further or last.code in (*NOTED, *NOT_COMING):
        return last
    return await find_said_last(session, message, codes=NOTED)


def was_before(told: Correction, minutes: int | None, since: datetime, now: datetime) -> bool:
    """Whether minutes that put it right, counted as before, would be over already."""
    return told.clock is None and minutes is not None and since + timedelta(minutes=minutes) <= now


def expected_instead(told: Correction, minutes: int | None, since: datetime, starts_at: datetime) -> datetime | None:
    """When somebody comes who puts it right by an hour, or by minutes counted as before."""
    if told.clock is not None:
        hour, minute = told.clock
        at = starts_at.replace(hour=hour, minute=minute) if hour < 24 and minute < 60 else None
        near = [one for one in (at, at + HALF_A_DAY) if starts_at < one <= starts_at + MOST] if at is not None else []
        return near[0] if near else None
    at = since.replace(second=0, microsecond=0) + timedelta(minutes=minutes or 0)
    return at if minutes and starts_at < at <= starts_at + MOST else None
