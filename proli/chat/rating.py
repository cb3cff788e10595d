"""A customer who answers how a visit was is heard by code: a button, a number, stars or words."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from loguru import logger

from proli.accounts.actor import BY_CUSTOMER
from proli.chat.parties import Parties
from proli.conversations.lines import Line
from proli.conversations.models import Author, Conversation, Message, MessageKind
from proli.conversations.outbox import queue_text
from proli.knowledge.ratings import MIDDLING, calls_for_person, find_score
from proli.knowledge.said import as_said
from proli.leads.queries import get_lead
from proli.mind.hearing.pieces import SKEW
from proli.notifications.queries import VisitDetails, get_visit
from proli.notifications.ratings import ASKED, OPEN_FOR, RATE, take_rating
from proli.platform.db import BusinessSession
from proli.scheduling.errors import BookingNotFound
from proli.scheduling.models import BookingStatus
from proli.scheduling.queries import find_rating

MORE: Final = timedelta(hours=1)
"""So long after a button was tapped words may still say it better."""
IN_WORDS: Final = frozenset({MessageKind.text, MessageKind.audio})


async def hear_rating(
    session: BusinessSession, parties: Parties, said: Sequence[Message], *, taken: bool = False, now: datetime
) -> None:
    """What of the burst answers how a visit was is kept as its rating, acknowledged, and counts as answered.

    Where a person answers (`taken`), only a button does: a number may be meant for them.
    """
    conversation = parties.conversation
    taps = [(one, values) for one in said if (values := RATE.read(one.button_id)) is not None]
    tapped = taps[-1][1] if taps else None
    if tapped is None and (taken or conversation.rating_of is None):
        return
    stands = conversation.rating_until is not None and now < conversation.rating_until
    written = written_in(said, question=question_in(parties.history, conversation.rating_of))
    answer = [] if taken or not stands else answer_in(written, just_asked=conversation.asked == ASKED)
    tapped_before = None
    if stands and not taken and tapped is None and not answer:
        answer, tapped_before = await comment_in(session, conversation, written)
    if tapped is None and not answer:
        return
    booking_id, score = conversation.rating_of or 0, tapped_before
    if tapped is not None:
        booking_id, score = int(tapped[0]), int(tapped[1])
    visit = await find_rated(session, parties, booking_id, now=now)
    if visit is None:
        return
    words = "\n".join(as_said(one.text) for one in answer)
    score = score or find_score(words, just_asked=conversation.asked == ASKED)
    if score is None:
        return
    await take_rating(session, visit, score=score, words=words, actor=BY_CUSTOMER, now=now)
    for message in [*answer, *(one for one, _ in taps)]:
        message.answered_at = now
    await close_question(session, parties, visit, score=score, words=words, key=max(one.id for one in said), now=now)
    if not words:
        conversation.rating_of, conversation.rating_until = booking_id, now + MORE


def answer_in(written: list[Message], *, just_asked: bool) -> list[Message]:
    """All that was written, where together it is an answer; or else the first message that is one by itself."""
    if is_score("\n".join(as_said(one.text) for one in written), just_asked=just_asked):
        return written
    return [one for one in written if is_score(as_said(one.text), just_asked=just_asked)][:1]


async def comment_in(
    session: BusinessSession, conversation: Conversation, written: list[Message]
) -> tuple[list[Message], int | None]:
    """What was written after a button that says the same in words, and what the button gave: "איחר שעתיים"."""
    words = "\n".join(as_said(one.text) for one in written)
    if conversation.asked is not None or not is_score(words, just_asked=True):
        return [], None
    rating, score = await find_rating(session, conversation.rating_of or 0), find_score(words, just_asked=True)
    if rating is not None and rating.score == MIDDLING and calls_for_person(MIDDLING, words):
        return written, MIDDLING
    if rating is None or score is None or (rating.score > MIDDLING) != (score > MIDDLING):
        return [], None
    return (written, rating.score) if (rating.score < MIDDLING) == (score < MIDDLING) else ([], None)


def written_in(said: Sequence[Message], *, question: Line | None) -> list[Message]:
    """The words that may answer the question: what had come in before it, or was written well before it, does not."""
    words = [one for one in said if one.kind in IN_WORDS and one.text and one.button_id is None]
    if question is None:
        return words
    return [one for one in words if one.id > question.id and one.sent_at > question.sent_at - SKEW]


def question_in(history: Sequence[Line], booking_id: int | None) -> Line | None:
    """The last message that asked how the visit was; None where that is longer ago than what is read."""
    of_visit = (line for line in reversed(history) if any(rates(button, booking_id) for button in line.buttons))
    return next(of_visit, None)


def rates(button: Mapping[str, Any], booking_id: int | None) -> bool:
    values = RATE.read(button["id"])
    return values is not None and int(values[0]) == booking_id


def is_score(text: str, *, just_asked: bool) -> bool:
    """The very text may be one that nothing can be made of."""
    try:
        return bool(text) and find_score(text, just_asked=just_asked) is not None
    except Exception:  # noqa: BLE001 - whoever thinks about the message meets it and reports it
        logger.exception("A text cannot be searched for a rating")
        return False


async def find_rated(
    session: BusinessSession, parties: Parties, booking_id: int, *, now: datetime
) -> VisitDetails | None:
    """The visit, if it is one of this contact's own that took place of late; its lead is locked."""
    try:
        visit = await get_visit(session, booking_id)
    except BookingNotFound:
        return None
    of_late = visit.booking.ends_at > now - 3 * OPEN_FOR
    if visit.contact.id != parties.contact.id or visit.booking.status != BookingStatus.done or not of_late:
        return None
    await get_lead(session, visit.lead.id, lock=True)
    return visit


async def close_question(
    session: BusinessSession,
    parties: Parties,
    visit: VisitDetails,
    *,
    score: int,
    words: str,
    key: int,
    now: datetime,
) -> None:
    """The customer is thanked, or hears that a person will call; the question stands open no more."""
    conversation = parties.conversation
    conversation.rating_of = conversation.rating_until = None
    if conversation.asked == ASKED:
        conversation.asked = None
    code = "rating_low" if calls_for_person(score, words) else "rating_noted" if score == MIDDLING else "rating_thanks"
    await queue_text(session, conversation, visit.say(code), dedup_key=f"rated:{key}", author=Author.system, now=now)
