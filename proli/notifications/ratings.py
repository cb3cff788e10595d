"""How a visit was, in its customer's eyes: asked once in the chat, kept by one verb, and a bad one calls a person."""

from datetime import datetime, timedelta
from typing import Final

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.buttons import ROW, Button, Tap
from proli.conversations.models import Conversation
from proli.conversations.reasons import PersonReason
from proli.conversations.waiting import call_person
from proli.knowledge.ratings import BEST, MIDDLING, calls_for_person
from proli.knowledge.text import isolate
from proli.leads.actions import call_for_person, note
from proli.leads.models import EntryKind, Lead
from proli.leads.queries import find_open_lead
from proli.notifications.events import StaffNeeded
from proli.notifications.queries import VisitDetails
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.texts import language_for, say
from proli.scheduling.models import BookingStatus, Rating
from proli.scheduling.queries import find_last_rating, find_rating
from proli.scheduling.ratings import rate_visit

OPEN_FOR: Final = timedelta(days=5)
"""So long what the customer writes may be the answer."""
USEFUL_FOR: Final = timedelta(days=2)
"""A question that could not go out for so long is not asked any more."""
ASKED: Final = "rating"
"""What a conversation has asked in which nothing was asked since."""
RATE: Final = Tap("rate", ROW, "[1-5]")
CHOICES: Final = (BEST, MIDDLING, 1)
LONGEST: Final = 1000


async def is_asked(session: BusinessSession, visit: VisitDetails) -> bool:
    """Whether the customer is to be asked: the business wants it, and they have not rated the visit yet."""
    done = visit.booking.status == BookingStatus.done
    return done and visit.business.asks_rating and await find_rating(session, visit.booking.id) is None


def rating_buttons(visit: VisitDetails) -> tuple[Button, ...]:
    return tuple(Button(RATE.id(visit.booking.id, one), visit.say(f"button_rate_{one}")) for one in CHOICES)


async def expect_rating(
    session: BusinessSession, conversation: Conversation, visit: VisitDetails, *, now: datetime
) -> None:
    """What the customer says in the next days may be the answer; a bare one only where nothing else was asked."""
    conversation.rating_of, conversation.rating_until = visit.booking.id, now + OPEN_FOR
    if conversation.asked is None or await find_open_lead(session, conversation.contact_id) is None:
        conversation.asked, conversation.offered = ASKED, []


async def take_rating(
    session: BusinessSession, visit: VisitDetails, *, score: int, words: str, actor: Actor, now: datetime
) -> Rating:
    """The visit has this rating, its timeline too; of one that is low or complains a person is called with the words.

    Whoever calls it has the lead locked.

    Raises:
        BadScore: not 1 to 5.
        BookingNotDone: the visit has not taken place.
    """
    lead, words = visit.lead, words.strip()[:LONGEST]
    rating = await rate_visit(session, visit.booking, score=score, words=words, now=now)
    told = {"booking_id": visit.booking.id, "score": score, "words": words}
    note(session, lead, kind=EntryKind.rated, actor=actor, now=now, details=told)
    if calls_for_person(score, words):
        key = f"rating:{rating.id}:{score}:{len(words)}:{now.timestamp():.3f}"
        await call_for_low_rating(session, lead, actor=actor, key=key, now=now)
    return rating


async def call_for_low_rating(session: BusinessSession, lead: Lead, *, actor: Actor, key: str, now: datetime) -> None:
    """The request and its conversation wait for a person, and staff are told."""
    reason = PersonReason.low_rating
    call_for_person(session, lead, reason, actor=actor, now=now)
    if lead.conversation_id is not None:
        await call_person(session, conversation_id=lead.conversation_id, reason=reason, now=now)
    await emit(session, StaffNeeded(business_id=session.require_business(), lead_id=lead.id, reason=reason, key=key))


async def rating_words(session: BusinessSession, lead: Lead) -> str:
    """The last rating of a lead's visits, as staff are told of it."""
    rating, language = await find_last_rating(session, lead.id), language_for((await get_business(session)).language)
    if rating is None:
        return ""
    words = f"״{isolate(rating.words)}״" if rating.words else ""
    return f"{say('rating_given', language, score=f'{rating.score}/{BEST}')} {words}".strip()
