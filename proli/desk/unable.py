"""A professional cannot come to visits that they have promised: these stand, in question, until people decide."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.buttons import MOST_BUTTONS, ROW, Button, Tap
from proli.conversations.models import Message
from proli.conversations.reasons import PersonReason
from proli.conversations.waiting import call_person
from proli.desk.answer_words import ALL
from proli.desk.kept import keep_own
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said, visit_button
from proli.desk.which_visit import name_visits, promised_ahead
from proli.dispatch.absence import be_unable, come_after_all
from proli.knowledge.said import as_said
from proli.knowledge.text import fold, tokens
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound
from proli.scheduling.models import BookingStatus

UNABLE: Final = Tap("unable", ROW)
"""The visit that the professional cannot come to."""
COMES: Final = Tap("comes", ROW)
"""The visit that the professional comes to after all."""
ANSWERS_FOR: Final = timedelta(hours=3)
_FEW: Final = 6
_COMING: Final = re.compile(r"(?<!\w)(?:להגיע|אגיע|מגיעה?|לבוא|אבוא|אספיק|להספיק|come|coming|make it)(?!\w)")
_EARLIER: Final = re.compile(r"(?<!\w)(?:מוקדמ|קודמ|לפני|בזמנ|earlier|before|on time)(?!\w)")


def speaks_of_coming(text: str) -> bool:
    """Whether the words are of coming somewhere, as "לא אוכל להגיע" is and a bare "לא" is not."""
    return _COMING.search(fold(text)) is not None


def says_when_not(text: str) -> bool:
    """Whether only an earlier hour is refused, or the hour itself: "לא יכול להגיע מוקדם יותר", "לא אגיע בזמן"."""
    return _EARLIER.search(fold(text)) is not None


async def hear_unable(
    session: BusinessSession, professional: Professional, message: Message, booking_id: int, *, now: datetime
) -> Said:
    """What to say to a tap on the visit that the professional cannot come to."""
    try:
        visit = await get_visit(session, booking_id)
    except BookingNotFound:
        return Said(say("no_visit_now", language_for(professional.language)))
    if visit.booking.professional_id != professional.id or visit.booking.status != BookingStatus.confirmed:
        return Said(say("no_visit_now", language_for(professional.language)))
    return await keep_visits(session, professional, message, [visit], now=now)


async def keep_visits(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    visits: Sequence[VisitDetails],
    *,
    now: datetime,
) -> Said:
    """What to say to somebody who will not make visits that they have promised: they stand, are in question, and
    people hear of it with the words. One visit alone may be taken back by a tap.
    """
    language, actor = language_for(professional.language), Actor.professional(professional.name)
    ids = [visit.booking.id for visit in visits]
    await call_person(session, conversation_id=message.conversation_id, reason=PersonReason.professional_wrote, now=now)
    for booking in await be_unable(session, professional.id, ids, message_id=message.id, actor=actor, now=now):
        keep_own(session, professional, "booking.unable", f"booking:{booking.id}", now=now)
    lines = [
        say("visit_not_given_up", language, when=when_of(visit, now, language), address=visit.address)
        for visit in visits
    ]
    undo = [Button(COMES.id(ids[0]), say("button_comes", language))] if len(ids) == 1 else []
    return Said("\n".join(lines), undo)


async def hear_comes(session: BusinessSession, professional: Professional, booking_id: int, *, now: datetime) -> Said:
    """What to say to a tap by which the professional comes after all; people need not decide any more, and hear."""
    language, actor = language_for(professional.language), Actor.professional(professional.name)
    try:
        coming = await come_after_all(session, professional.id, [booking_id], actor=actor, now=now)
        visit = await get_visit(session, booking_id)
    except BookingNotFound:
        return Said(say("no_visit_now", language))
    for booking in coming:
        keep_own(session, professional, "booking.comes", f"booking:{booking.id}", now=now)
    theirs = visit.booking.professional_id == professional.id and visit.booking.status == BookingStatus.confirmed
    if not theirs or visit.in_question(now):
        return Said(say("no_visit_now", language))
    return Said(say("comes_noted", language, when=when_of(visit, now, language), address=visit.address))


def ask_which_unable(visits: Sequence[VisitDetails], language: str, *, now: datetime) -> Said:
    buttons = [visit_button(UNABLE.id(one.booking.id), one, now=now) for one in visits[:MOST_BUTTONS]]
    return Said(say("unable_which", language), buttons)


def passed_and(asked: Said, language: str) -> Said:
    """That people know, before what is asked."""
    passed = say("passed_to_office", language)
    words = asked.words.worded(f"{passed}\n{asked.words}") if isinstance(asked.words, Saying) else asked.words
    return Said(words, asked.buttons)


async def hear_which_unable(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to words that tell which visits the professional cannot come to; None when we have not just asked,
    or they tell of none.
    """
    last = await find_said_last(session, message) if message.button_id is None else None
    if last is None or last.code != "unable_which" or message.sent_at - last.sent_at > ANSWERS_FOR:
        return None
    text = as_said(message.text)
    words = {word.text for word in tokens(text)}
    if "?" in text or len(words) > _FEW:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead = await promised_ahead(session, professional, now=local)
    asked = ahead[:MOST_BUTTONS]
    meant = asked if words & ALL else name_visits(text, ahead, now=local)
    return await keep_visits(session, professional, message, meant, now=now) if meant else None
