"""A professional waits at a door that nobody opens: the customer hears at once, and the office if nothing comes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.buttons import MOST_BUTTONS, ROW, Tap
from proli.conversations.models import Message
from proli.desk.for_people import call_office
from proli.desk.offers import pass_on_words, with_reminder
from proli.desk.outcomes import hear_choice
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said, visit_button
from proli.desk.unfinished import list_unfinished
from proli.desk.which_visit import by_name, by_street, promised_ahead
from proli.dispatch.professionals_day import wait_at_door
from proli.knowledge.at_door import has_left, is_at_door, is_let_in
from proli.knowledge.said import as_said
from proli.knowledge.text import isolate
from proli.notifications.at_door import AGAIN_AFTER, PATIENCE, find_told_at_door
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_phone
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive

DOOR: Final = Tap("door", ROW)
"""The visit at whose door the professional waits."""
TOLD: Final = ("door_told", "door_told_already")
AROUND: Final = timedelta(hours=1)
"""So long before its hour, and after its end, somebody may stand at the door of a visit."""


async def hear_at_door(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who waits at a door, or has just been let in; None when the words are of something else.

    Which visit it is, is asked where it may be several; with none near, people hear.
    """
    text = as_said(message.text)
    if message.button_id is not None:
        return None
    if has_left(text):
        return await hear_left(session, professional, message, text, now=now)
    if not is_at_door(text):
        last = await find_said_last(session, message) if is_let_in(text) else None
        let_in = last is not None and last.code in TOLD and message.sent_at - last.sent_at < AROUND
        return Said(say("arrived_noted", language_for(professional.language))) if let_in else None
    visits = await visits_near(session, professional, now=now)
    named = by_street(text, visits) or by_name(text, visits)
    on_the_way = [one for one in visits if one.booking.on_the_way_at is not None and one.booking.over_at > now]
    meant = named if len(named) == 1 else on_the_way if len(on_the_way) == 1 else visits
    if not meant:
        return Said(await pass_on_words(session, professional, message, now=now))
    if len(meant) > 1:
        buttons = [visit_button(DOOR.id(one.booking.id), one) for one in meant[:MOST_BUTTONS]]
        return Said(say("door_which", language_for(professional.language)), buttons)
    said = await tell_at_door(session, professional, message, meant[0].booking.id, now=now)
    return await with_reminder(session, professional, said, now=now)


async def hear_left(
    session: BusinessSession, professional: Professional, message: Message, text: str, *, now: datetime
) -> Said:
    """What to say to who has waited in vain and is gone: the visit at which they may have been did not take place, as
    its customer was absent. Where it cannot be told which, people see to it.
    """
    visits = [one for one in await visits_near(session, professional, now=now) if one.booking.starts_at <= now]
    named = by_street(text, visits) or by_name(text, visits)
    meant = named or visits
    if len(meant) != 1:
        return Said(await pass_on_words(session, professional, message, now=now))
    said = await hear_choice(session, professional, message, meant[0].booking.id, "absent", now=now)
    return await with_reminder(session, professional, said, now=now)


async def visits_near(session: BusinessSession, professional: Professional, *, now: datetime) -> Sequence[VisitDetails]:
    """The visits at whose doors the professional may stand, in order."""
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    found = [*await list_unfinished(session, professional, now=now)]
    known = {one.booking.id for one in found}
    found += [one for one in await promised_ahead(session, professional, now=local) if one.booking.id not in known]
    return [
        one
        for one in found
        if one.booking.starts_at - AROUND <= now < one.booking.over_at + AROUND and not one.in_question(now)
    ]


async def tell_at_door(
    session: BusinessSession, professional: Professional, message: Message, booking_id: int, *, now: datetime
) -> Said:
    """The customer will hear; told again within minutes, the office hears instead."""
    language = language_for(professional.language)
    try:
        visit = await get_visit(session, booking_id)
        told = await find_told_at_door(session, visit)
        phone = say_phone(visit.contact.phone_e164) if visit.contact.phone_e164 else "-"
        if told is not None and now - told.sent_at < AGAIN_AFTER:
            await call_office(session, message, now=now)
            return Said(say("door_told_already", language, customer=isolate(visit.customer), phone=phone))
        await wait_at_door(
            session, booking_id, professional_id=professional.id, message_id=message.id, patience=PATIENCE, now=now
        )
    except (BookingNotFound, BookingNotLive):
        return Said(say("no_visit_now", language))
    minutes = PATIENCE // timedelta(minutes=1)
    return Said(say("door_told", language, customer=isolate(visit.customer), phone=phone, minutes=minutes))
