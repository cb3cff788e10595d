"""A professional cannot come now, or in the hours ahead: those hours are busy, and no other visit is meant."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.day_words import Hours, hours_in, minute_of
from proli.desk.days_off import note_busy
from proli.desk.offers import with_reminder
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said
from proli.desk.unable import ask_which_unable
from proli.desk.which_offer import just_approved
from proli.desk.which_visit import promised_ahead
from proli.dispatch.queries import list_open_offers
from proli.knowledge.for_a_while import find_while
from proli.knowledge.said import as_said
from proli.knowledge.workday import find_minutes, read_workday
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional

ASKED: Final = "busy_until_when"
SOON: Final = timedelta(hours=2)
"""Who cannot come now may mean a visit that begins so soon."""
ANSWERS_FOR: Final = timedelta(hours=1)
_FEW: Final = 6
_BUSY: Final = "תפוס"
_A_DAY: Final = 24 * 60


async def hear_busy_now(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who cannot come now or in the hours ahead, or tells until when, having been asked; None when the
    words are of something else, or answer an offer.

    Without an hour the visits that are near are asked about, and none is in question.
    """
    text = as_said(message.text)
    if message.button_id is not None:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    hours = await hours_told(session, message, text, now=local)
    if hours is not None:
        said = await note_busy(session, professional, hours, now=local)
        return await with_reminder(session, professional, said, now=now)
    told = find_while(text)
    if told is None or await answers_an_offer(session, professional, message, surely_now=told.now, now=now):
        return None
    language = language_for(professional.language)
    ahead = await promised_ahead(session, professional, now=local)
    near = [one for one in ahead if one.booking.starts_at - SOON <= now]
    asked = ask_which_unable(near, language, now=now) if near else Said(say(ASKED, language))
    return await with_reminder(session, professional, asked, now=now)


async def hours_told(session: BusinessSession, message: Message, text: str, *, now: datetime) -> Hours | None:
    """The hours from now that the words tell, or that answer our question until when. `now` is local."""
    told = find_while(text)
    if told is not None and told.minutes is not None:
        return hours_from(now, told.minutes)
    last = await find_said_last(session, message)
    if last is None or last.code != ASKED or message.sent_at - last.sent_at > ANSWERS_FOR:
        return None
    if "?" in text or len(text.split()) > _FEW or read_workday(text).kinds - {"busy"}:
        return None
    minutes = find_minutes(text)
    return hours_from(now, minutes) if minutes is not None else hours_in(f"{_BUSY} {text}", now=now, busy=True)


def hours_from(now: datetime, minutes: int) -> Hours | None:
    """So long from now, as far as today goes."""
    start = minute_of(now)
    return Hours(now.date(), (start, min(start + minutes, _A_DAY))) if minutes > 0 else None


async def answers_an_offer(
    session: BusinessSession, professional: Professional, message: Message, *, surely_now: bool, now: datetime
) -> bool:
    """Whether words without a length of time may refuse an offer: one that waits, or, where they do not say that it is
    now, one that has just been approved.
    """
    at = min(message.sent_at, now)
    waiting = await list_open_offers(session, professional.id, at=at)
    return bool(waiting) or (not surely_now and await just_approved(session, professional, waiting, at=at) is not None)
