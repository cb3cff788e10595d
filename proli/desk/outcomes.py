"""What a professional answers when asked how a visit went."""

import re
from datetime import datetime
from typing import Final

from proli.accounts.actor import Actor
from proli.conversations.models import Message
from proli.conversations.reasons import PersonReason
from proli.desk.finishing import finish, work_in
from proli.desk.kept import keep_own
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said
from proli.dispatch.calendar import mark_no_show
from proli.dispatch.professionals_day import Work, lock_own_visit
from proli.knowledge.answers import find_answer
from proli.knowledge.intents import find_intents
from proli.knowledge.said import as_said
from proli.knowledge.text import fold
from proli.knowledge.workday import read_workday
from proli.notifications.outcomes import CHOICES, OUTCOME, call_for_outcome
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional
from proli.scheduling.actions import require_promised
from proli.scheduling.errors import BookingNotFound, BookingNotLive, TooEarly

ASKED: Final = re.compile(r"booking:(\d{1,18}):outcome(?::\d+){0,2}")


async def hear_outcome(
    session: BusinessSession, professional: Professional, message: Message, tapped: str, *, now: datetime
) -> Said | None:
    """What to say to a button below the question, or to words that answer it; None when it is neither."""
    tap = OUTCOME.read(tapped)
    if tap is not None:
        return await hear_choice(session, professional, message, int(tap[0]), tap[1], now=now)
    booking_id = await find_asked_about(session, message)
    choice = choice_in(as_said(message.text), language_for(professional.language)) if booking_id is not None else None
    if booking_id is None or choice is None or read_workday(message.text).kinds & {"done", "unfinished"}:
        return None  # of which visits "done" is said, and whether they are, the report of the day finds out
    return await hear_choice(session, professional, message, booking_id, choice, now=now)


async def find_asked_about(session: BusinessSession, message: Message) -> int | None:
    """The visit of which our last words before the message asked."""
    last = await find_said_last(session, message)
    asked = ASKED.fullmatch((last.dedup_key if last is not None else None) or "")
    return int(asked[1]) if asked is not None else None


def choice_in(text: str, language: str) -> str | None:
    """Which of the answers the words give: the words of a button, that it is done, or a plain yes or no."""
    for choice in CHOICES:
        if fold(text) == fold(say(f"button_{choice}", language)):
            return choice
    if "done" in find_intents(text):
        return "done"
    match find_answer(text):
        case "approve":
            return "done"
        case "decline":
            return "not_done"
        case None:
            return None


async def hear_choice(
    session: BusinessSession, professional: Professional, message: Message, booking_id: int, choice: str, *,
    now: datetime,
) -> Said:  # fmt: skip
    """The answer has its effect, once, and this is what to say to it."""
    language, actor = language_for(professional.language), Actor.professional(professional.name)
    try:
        require_promised(await lock_own_visit(session, booking_id, professional.id))
        if choice == "done":
            work = Work("", None) if message.button_id else work_in(as_said(message.text))
            return await finish(session, professional, booking_id, work, now=now)
        reason = PersonReason.customer_absent if choice == "absent" else PersonReason.not_done
        if choice == "absent":
            await mark_no_show(session, booking_id, actor=actor, now=now)
            keep_own(session, professional, "booking.no_show", f"booking:{booking_id}", now=now)
        await call_for_outcome(session, await get_visit(session, booking_id), reason, now=now)
    except (BookingNotFound, BookingNotLive, TooEarly):
        return Said(say("outcome_known", language))
    return Said(say("not_done_noted", language))
