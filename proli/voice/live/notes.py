"""What is written of a call while it goes on: into its transcript, and into the conversation that the contact has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, func, select, update

from proli.accounts.queries import get_business
from proli.chat.parties import Parties, load_parties
from proli.conversations.models import Author, Direction, Message, Owner
from proli.conversations.queries import get_conversation
from proli.platform.clock import Clock
from proli.platform.db import BusinessSession, Database
from proli.playbooks.loader import Playbook, get_playbook
from proli.playbooks.spoken import spoken_texts
from proli.playbooks.texts import OwnTexts, language_for, own_texts, say
from proli.voice.actions import get_call
from proli.voice.carrying_on import find_line
from proli.voice.live.voices import Language
from proli.voice.models import CallTurn
from proli.voice.rules import TransferReason
from proli.voice.talking import TheCall
from proli.voice.transcript import LONGEST, add_turn, write_spoken
from proli.voice.transfers import Leading, find_people

type Standing = Literal["customer", "taken", "elsewhere", "nowhere"]
"""Whom we talk with: a customer of the agent; one whom a person of ours answers; one of ours; or somebody with whom no
conversation can be had, as their number is withheld or the business has none to write from."""


@dataclass(frozen=True, slots=True)
class Host:
    """The business as it speaks in this call."""

    language: Language
    playbook: Playbook
    persona: str
    texts: OwnTexts
    recorded: bool = False

    def say(self, code: str, /, **values: Any) -> str:
        words = {"persona": self.persona, "notice": self._notice, **values}
        return str(say(code, self.language, self.texts, **words))

    @property
    def _notice(self) -> str:
        """What is kept of the call, as the law wants it told."""
        return str(say("call_recorded" if self.recorded else "call_documented", self.language, self.texts))


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the caller has said at a stretch, as it stands in the conversation."""

    message_id: int
    text: str
    began_at: datetime


@dataclass
class Noted:
    """Something that we say, as it stands in the transcript and, once it is a part of the talk, in the conversation."""

    number: int
    text: str
    began_at: datetime
    message_id: int | None
    latency_ms: int | None = None
    before: str | None = None
    """The field that was asked for before it."""
    owed: str = ""
    """Of its words those that must be heard: what to do in a danger."""


@dataclass
class Notes:
    """The pen of one call. Each verb is a transaction of its own."""

    db: Database
    clock: Clock
    call: TheCall
    standing: Standing = "nowhere"
    conversation_id: int = 0
    number: int = 0
    owed: str = ""
    """What has to be said again before anything else, as it was not heard."""
    fallbacks: Counter[str] = field(default_factory=Counter[str])
    """How often another took over, by what failed."""

    async def begin(self) -> Host:
        """It is known whom we talk with, and how the business speaks to them."""
        async with self.db.begin(self.call.business_id) as session:
            self.number = await session.scalar(
                select(func.coalesce(func.max(CallTurn.number), 0)).where(CallTurn.call_id == self.call.call_id)
            ) or 0  # fmt: skip
            conversation = None
            if self.call.contact_id is not None:
                conversation = await find_line(session, await get_call(session, self.call.call_id))
            if conversation is None:
                return replace(await nobodys_host(session), recorded=self.call.recorded)
            self.conversation_id = conversation.id
            parties = await load_parties(session, conversation.id)
            self.standing = standing_of(parties)
            return replace(host_of(parties), recorded=self.call.recorded)

    async def find_people(self, reason: TransferReason | None) -> Leading | None:
        """To whom the caller can be connected now for this reason, if it is one; nobody is rung for a caller who is
        played."""
        if reason is None or self.call.simulated:
            return None
        async with self.db.begin(self.call.business_id) as session:
            return await find_people(
                session, self.call.call_id, caller=self.call.phone_e164, reason=reason, now=self.clock.now()
            )

    async def keep_fallbacks(self) -> None:
        """What failed in this talk is counted with what failed on earlier lines of the call."""
        if not self.fallbacks:
            return
        async with self.db.begin(self.call.business_id) as session:
            call = await get_call(session, self.call.call_id, lock=True)
            call.fallbacks = dict(Counter(call.fallbacks) + self.fallbacks)

    async def hear(self, text: str, *, began_at: datetime, ended_at: datetime) -> Utterance:
        """What the caller has said stands in transcript and conversation, where it wants no written answer."""
        self.number += 1
        async with self.db.begin(self.call.business_id) as session:
            message_id = await self._write(
                session, text, Direction.inbound, Author.contact, began_at, key=None, number=self.number
            )
            await add_turn(
                session, self.call.call_id,
                number=self.number, speaker="caller", text=text[:LONGEST], began_at=began_at, ended_at=ended_at,
            )  # fmt: skip
        return Utterance(message_id, text[:LONGEST], began_at)

    async def say(self, text: str, *, remembered: bool = True) -> Noted:
        """What we are about to say stands in the transcript; `remembered`, also in the conversation."""
        self.number += 1
        now = self.clock.now()
        async with self.db.begin(self.call.business_id) as session:
            message_id = None
            if remembered and self.conversation_id:
                key = f"call:{self.call.external_id}:said:{self.number}"
                message_id = await self._write(
                    session, text, Direction.outbound, Author.ai, now, key=key, number=self.number
                )
            await self._add_ours(session, noted := Noted(self.number, text, now, message_id))
        return noted

    async def keep_heard(
        self, noted: Noted, heard: str, *, offered: Sequence[str] | None, question_heard: bool
    ) -> None:
        """The transcript and the conversation hold only what the caller has heard of it."""
        if noted.owed and noted.owed not in heard:
            self.owed = noted.owed
        async with self.db.begin(self.call.business_id) as session:
            if not heard:
                await self._unsay(session, noted)
                return
            await self._add_ours(session, noted, heard=heard, ended_at=self.clock.now())
            if noted.message_id is None or heard == noted.text:
                return
            await session.execute(update(Message).where(Message.id == noted.message_id).values(text=heard))
            conversation = await get_conversation(session, self.conversation_id, lock=True)
            if offered is not None:
                conversation.offered = list(offered)
            if not question_heard:
                conversation.asked = noted.before

    async def _unsay(self, session: BusinessSession, noted: Noted) -> None:
        """Nothing of it was heard, so it was not said."""
        own = (CallTurn.call_id == self.call.call_id, CallTurn.number == noted.number)
        await session.execute(delete(CallTurn).where(*own))
        if noted.message_id is not None:
            await session.execute(delete(Message).where(Message.id == noted.message_id))
            conversation = await get_conversation(session, self.conversation_id, lock=True)
            conversation.offered, conversation.asked = [], noted.before

    async def _add_ours(
        self, session: BusinessSession, noted: Noted, *, heard: str | None = None, ended_at: datetime | None = None
    ) -> None:
        text = noted.text if heard is None else heard
        await add_turn(
            session, self.call.call_id,
            number=noted.number, speaker="agent", text=text, began_at=noted.began_at, ended_at=ended_at,
            cut_off=text != noted.text, latency_ms=noted.latency_ms,
        )  # fmt: skip

    async def _write(
        self,
        session: BusinessSession,
        text: str,
        direction: Direction,
        author: Author,
        at: datetime,
        *,
        key: str | None,
        number: int,
    ) -> int:
        conversation = await get_conversation(session, self.conversation_id, lock=True)
        return await write_spoken(
            session, conversation, text,
            direction=direction, author=author, key=key, at=at, now=self.clock.now(),
            external_id=f"call:{self.call.external_id}:{number}" if direction is Direction.inbound else None,
        )  # fmt: skip


def standing_of(parties: Parties) -> Standing:
    if parties.writer != "customer":
        return "elsewhere"
    return "taken" if parties.conversation.owner is Owner.human else "customer"


def host_of(parties: Parties) -> Host:
    business = parties.business
    language = language_for(parties.contact.language, business.language)
    playbook = get_playbook(business.playbook)
    own = spoken_texts(playbook, own_texts(playbook, business.texts))
    return make_host(business.name, playbook, "en" if language == "en" else "he", own)


async def nobodys_host(session: BusinessSession) -> Host:
    business = await get_business(session)
    playbook = get_playbook(business.playbook)
    own = spoken_texts(playbook, own_texts(playbook, business.texts))
    return make_host(business.name, playbook, "en" if business.language == "en" else "he", own)


def make_host(business: str, playbook: Playbook, language: Language, own: OwnTexts) -> Host:
    return Host(language, playbook, playbook.persona[language].format(business=business), own)
