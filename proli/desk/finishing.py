"""A visit is done: which one, what was done, and what was taken for it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.conversations.models import Direction, Message
from proli.desk.saying import MOST_BUTTONS, Said, visit_button
from proli.desk.which_visit import name_visits
from proli.dispatch.professionals_day import Work, finish_own
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
    """What to say to "done"; of several visits that have begun it is asked which. `visits` are those."""
    language = language_for(professional.language)
    meant = name_visits(as_said(message.text), visits, now=now) or visits
    if not meant:
        return Said(say("no_visit_now", language))
    if len(meant) > 1:
        buttons = [visit_button(f"done:{one.booking.id}:{message.id}", one) for one in meant[:MOST_BUTTONS]]
        return Said(say("done_which", language), buttons)
    return await finish(session, professional, meant[0].booking.id, work_in(as_said(message.text)), now=now)


async def settle_done(
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
    return await finish(session, professional, booking_id, work_in(as_said(said.text) if said else ""), now=now)


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
