"""How late it gets is asked of who is in trouble on the road; and what is answered to that, in words or by a tap."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.buttons import Button
from proli.conversations.models import Message
from proli.desk.lateness import expected, minutes_button, note_late, report_late
from proli.desk.offers import pass_on_words, with_reminder
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said
from proli.desk.unable import UNABLE, hear_unable, speaks_of_coming
from proli.desk.which_visit import by_name, by_street, names_of, promised_ahead, start_of
from proli.dispatch.queries import list_open_offers
from proli.knowledge.answers import find_answer, without_courtesy
from proli.knowledge.progress import told_from_now
from proli.knowledge.said import as_said
from proli.knowledge.several_delays import find_delays
from proli.knowledge.text import isolate
from proli.knowledge.workday import Workday, find_minutes, read_workday
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound

IN_TROUBLE: Final = (30, 60)
ANSWERS_FOR: Final = timedelta(hours=3)
_FEW: Final = 6
_LATE: Final = "אאחר"


async def report_trouble(
    session: BusinessSession, professional: Professional, message: Message, text: str, words: Workday, *, now: datetime
) -> Said:
    """What to say to who is stuck on the road: how late for the visit ahead; with none ahead, people hear. `now` is
    local.
    """

    def asks(visit: VisitDetails, language: str) -> Said:
        return ask_in_trouble(visit, language, now=now)

    said = await report_late(session, professional, text, words, asks=asks, now=now)
    return said or Said(await pass_on_words(session, professional, message, now=now))


def ask_in_trouble(visit: VisitDetails, language: str, *, now: datetime) -> Said:
    when, customer = when_of(visit, now, language), isolate(visit.customer)
    unable = Button(UNABLE.id(visit.booking.id), say("button_unable", language))
    return Said(
        say("trouble_how_late", language, when=when, customer=customer, late=visit.booking.id),
        [*(minutes_button(visit, one, language) for one in IN_TROUBLE), unable],
    )


async def hear_how_late(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to words that answer how late it gets, or that it cannot be; None when we have not just asked, or
    they are of something else.
    """
    text = as_said(message.text)
    last = await find_said_last(session, message) if message.button_id is None else None
    asked = (last.values or {}).get("late") if last is not None else None
    if last is None or asked is None or message.sent_at - last.sent_at > ANSWERS_FOR:
        return None
    if "?" in text or len(text.split()) > _FEW or read_workday(text).kinds:
        return None
    said = await answered(session, professional, message, int(asked), text, now=now)
    return await with_reminder(session, professional, said, now=now) if said is not None else None


async def answered(
    session: BusinessSession, professional: Professional, message: Message, booking_id: int, text: str, *, now: datetime
) -> Said | None:
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    offers = {one.id for one in await list_open_offers(session, professional.id, at=min(message.sent_at, now))}
    if find_answer(text) == "decline" and len(without_courtesy(text)) == 1:
        return None if offers else Said(say("arrived_noted", language_for(professional.language)))
    if find_answer(text) == "decline":
        unable = not offers or speaks_of_coming(text)
        return await hear_unable(session, professional, message, booking_id, now=now) if unable else None
    if text.strip().isdigit() and int(text) in offers:
        return None
    try:
        visit = await get_visit(session, booking_id)
    except BookingNotFound:
        return None
    if await tells_of_others(session, professional, visit, text, now=local):
        return await report_late(session, professional, f"{_LATE} {text}", read_workday(f"{_LATE} {text}"), now=local)
    words = Workday(frozenset({"late"}), find_minutes(text), text, told_from_now(text) is not None)
    expected_at = expected(visit, text, words, now=local)
    return await note_late(session, professional, visit, expected_at, now=local) if expected_at is not None else None


async def tells_of_others(
    session: BusinessSession, professional: Professional, visit: VisitDetails, text: str, *, now: datetime
) -> bool:
    """Whether the words are not of this visit alone: "דנה 20 דקות ורות 40"."""
    visits = [one for one in await promised_ahead(session, professional, now=now) if start_of(one).date() == now.date()]
    if find_delays(text, [names_of(one) for one in visits]) is not None:
        return True
    named = by_street(text, visits) or by_name(text, visits)
    return bool(named) and all(one.booking.id != visit.booking.id for one in named)
