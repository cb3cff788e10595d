"""What keeps a professional from working, told as a reason alone: as who cannot come, or as days off."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.answer_words import answer_in, without_reasons
from proli.desk.day_words import days_in, hours_in
from proli.desk.days_off import ask_day, note_busy, note_off
from proli.desk.for_people import call_office
from proli.desk.offers import pass_on_words, with_reminder
from proli.desk.saying import Said
from proli.desk.unable import ask_which_unable, keep_visits, passed_and
from proli.desk.which_visit import by_name, by_street, promised_ahead, start_of
from proli.dispatch.queries import list_open_offers
from proli.knowledge.hindered import is_hindered, is_of_later
from proli.knowledge.said import as_said
from proli.knowledge.workday import WorkdayKind, read_workday
from proli.notifications.queries import VisitDetails
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for
from proli.professionals.models import Professional

_BESIDE: Final = frozenset[WorkdayKind]({"busy"})


async def hear_hindered(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who tells only why they cannot come; None when the words are of something else, or refuse an offer
    that waits, or visits that they name.
    """
    text = as_said(message.text)
    if message.button_id is not None or read_workday(text).kinds - _BESIDE or not is_hindered(text):
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead, days = await promised_ahead(session, professional, now=local), days_in(text, now=local)
    named = by_street(text, ahead) or by_name(text, ahead)
    if "decline" in (answer_in(text), answer_in(without_reasons(text))):
        waits = await list_open_offers(session, professional.id, at=min(message.sent_at, now))
        if waits or named or days is None or len(days) == 1:
            return None
    said = await report_hindered(session, professional, message, named or ahead, days, now=local)
    return await with_reminder(session, professional, said, now=now)


async def report_hindered(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    visits: Sequence[VisitDetails],
    days: Sequence[date] | None,
    *,
    now: datetime,
) -> Said:
    """Days that are told are off, and hours are busy. Without them the one visit of today is in question; of several it
    is asked which, and where there is none on which day, and people hear in any case. `now` is local.
    """
    text, language = as_said(message.text), language_for(professional.language)
    hours = hours_in(text, now=now, busy=True) if days is None else None
    if days:
        return await note_off(session, professional, days, now=now)
    if hours is not None:
        return await note_busy(session, professional, hours, now=now)
    today = [one for one in visits if start_of(one).date() == now.date()]
    if len(today) == 1 and days is not None and not is_of_later(text):
        return await keep_visits(session, professional, message, today, now=now)
    if days is None and not today:
        return Said(await pass_on_words(session, professional, message, now=now))
    await call_office(session, message, now=now)
    asked = ask_which_unable(today, language, now=now) if today and not is_of_later(text) else None
    return passed_and(asked or ask_day(professional, now=now), language)
