"""A professional does not work for days or hours: what is stored, what is asked, and what is said of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.buttons import DAY, LONGEST_BUTTON, MOST_BUTTONS, Button, Tap
from proli.conversations.models import Message
from proli.desk.day_words import Hours, days_in, hours_in
from proli.desk.kept import keep_own
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said, say_days, visit_lines
from proli.desk.taking_answers import words_for
from proli.dispatch.absence import DaysOff, be_busy, give_up_days_off, take_days_off
from proli.knowledge.said import as_said
from proli.knowledge.text import ltr, without_marks
from proli.knowledge.workday import Workday
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional
from proli.professionals.rules import common_spans, days_off, spans_on

OFF: Final = Tap("off", DAY, DAY)
WORK: Final = Tap("work", DAY, DAY)
"""The first and the last day."""
WHICH: Final = "works_which"
NOTED_BUSY: Final = "busy_noted"
"""Its `busy_day` and `busy_spans`, "540-600 660-720", are the hours that were worked before."""
FEW: Final = 6


def read_days(tap: Tap, tapped: str) -> tuple[date, date] | None:
    """The first and the last day that the button tells; None when it is another, or they are no days."""
    found = tap.read(tapped)
    try:
        return None if found is None else (date.fromisoformat(found[0]), date.fromisoformat(found[1]))
    except ValueError:
        return None


async def report_off(
    session: BusinessSession, professional: Professional, text: str, words: Workday, *, now: datetime
) -> Said | None:
    """What to say to words of not working; None when their days or hours cannot be told, which is for people.

    Who is ill and names no day means today; of a day off without a day it is asked. `now` is local.
    """
    days = days_in(text, now=now)
    if days == [] and "ill" in words.kinds:
        days = [now.date()]
    if days == []:
        return ask_day(professional, now=now)
    if days is not None:
        return await note_off(session, professional, days, now=now)
    hours = hours_in(text, now=now, busy=False)
    return None if hours is None else await note_busy(session, professional, hours, now=now)


async def report_busy(session: BusinessSession, professional: Professional, text: str, *, now: datetime) -> Said | None:
    hours = hours_in(text, now=now, busy=True)
    return None if hours is None else await note_busy(session, professional, hours, now=now)


def ask_day(professional: Professional, *, now: datetime) -> Said:
    language, zone = language_for(professional.language), ZoneInfo(str(now.tzinfo))
    days = [now.date(), now.date() + timedelta(days=1)]
    buttons = [
        Button(OFF.id(day, day), without_marks(say_days([day], now=now, zone=zone, language=language))) for day in days
    ]
    return Said(say("off_which_day", language), buttons)


async def note_off(
    session: BusinessSession, professional: Professional, days: Sequence[date], *, now: datetime
) -> Said:
    """The days are off, offers of visits on them are declined, and the visits that stand on them are told."""
    language, zone = language_for(professional.language), ZoneInfo((await get_business(session)).zone)
    actor = Actor.professional(professional.name)
    taken = await take_days_off(session, professional.id, days, actor=actor, now=now)
    for day in days:
        keep_own(session, professional, "day_off.added", f"day_off:{day}", now=now)
    told = say("off_noted", language, days=say_days(days, now=now, zone=zone, language=language))
    lines = [told, *await taken_words(session, taken, "off_visits", language, now=now)]
    one_run = (days[-1] - days[0]).days == len(days) - 1
    undo = [Button(WORK.id(days[0], days[-1]), say("button_works", language))] if one_run else []
    return Said("\n".join(lines), undo)


async def taken_words(
    session: BusinessSession, taken: DaysOff, code: str, language: str, *, now: datetime
) -> list[str]:
    """What it comes to, in the words of `code` for the visits that stand."""
    lines = list[str]()
    if taken.standing:
        visits = [await get_visit(session, booking.id) for booking in taken.standing]
        lines.append(say(code, language, visits=visit_lines(visits, language, now=now)))
    for answered in taken.declined:
        said = await words_for(session, answered, language, wanted=False, now=now)
        lines += [said] if said and answered.offer.sends_at <= now else []
    return lines


async def report_work(session: BusinessSession, professional: Professional, text: str, *, now: datetime) -> Said | None:
    """What to say to words of working after all; None when their days cannot be told, which is for people.

    Without a day, the only day off there is ahead is meant, and of several it is asked which. `now` is local.
    """
    days = days_in(text, now=now)
    if days:
        return await work_again(session, professional, days, now=now)
    if days is None:
        return None
    runs = list_runs(professional, now.date())
    if len(runs) == 1 and runs[0][0] == runs[0][1]:
        return await work_again(session, professional, [runs[0][0]], now=now)
    language, zone = language_for(professional.language), ZoneInfo(str(now.tzinfo))
    if not runs:
        return Said(say("works_none", language))
    buttons = [
        Button(WORK.id(first, last), run_words(first, last, now=now, zone=zone, language=language))
        for first, last in runs[:MOST_BUTTONS]
    ]
    return Said(say(WHICH, language), buttons)


async def hear_which_work(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to the day on which somebody works after all; None when we have not just asked for it."""
    last = await find_said_last(session, message) if message.button_id is None else None
    if last is None or last.code != WHICH or "?" in message.text or len(message.text.split()) > FEW:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    days = days_in(as_said(message.text), now=local)
    return await work_again(session, professional, days, now=local) if days else None


def list_runs(professional: Professional, today: date) -> list[tuple[date, date]]:
    """The days off ahead: of those that follow each other, the first and the last."""
    runs = list[tuple[date, date]]()
    for day in days_off(professional.exceptions, since=today):
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def run_words(first: date, last: date, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    if first == last:
        return without_marks(say_days([first], now=now, zone=zone, language=language))[:LONGEST_BUTTON]
    return f"{first.day}.{first.month}-{last.day}.{last.month}"


async def work_again(
    session: BusinessSession, professional: Professional, days: Sequence[date], *, now: datetime
) -> Said:
    """What to say to who works on those days after all."""
    language, zone = language_for(professional.language), ZoneInfo((await get_business(session)).zone)
    actor = Actor.professional(professional.name)
    given_up = await give_up_days_off(session, professional.id, days, actor=actor, now=now)
    for day in given_up:
        keep_own(session, professional, "day_off.removed", f"day_off:{day}", now=now)
    if not given_up:
        return Said(say("works_already", language))
    return Said(say("works_noted", language, days=say_days(given_up, now=now, zone=zone, language=language)))


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=at) for at in range(min((last - first).days, 366) + 1)]


async def note_busy(session: BusinessSession, professional: Professional, hours: Hours, *, now: datetime) -> Said:
    """Nothing more is booked in these hours, offers of visits in them are declined, and the visits that stand are told.

    An hour that is over is not taken for that of another day.
    """
    language, zone = language_for(professional.language), ZoneInfo((await get_business(session)).zone)
    start, end = (ltr(f"{minute // 60}:{minute % 60:02}") for minute in hours.span)
    if hours.over:
        return Said(say("busy_over", language, hour=end))
    actor = Actor.professional(professional.name)
    worked = common_spans(spans_on(professional.hours, professional.exceptions, hours.day), hours.span)
    taken = await be_busy(session, professional.id, hours.day, hours.span, actor=actor, now=now)
    details = {"hours": [list(hours.span)]}
    keep_own(session, professional, "hours_off.added", f"day_off:{hours.day}", now=now, details=details)
    day = say_days([hours.day], now=now, zone=zone, language=language)
    spans = " ".join(f"{first}-{last}" for first, last in worked)
    told = say(NOTED_BUSY, language, day=day, start=start, end=end, busy_day=hours.day, busy_spans=spans)
    return Said(told.worded("\n".join([told, *await taken_words(session, taken, "busy_visits", language, now=now)])))
