"""Whoever writes and is no customer: our own numbers, our staff, and machines that answer machines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from proli.chat.parties import Parties
from proli.conversations.inbox import take_over
from proli.conversations.lines import Line, Said
from proli.conversations.models import Author, Direction, Message
from proli.conversations.outbox import queue_text
from proli.conversations.reasons import PersonReason
from proli.knowledge.dangers import find_danger
from proli.knowledge.intents import find_intents
from proli.knowledge.machines import goes_round, is_automatic, is_of_person
from proli.knowledge.text import fold
from proli.notifications.calling import call_staff
from proli.platform.db import BusinessSession
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import language_for, own_texts, say

AT_ONCE: Final = timedelta(seconds=10)

Why = Literal["our own number", "staff", "automatic", "machine", "circles", "taken"]


@dataclass(frozen=True, slots=True)
class NoCustomer:
    """What was said needs no agent."""

    parties: Parties
    messages: Sequence[Message]
    why: Why


@dataclass(frozen=True, slots=True)
class Sorted[One: (Line, Message)]:
    """A burst: what people said, and what a machine said for the first time; the rest went round in circles."""

    said: Sequence[One]
    automatic: Sequence[One]
    texts: Sequence[str]
    """All of it."""

    @property
    def why(self) -> Why:
        """Of a burst in which nothing was said."""
        if self.automatic:
            return "automatic"
        return "circles" if all(map(is_of_person, self.texts)) else "machine"


def sort_out[One: (Line, Message)](burst: Sequence[One], earlier: Sequence[Said], *, desk: bool) -> Sorted[One]:
    """`earlier` is what both sides said before, oldest first. At the `desk` words mean something each time,
    unless they come as soon as we had spoken.
    """
    theirs = [one.text for one in earlier if one.direction == Direction.inbound]
    ours = [one for one in earlier if one.direction == Direction.outbound]
    alike = not desk and len(ours) > 1 and ours[-1].text == ours[-2].text
    met_one = any(map(is_automatic, theirs))
    said, automatic = list[One](), list[One]()
    for message in burst:
        at_once = bool(ours) and message.sent_at - ours[-1].sent_at <= AT_ONCE
        if message.button_id is not None or not message.text:
            said.append(message)
        elif is_automatic(message.text):
            if not met_one:
                automatic.append(message)
        elif (
            in_danger(message)
            or (desk and not at_once)
            or not goes_round(message.text, theirs, at_once=at_once, answers_alike=alike)
        ):
            said.append(message)
    return Sorted(said, automatic, [message.text for message in burst])


def in_danger(message: Said) -> bool:
    danger = find_danger(message.text)
    return danger is not None and danger.life


ASKS: Final = re.compile(
    r"[?؟]|(?:^|[\s,.!])ו?(?:איכ|איפה|היכנ|מתי|מי|מה|כמה|למה|מדוע|האמ|אפשר|ניתנ|תוכלו?|איזה|איזו)(?!\w)"
    r"|(?:^|\s)(?:how|what|where|when|who|why|can|could|is there|как|где|что|когда|كيف|وين|شو)(?!\w)"
)
"""How staff ask something, over folded text."""


async def pass_over(session: BusinessSession, one: NoCustomer, *, public_url: str | None, now: datetime) -> None:
    """What our own numbers and machines say counts as answered; what staff say is left to people, and who asks hears
    where that is.

    An automatic message of a contact is answered once, in words that open no request. A machine that goes on stands in
    the attention list, and staff are told once a day. A person who says the same again and again is told that one of
    ours answers.
    """
    conversation = one.parties.conversation
    if one.why == "staff":
        await take_over(session, conversation_id=conversation.id, now=now)
        await point_to_console(session, one, public_url=public_url, now=now)
        return
    for message in one.messages:
        message.answered_at = now
    if one.why == "automatic" and one.parties.professional is None:
        await tell(session, one, "to_machine", now=now)
    if one.why == "machine" and conversation.called_for is None:
        day = now.astimezone(ZoneInfo(one.parties.business.zone)).date()
        key = f"machine:{conversation.id}:{day}"
        await call_staff(session, conversation, reason=PersonReason.machine, key=key, now=now)
    if one.why == "circles" and one.parties.professional is None:
        await hand_over(session, one, now=now)


async def point_to_console(session: BusinessSession, one: NoCustomer, *, public_url: str | None, now: datetime) -> None:
    """Staff who ask are told what reaches them here and where the rest is done, once an hour; machines are not."""
    asked = [fold(m.text) for m in one.messages if m.text and not is_automatic(m.text)]
    if not any(ASKS.search(text) or "help" in find_intents(text) for text in asked):
        return
    business = one.parties.business
    text = say("staff_help", language_for(business.language))
    if public_url is not None:
        link = f"{public_url}/b/{business.slug}"
        text = text.followed_by(say("staff_help_link", language_for(business.language), link=link))
    key = f"staff_help:{now.astimezone(UTC):%Y-%m-%dT%H}"
    await queue_text(session, one.parties.conversation, text, dedup_key=key, author=Author.system, now=now)


async def hand_over(session: BusinessSession, one: NoCustomer, *, now: datetime) -> None:
    conversation = one.parties.conversation
    key = f"stuck:{conversation.id}:{one.messages[0].id}"
    await call_staff(session, conversation, reason=PersonReason.stuck, key=key, now=now)
    await take_over(session, conversation_id=conversation.id, now=now)
    await tell(session, one, "handed_over", now=now)


async def tell(session: BusinessSession, one: NoCustomer, code: str, *, now: datetime) -> None:
    contact, business = one.parties.contact, one.parties.business
    own = own_texts(get_playbook(business.playbook), business.texts)
    words, key = say(code, language_for(contact.language, business.language), own), f"machine:{one.messages[0].id}"
    await queue_text(session, one.parties.conversation, words, dedup_key=key, author=Author.system, now=now)
