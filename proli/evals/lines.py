"""How the customer of a case speaks with us: in writing, or in a call of which every word was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, Self

from proli.channels.simulator.channel import say
from proli.conversations.models import MessageKind
from proli.evals.cases import Turn
from proli.evals.stage import CUSTOMER, Stage
from proli.knowledge.turn_ends import says_goodbye
from proli.platform.runtime import Runtime
from proli.prompts.models import PromptChannel
from proli.voice.actions import CallNews, ensure_call
from proli.voice.live.notes import Host, Notes
from proli.voice.live.thought import Mind, TakenOver
from proli.voice.numbers import add_voice_number
from proli.voice.queries import find_the_call
from proli.voice.rules import CallState

KINDS: Final = {
    "text": MessageKind.text,
    "voice_transcript": MessageKind.audio,
    "image": MessageKind.image,
    "audio_no_transcript": MessageKind.audio,
}
ACCOUNT: Final = "AC" + "0" * 32
NUMBER: Final = "+97239990000"


class CustomersLine(Protocol):
    async def tell(self, burst: Sequence[Turn]) -> None:
        """The customer says all of it, before anything of it is answered."""
        ...


@dataclass(frozen=True)
class Writing:
    """Messages, as the simulator takes them in; jobs answer them."""

    runtime: Runtime
    business_id: int

    async def tell(self, burst: Sequence[Turn]) -> None:
        for turn in burst:
            kind = KINDS[turn.type]
            text = "" if turn.type == "audio_no_transcript" else turn.text or ""
            media = None if kind == MessageKind.text else {"url": None, "mime_type": None}
            await say(
                self.runtime, business_id=self.business_id, phone_e164=CUSTOMER,
                name="", text=text, kind=kind, media=media,
            )  # fmt: skip


@dataclass
class Calling:
    """One call without its sound: every word was heard as it stands in the case, and ours to the end."""

    notes: Notes
    mind: Mind
    host: Host
    settled: bool = False
    over: bool = False

    @classmethod
    async def begin(cls, runtime: Runtime, business_id: int) -> Self:
        """We have answered, and have said who we are."""
        now = runtime.clock.now()
        news = CallNews(
            f"eval-{business_id}", ACCOUNT, CallState.in_progress, number_e164=NUMBER, phone_e164=CUSTOMER
        )  # fmt: skip
        async with runtime.db.begin(business_id) as session:
            number_id = await add_voice_number(
                session, runtime.vault, phone_e164=NUMBER, account_sid=ACCOUNT, secrets={"auth_token": "none"}
            )
            row = await ensure_call(session, news, number_id=number_id, now=now)
            call = await find_the_call(session, row.id)
        notes = Notes(runtime.db, runtime.clock, call)
        host = await notes.begin()
        await notes.say(host.say("call_greeting"))
        return cls(notes, Mind(runtime, notes), host)

    async def tell(self, burst: Sequence[Turn]) -> None:
        """After the goodbye nothing is heard any more."""
        if self.over:
            return
        for turn in burst:
            await self._hear(turn)
        if self.mind.waiting:
            await self._answer()
        if self.over:
            await self.notes.say(self.host.say("call_bye"))

    async def _hear(self, turn: Turn) -> None:
        if not turn.text or turn.type == "audio_no_transcript":
            await self.notes.say(self.host.say("call_not_heard"), remembered=False)
            return
        now = self.notes.clock.now()
        utterance = await self.notes.hear(turn.text, began_at=now, ended_at=now)
        self.over = says_goodbye(utterance.text, served=self.settled)
        if not self.over:
            self.mind.waiting.append(utterance)

    async def _answer(self) -> None:
        try:
            answer = await self.mind.answer()
        except TakenOver:
            self.mind.waiting.clear()
            self.over = True
            await self.notes.say(self.host.say("call_with_team"))
            return
        self.settled = answer.settled
        await self.notes.keep_heard(answer.noted, answer.noted.text, offered=None, question_heard=True)


async def open_line(runtime: Runtime, stage: Stage) -> CustomersLine:
    """The line of the customer of this stage, by its channel."""
    if stage.channel is PromptChannel.voice:
        return await Calling.begin(runtime, stage.business_id)
    return Writing(runtime, stage.business_id)
