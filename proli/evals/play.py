"""A case is played through the real path: simulator, inbox, agent, tools, database, outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from proli.channels.simulator.channel import say
from proli.conversations.models import Conversation, Direction, Message, MessageKind
from proli.evals.cases import Case, Customer, Turn
from proli.evals.stage import CUSTOMER, Stage, offered_before
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime

KINDS = {
    "text": MessageKind.text,
    "voice_transcript": MessageKind.audio,
    "image": MessageKind.image,
    "audio_no_transcript": MessageKind.audio,
}
PENDING = {"locality": "city", "when": "time", "appointment": "time", "issue": "trade"}
"""Questions that cases call otherwise than playbooks do."""
MOST_ANSWERS = 10


@dataclass
class Played:
    """Everything that was said, in order: ("in" or "out", words)."""

    lines: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    unanswered: int = 0
    """How many bursts were met with silence while the agent had the conversation."""

    @property
    def replies(self) -> list[str]:
        return [words for direction, words in self.lines if direction == "out"]


async def play(runtime: Runtime, queue: Queue, stage: Stage, case: Case) -> Played:
    played, seen = Played(), 0
    if case.customer is not None:
        return await play_customer(runtime, queue, stage, case.customer)
    for burst in case.bursts:
        question = next((turn.in_reply_to for turn in burst if turn.in_reply_to), None)
        if question is not None:
            await ask(runtime, stage, question, offered_before(case))
        for turn in burst:
            await tell(runtime, stage, turn)
            played.lines.append(("in", turn.text or f"[{turn.type}]"))
        await queue.drain()
        seen = await take_replies(runtime, stage, played, seen)
    return played


async def play_customer(runtime: Runtime, queue: Queue, stage: Stage, customer: Customer) -> Played:
    """The customer opens, and answers what is asked until nothing more is or there is no answer."""
    played, seen, words = Played(), 0, customer.opening
    for _ in range(MOST_ANSWERS):
        await tell(runtime, stage, Turn(text=words))
        played.lines.append(("in", words))
        await queue.drain()
        seen = await take_replies(runtime, stage, played, seen)
        asked, offered = await pending(runtime, stage)
        answer = customer.facts.get("choose" if offered else asked or "")
        if answer is None or answer == words:
            break
        words = answer
    return played


async def tell(runtime: Runtime, stage: Stage, turn: Turn) -> None:
    text = "" if turn.type == "audio_no_transcript" else turn.text or ""
    kind = KINDS[turn.type]
    media = None if kind == MessageKind.text else {"url": None, "mime_type": None}
    await say(runtime, business_id=stage.business_id, phone_e164=CUSTOMER, name="", text=text, kind=kind, media=media)


async def ask(runtime: Runtime, stage: Stage, question: str, offered: list[str]) -> None:
    """This is the question that waits for its answer; asking for a time, the case's offers stand with it."""
    async with runtime.db.begin(stage.business_id) as session:
        conversation = await session.get_one(Conversation, stage.conversation_id)
        conversation.asked = PENDING.get(question, question)
        conversation.offered = offered if conversation.asked == "time" else []


async def pending(runtime: Runtime, stage: Stage) -> tuple[str | None, Sequence[str]]:
    async with runtime.db.begin(stage.business_id) as session:
        conversation = await session.get_one(Conversation, stage.conversation_id)
        return conversation.asked, conversation.offered


async def take_replies(runtime: Runtime, stage: Stage, played: Played, seen: int) -> int:
    """What has come back since `seen` is added; returns the newest message."""
    async with runtime.db.begin(stage.business_id) as session:
        conversation = await session.get_one(Conversation, stage.conversation_id)
        found = (
            await session.scalars(
                select(Message)
                .where(
                    Message.conversation_id == stage.conversation_id,
                    Message.direction == Direction.outbound,
                    Message.id > seen,
                )
                .order_by(Message.id)
            )
        ).all()
        if not found and conversation.owner == "ai":
            played.unanswered += 1
    played.lines += [("out", message.text) for message in found]
    return found[-1].id if found else seen
