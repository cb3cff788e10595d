"""A professional who was busy is free after all: the hours can be booked again, and what stood in them stands."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.models import Direction, Message
from proli.desk.answer_words import answer_in
from proli.desk.day_words import days_in, hours_in, minute_of
from proli.desk.days_off import NOTED_BUSY, work_again
from proli.desk.kept import keep_own
from proli.desk.offers import with_reminder
from proli.desk.saying import Said, say_days, visit_lines
from proli.desk.setting_out import hear_finished
from proli.desk.unfinished import list_unfinished
from proli.dispatch.absence import be_free
from proli.dispatch.queries import list_open_offers
from proli.knowledge.finished import says_done
from proli.knowledge.free_again import says_free
from proli.knowledge.said import as_said
from proli.knowledge.text import ltr
from proli.knowledge.workday import WorkdayKind, read_workday
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional
from proli.professionals.rules import is_day_off, spans_on, with_spans, without_span

_BESIDE = frozenset[WorkdayKind]({"works", "done"})


async def hear_free(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who is free again, today or on the day they name; None when the words are of something else.

    Work that is reported as done in the same words is done.
    """
    text = as_said(message.text)
    kinds = read_workday(text).kinds
    free = says_free(text)
    if message.button_id is not None or kinds - _BESIDE or not (free or "works" in kinds):
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    when = free_when(text, now=local)
    if when is None:
        return None
    day, since = when
    if not free and is_day_off(professional.exceptions, day):
        return None
    busy = await busy_spans(session, professional, message, day)
    given = without_span(busy, (0, since)) if since else busy
    waits = bool(await list_open_offers(session, professional.id, at=min(message.sent_at, now)))
    if not given and (waits or not free or says_done(text) or answer_in(text) is not None):
        return None
    done = None
    if says_done(text) and await list_unfinished(session, professional, now=now):
        done = await hear_finished(session, professional, message, now=now)
    said = await note_free(session, professional, day, given, now=local)
    both = said if done is None else Said(f"{done.words}\n{said.words}", done.buttons)
    return await with_reminder(session, professional, both, now=now)


def free_when(text: str, *, now: datetime) -> tuple[date, int] | None:
    """The day on which the words tell that somebody is free, and from which minute of it; today it is from now on.
    None when they name several days, or an hour in another way. `now` is local.
    """
    days, hours = days_in(text, now=now), hours_in(text, now=now, busy=False)
    if days is not None:
        day, since = (days or [now.date()])[0], 0
    elif hours is not None:
        day, since = hours.day, hours.span[0]
    else:
        return None
    if len(days or ()) > 1:
        return None
    return day, max(since, minute_of(now)) if day == now.date() else since


async def busy_spans(
    session: BusinessSession, professional: Professional, message: Message, day: date
) -> Sequence[Sequence[int]]:
    """What the professional has told of that day as busy, in this conversation, and is not worked."""
    told = select(Message).where(
        Message.conversation_id == message.conversation_id,
        Message.direction == Direction.outbound,
        Message.code == NOTED_BUSY,
        Message.id < message.id,
    )
    spans = list[list[int]]()
    for one in await session.scalars(told):
        values = one.values or {}
        if values.get("busy_day") == day.isoformat():
            spans = with_spans(spans, [[int(at) for at in span.split("-")] for span in values["busy_spans"].split()])
    for first, last in spans_on(professional.hours, professional.exceptions, day):
        spans = without_span(spans, (first, last))
    return spans


async def note_free(
    session: BusinessSession, professional: Professional, day: date, spans: Sequence[Sequence[int]], *, now: datetime
) -> Said:
    """The hours are worked; without any, a day off is, or nothing was noted. `now` is local."""
    language, zone = language_for(professional.language), ZoneInfo(str(now.tzinfo))
    if not spans and is_day_off(professional.exceptions, day):
        return await work_again(session, professional, [day], now=now)
    told_day = say_days([day], now=now, zone=zone, language=language)
    if not spans:
        return Said(say("free_already", language, day=told_day))
    actor = Actor.professional(professional.name)
    back = await be_free(session, professional.id, day, spans, actor=actor, now=now)
    details = {"hours": [list(span) for span in spans]}
    keep_own(session, professional, "hours_off.removed", f"day_off:{day}", now=now, details=details)
    hours = ", ".join(ltr(f"{clock(first)}-{clock(last)}") for first, last in spans)
    told = say("free_noted", language, day=told_day, hours=hours)
    if back:
        visits = [await get_visit(session, one.id) for one in back]
        told = told.followed_by(say("free_visits", language, visits=visit_lines(visits, language, now=now)))
    return Said(told)


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
