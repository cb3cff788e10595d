"""The first words of a call that we make: who calls and why, and whether it is a good moment. What is said next is for
the mind, as in any call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.chat.parties import load_parties
from proli.chat.turns import make_turn
from proli.conversations.queries import get_conversation
from proli.knowledge.good_moment import read_moment
from proli.knowledge.text import isolate
from proli.mind.rules.replies import ask_field
from proli.notifications.customers import when_of
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.words import say_when
from proli.scheduling.models import BookingStatus
from proli.voice.calling_back import asked_hour
from proli.voice.calling_out import Plan, of_customer, plan_call
from proli.voice.carrying_on import next_field
from proli.voice.live.notes import Notes, Utterance
from proli.voice.live.thought import line_of
from proli.voice.models import OutgoingCall
from proli.voice.out_rules import LATER, CallPurpose
from proli.voice.rules import CallOutcome
from proli.voice.talking import Farewell

BYE: Final = Farewell(CallOutcome.finished)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said: a text with its values, and behind it other words of ours."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    then: str = ""
    asked: str | None = None
    """The field that is asked for by it."""
    farewell: Farewell | None = None
    opens: bool = False
    """The beginning is not over: an answer to it is waited for."""


@dataclass
class Opening:
    """The beginning of one call that we make."""

    notes: Notes
    call_out_id: int
    language: str
    asks_when: bool = False

    async def greet(self) -> Words:
        """Who calls and why, by the rows as they are now."""
        async with self.notes.db.begin(self.notes.call.business_id) as session:
            planned = await session.get_one(OutgoingCall, self.call_out_id)
            if planned.purpose is not CallPurpose.reminder:
                return Words("call_out_asked" if of_customer(planned) else "call_out_about", opens=True)
            visit = await self._visit(session, planned)
            if visit is None:
                return Words("call_out_changed")
            return Words("call_out_reminder", visit, opens=True)

    async def answer(self, text: str) -> Words | None:
        """What is said to the answer; None when the mind has to hear it."""
        now = self.notes.clock.now()
        async with self.notes.db.begin(self.notes.call.business_id) as session:
            planned = await session.get_one(OutgoingCall, self.call_out_id)
            zone = ZoneInfo((await get_business(session)).zone)
            if self.asks_when:
                return await self._again(session, planned, asked_hour(text, now=now, zone=zone), zone, now)
            match read_moment(text):
                case "who":
                    pass
                case "good":
                    return await self._go_on(session, planned, Utterance(0, text, now))
                case "bad" if planned.purpose is CallPurpose.reminder:
                    visit = await self._visit(session, planned)
                    return Words("call_out_changed") if visit is None else Words("call_out_then", visit, farewell=BYE)
                case "bad":
                    named = asked_hour(text, now=now, zone=zone)
                    if named is not None:
                        return await self._again(session, planned, named, zone, now)
                    self.asks_when = True
                    return Words("call_out_when", opens=True)
                case _:
                    return None
        return await self.greet()

    async def _again(
        self, session: BusinessSession, planned: OutgoingCall, named: datetime | None, zone: ZoneInfo, now: datetime
    ) -> Words:
        """They are called again at the hour that they name, or some time later."""
        plan = Plan(
            contact_id=planned.contact_id, purpose=CallPurpose.callback, key=f"again:{self.notes.call.call_id}",
            due_at=named or now + LATER, actor=planned.actor, lead_id=planned.lead_id,
        )  # fmt: skip
        made = await plan_call(session, plan, now=now)
        at = made.due_at if made else plan.due_at
        when = say_when(at, now=now, zone=zone, language=self.language)
        return Words("call_out_again", {"when": when}, farewell=BYE)

    async def _go_on(self, session: BusinessSession, planned: OutgoingCall, said: Utterance) -> Words:
        """The visit of which they are reminded, or the question that comes next of what they want."""
        if planned.purpose is CallPurpose.reminder:
            visit = await self._visit(session, planned)
            return Words("call_out_changed") if visit is None else Words("call_out_visit", visit)
        parties = await load_parties(session, self.notes.conversation_id)
        facts = make_turn(parties, [line_of(said)], now=said.began_at).facts
        wanted = next_field(facts) if facts.known.lead_id is not None else None
        if wanted is None:
            return Words("call_out_go_on")
        conversation = await get_conversation(session, self.notes.conversation_id, lock=True)
        conversation.asked = wanted
        return Words("call_out_good", then=ask_field(facts, wanted), asked=wanted)

    async def _visit(self, session: BusinessSession, planned: OutgoingCall) -> Mapping[str, Any] | None:
        """The visit as it stands now; None when it does not, or is not certain."""
        if planned.booking_id is None:
            return None
        visit, now = await get_visit(session, planned.booking_id), self.notes.clock.now()
        if visit.booking.status is not BookingStatus.confirmed or visit.in_question(now):
            return None
        when = when_of(visit, now, self.language)
        return {"when": when, "professional": isolate(visit.professional.name), "address": visit.address or "-"}


async def find_opening(notes: Notes, language: str) -> Opening | None:
    """That of a call which we make, on its first line, to a customer whom nobody else answers."""
    if notes.call.call_out_id is None or notes.standing != "customer" or notes.call.lines != 1:
        return None
    async with notes.db.begin(notes.call.business_id) as session:
        known = await session.scalar(select(OutgoingCall.id).where(OutgoingCall.id == notes.call.call_out_id))
    return None if known is None else Opening(notes, known, language)
