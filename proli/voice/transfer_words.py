"""What those hear and read who take a call: who calls, and about what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from loguru import logger
from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.models import Author
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_latest_conversation
from proli.knowledge.spoken.saying import as_spoken
from proli.knowledge.text import isolate
from proli.leads.queries import name_of
from proli.notifications.actions import request_words, said_last
from proli.notifications.queries import open_own_line
from proli.platform.db import BusinessSession
from proli.playbooks.loader import get_playbook
from proli.playbooks.spoken import spoken_texts
from proli.playbooks.texts import OwnTexts, language_for, own_texts, say
from proli.playbooks.words import say_phone
from proli.voice.actions import get_call
from proli.voice.models import Call, CallTransfer
from proli.voice.transfers import lead_of

LONGEST: Final = 160
"""Of what is said to somebody who has just picked up."""
type Language = Literal["he", "en"]


@dataclass(frozen=True, slots=True)
class Matter:
    """Who calls, and about what, as far as it is known."""

    name: str
    phone: str | None
    about: str
    place: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """How the business says something to somebody by the provider's own voice."""

    language: Language
    business: str
    texts: OwnTexts

    def say(self, code: str, /, **values: Any) -> str:
        return as_spoken(str(say(code, self.language, self.texts, business=self.business, **values)), self.language)


async def speech_to(session: BusinessSession, contact_id: int | None = None) -> Speech:
    """As it speaks to a contact, or else to its own people."""
    business = await get_business(session)
    contact = None if contact_id is None else await session.get(Contact, contact_id)
    language = language_for(contact.language if contact else None, business.language)
    playbook = get_playbook(business.playbook)
    texts = spoken_texts(playbook, own_texts(playbook, business.texts))
    return Speech("en" if language == "en" else "he", business.name, texts)


async def matter_of(session: BusinessSession, call: Call, language: str) -> Matter:
    contact = None if call.contact_id is None else await session.get(Contact, call.contact_id)
    lead = await lead_of(session, call)
    name = name_of(lead, contact) if lead and contact else contact.name if contact else ""
    about = request_words(lead, language) if lead else ""
    place = (lead.locality or "") if lead else ""
    talk = None if contact is None else await find_latest_conversation(session, contact.id)
    said = await said_last(session, talk.id) if talk else ""
    return Matter(name, call.phone_e164, about.strip("-"), place, said)


async def whisper_of(session: BusinessSession, call: Call) -> tuple[str, Speech]:
    """What somebody who is rung hears before they take the call."""
    speech = await speech_to(session)
    matter = await matter_of(session, call, speech.language)
    who = matter.name or (say_phone(matter.phone) if matter.phone else "")
    parts = [speech.say("whisper_call"), as_spoken(who, speech.language) if who else speech.say("whisper_unknown")]
    about = ", ".join(filter(None, (matter.about, matter.place)))
    if about:
        parts.append(as_spoken(about[:LONGEST], speech.language))
    return ". ".join(part.strip(" .") for part in (*parts, speech.say("whisper_take"))) + ".", speech


async def write_to_taker(session: BusinessSession, call_id: int, transfer_id: int, *, now: datetime) -> None:
    """Whoever has taken the call reads who it is and what is known, on WhatsApp."""
    call = await get_call(session, call_id)
    transfer = await session.scalar(select(CallTransfer).where(CallTransfer.id == transfer_id))
    if transfer is None or transfer.taken_at is None:
        return
    person = transfer.people[transfer.step]
    language = language_for((await get_business(session)).language)
    matter = await matter_of(session, call, language)
    text = say(
        "call_for_you",
        language,
        customer=isolate(matter.name or "-"),
        phone=say_phone(matter.phone) if matter.phone else "-",
        request="\n".join(filter(None, (", ".join(filter(None, (matter.about, matter.place))), matter.said))),
    )
    line = await open_own_line(session, phone_e164=person["phone_e164"], name=person["name"], like=None)
    if line is None:
        logger.info("Who has taken call {} cannot be written to: the business has no number", call_id)
        return
    key = f"call:{call_id}:taken:{transfer_id}"
    await queue_text(session, line, text, dedup_key=key, author=Author.system, now=now)
