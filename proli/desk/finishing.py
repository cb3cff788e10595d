"""A visit is done: which one, what was done, and what was taken for it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.conversations.buttons import MOST_BUTTONS, ROW, Tap
from proli.conversations.models import Direction, Message
from proli.desk.for_people import call_office
from proli.desk.saying import Said, visit_button
from proli.desk.unfinished import is_settled, pick_unfinished
from proli.dispatch.professionals_day import Work, finish_own
from proli.knowledge.finished import Finished, read_finished
from proli.knowledge.money import find_money
from proli.knowledge.numbers import with_digits
from proli.knowledge.said import as_said
from proli.knowledge.text import normalise
from proli.knowledge.workday import is_free, read_workday
from proli.notifications.queries import VisitDetails
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_price
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive, TooEarly

DONE: Final = Tap("done", ROW, ROW)
"""Which visit, and the message that said so."""
ASKED: Final = "done_tell_more"
ANSWERS_FOR: Final = timedelta(hours=12)
MOST_SHEKELS: Final = 1_000_000
_NUMBER: Final = re.compile(r"(?<![\w.:/-])(\d{1,6})(?![\w.:/-])")
_FOR: Final = re.compile(r"(?:(?<!\w)ב-?|(?<!\w)for ?)$")
_EDGES: Final = " ,.;:-–\n"


async def report_done(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    visits: Sequence[VisitDetails],
    *,
    now: datetime,
) -> Said:
    """What to say to "done"; of several visits it is asked which, unless it is said of all. `visits` are those that
    wait for it. Where none fits, people see to it, and the professional knows.
    """
    language, told = language_for(professional.language), read_finished(as_said(message.text))
    meant, work = pick_unfinished(told, visits, now=now), work_in(told.rest)
    if not meant:
        return await report_of_none(session, professional, message, work, now=now)
    if len(meant) == 1:
        return await finish(session, professional, meant[0].booking.id, work, now=now)
    if told.count in (0, len(meant)):
        return await finish_all(session, professional, message, meant, told, now=now)
    newest = meant[-MOST_BUTTONS:]
    buttons = [visit_button(DONE.id(one.booking.id, message.id), one, now=now) for one in newest]
    return Said(say("done_which", language), buttons)


async def report_of_none(
    session: BusinessSession, professional: Professional, message: Message, work: Work, *, now: datetime
) -> Said:
    language = language_for(professional.language)
    if work == Work("", None) and await is_settled(session, professional, now=now):
        return Said(say("outcome_known", language))
    await call_office(session, message, now=now)
    return Said(say("done_no_visit", language))


async def finish_all(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    visits: Sequence[VisitDetails],
    told: Finished,
    *,
    now: datetime,
) -> Said:
    """All of them are done. A price that is not said to be that of each is for people."""
    language, actor, work = (
        language_for(professional.language),
        Actor.professional(professional.name),
        work_in(told.rest),
    )
    shared = Work(work.words, work.price_agorot if told.each or not work.price_agorot else None)
    done = 0
    for booking_id in sorted(visit.booking.id for visit in visits):
        try:
            await finish_own(session, booking_id, professional_id=professional.id, actor=actor, now=now, work=shared)
        except (BookingNotFound, BookingNotLive, TooEarly):
            continue
        done += 1
    lines = [say("done_all_noted", language, count=done)]
    if shared.price_agorot is not None:
        price = say_price(shared.price_agorot, None, language=language)
        lines.append(say("price_of_each_noted", language, price=price))
    if done < len(visits) or shared != work:
        await call_office(session, message, now=now)
        lines.append(say("passed_to_office", language))
    return Said("\n".join(lines))


async def hear_done(
    session: BusinessSession,
    professional: Professional,
    tapped: Message,
    booking_id: int,
    said_id: int,
    *,
    now: datetime,
) -> Said:
    """What to say to a tap on one of several visits: what was said before it is of that visit."""
    said = await session.scalar(
        select(Message).where(Message.id == said_id, Message.conversation_id == tapped.conversation_id)
    )
    return await finish(session, professional, booking_id, work_told(said), now=now)


def work_told(said: Message | None) -> Work:
    return work_in(read_finished(as_said(said.text)).rest if said is not None else "")


async def finish(
    session: BusinessSession, professional: Professional, booking_id: int, work: Work, *, now: datetime
) -> Said:
    language, actor = language_for(professional.language), Actor.professional(professional.name)
    try:
        await finish_own(session, booking_id, professional_id=professional.id, actor=actor, now=now, work=work)
    except (BookingNotFound, BookingNotLive, TooEarly):
        return Said(say("no_visit_now", language))
    noted = say("done_noted", language)
    if work.price_agorot is None:
        return Said(say(ASKED, language, done=noted, booking=booking_id))
    return Said(f"{noted}\n{price_words(work, language)}")


def price_words(work: Work, language: str) -> str:
    return say("price_noted", language, price=say_price(work.price_agorot or 0, None, language=language))


async def told_more(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to the price of the visit of which we have just asked it; None when it is something else."""
    last = await session.scalar(
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.direction == Direction.outbound,
            Message.id < message.id,
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    if last is None or last.code != ASKED or message.sent_at - last.sent_at > ANSWERS_FOR:
        return None
    work = work_in(as_said(message.text), asked=True)
    if work.price_agorot is None or "?" in message.text:
        return None
    actor, booking_id = Actor.professional(professional.name), int((last.values or {})["booking"])
    await finish_own(session, booking_id, professional_id=professional.id, actor=actor, now=now, work=work)
    return Said(price_words(work, language_for(professional.language)))


def work_in(text: str, *, asked: bool = False) -> Work:
    """What was done and taken: the price is the one amount that the words tell. `asked` where a number alone is one."""
    amounts = [one for one in find_money(text) if one.currency == "ILS" and one.amount <= MOST_SHEKELS]
    plain = with_digits(text)
    price = amounts[0].amount * 100 if len(amounts) == 1 and not bounded(amounts[0].minimum) else None
    spans = [(amounts[0].start, amounts[0].end)] if price is not None else []
    if price is None and asked and not amounts:
        numbers = list(_NUMBER.finditer(plain))
        if len(numbers) == 1:
            price, spans = int(numbers[0][1]) * 100, [numbers[0].span()]
    if price is None and is_free(text):
        price = 0
    for start, end in spans:
        plain = _FOR.sub("", plain[:start]) + plain[end:]
    return Work(words=without_report(plain), price_agorot=price)


def bounded(minimum: int | None) -> bool:
    """Whether an amount is the lower end of a span, which is no price that was taken."""
    return minimum is not None


def without_report(text: str) -> str:
    """The words without the "done" they begin with."""
    first, _, rest = normalise(text).partition(" ")
    return (rest if "done" in read_workday(first.strip(_EDGES)).kinds else f"{first} {rest}").strip(_EDGES)
