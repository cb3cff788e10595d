"""A professional writes that they come after all to a visit of which they had said that they cannot."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.buttons import MOST_BUTTONS
from proli.conversations.models import Message
from proli.desk.answer_words import ALL, means, times_in
from proli.desk.lateness import ask_how_long, expected, note_late
from proli.desk.offers import with_reminder
from proli.desk.saying import Said, visit_button
from proli.desk.setting_out import hear_on_my_way
from proli.desk.unable import COMES, hear_comes
from proli.desk.which_visit import by_name, by_street, promised_ahead, start_of
from proli.dispatch.queries import list_open_offers
from proli.knowledge.arrival import with_hours
from proli.knowledge.coming_after_all import Coming, find_coming, sets_out
from proli.knowledge.said import as_said
from proli.knowledge.text import fold, tokens
from proli.knowledge.workday import read_workday
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.professionals.models import Professional
from proli.scheduling.on_the_day import SETS_OUT_WITHIN

AROUND: Final = timedelta(hours=1)
"""So long before its hour somebody may be at a visit already."""


async def hear_comes_after_all(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to words of coming, or of being there, that are of a visit which is in question because its
    professional could not come; None when they are of something else. They have the effect of the button.
    """
    text = as_said(message.text)
    how = find_coming(text) if message.button_id is None else None
    if how is None:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead = await promised_ahead(session, professional, now=local)
    if all(one.booking.unable_at is None for one in ahead):
        return None
    waits = bool(await list_open_offers(session, professional.id, at=min(message.sent_at, now)))
    meant = pick_unable(text, how, ahead, waits=waits, now=local)
    if len(meant) > 1 and not {word.text for word in tokens(fold(text))} & ALL:
        buttons = [visit_button(COMES.id(one.booking.id), one, now=now) for one in meant[:MOST_BUTTONS]]
        return Said(say("comes_which", language_for(professional.language)), buttons)
    said = [await come(session, professional, one, text, how, now=local) for one in meant]
    if not said:
        return None
    both = said[0] if len(said) == 1 else Said("\n".join(one.words for one in said))
    return await with_reminder(session, professional, both, now=now)


def pick_unable(
    text: str, how: Coming, ahead: Sequence[VisitDetails], *, waits: bool, now: datetime
) -> Sequence[VisitDetails]:
    """The visits in question that the words name by place, customer or hour; all where they name nothing and take a
    "no" back, but for words that may answer an offer that `waits`. Who is there is at the one visit that is near.
    """
    wishes = times_in(with_hours(fold(text)), now=now)
    days = [wish for wish in wishes if wish.kind == "day"]
    fitting = [one for one in ahead if not days or any(means(wish, start_of(one)) for wish in days)]
    unable = [one for one in fitting if one.booking.unable_at is not None]
    named = by_street(text, ahead) or by_name(text, ahead)
    if named:
        return [one for one in named if one in unable]
    if how == "arrived":
        near = [one for one in ahead if one.booking.starts_at - AROUND <= now]
        return [one for one in near if one in unable] if len(near) == 1 else ()
    hours = [wish for wish in wishes if wish.kind == "exact"]
    at_hour = [one for one in fitting if any(means(wish, start_of(one)) for wish in hours)]
    if waits:
        return ()
    if at_hour:
        return [one for one in at_hour if one in unable]
    if sets_out(text):
        return [one for one in ahead[:1] if how == "after_all" and one in unable]
    return unable if how == "after_all" else ()


async def come(
    session: BusinessSession, professional: Professional, visit: VisitDetails, text: str, how: Coming, *, now: datetime
) -> Said:
    """The visit is in question no more; who sets out for it is on the way, and who tells that it gets late is late."""
    language, booking_id = language_for(professional.language), visit.booking.id
    if how != "arrived" and sets_out(text) and visit.booking.starts_at - SETS_OUT_WITHIN <= now:
        return await hear_on_my_way(session, professional, booking_id, now=now)
    said = await hear_comes(session, professional, booking_id, now=now)
    if how == "arrived":
        return Said(say("arrived_noted", language))
    words, visit = read_workday(text), await get_visit(session, booking_id)
    if "late" not in words.kinds or visit.in_question(now) or start_of(visit).date() != now.date():
        return said
    moment = expected(visit, with_hours(fold(text)), words, now=now)
    if moment is None and words.arrives:
        return said
    late = (
        ask_how_long(visit, language)
        if moment is None
        else await note_late(session, professional, visit, moment, now=now)
    )
    if isinstance(said.words, Saying) and isinstance(late.words, Saying):
        return Said(late.words.worded(f"{said.words}\n{late.words}"), late.buttons)
    return Said(f"{said.words}\n{late.words}", late.buttons)
