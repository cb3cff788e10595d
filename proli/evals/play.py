"""A case is played through the real path: inbox or call, agent, tools, database, outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from proli.conversations.models import Conversation, Direction, Message
from proli.evals.cases import Case, Customer, Turn
from proli.evals.lines import CustomersLine, open_line
from proli.evals.stage import Stage, offered_before
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime

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
    line = await open_line(runtime, stage)
    playing = Playing(runtime, queue, stage, line)
    await playing.take_replies()
    if case.customer is not None:
        await play_customer(playing, case.customer)
        return playing.played
    for burst in case.bursts:
        question = next((turn.in_reply_to for turn in burst if turn.in_reply_to), None)
        if question is not None:
            await ask(runtime, stage, question, offered_before(case))
        await playing.tell(burst)
    return playing.played


@dataclass
class Playing:
    """A case under way: what is told is answered, and what came back is taken down."""

    runtime: Runtime
    queue: Queue
    stage: Stage
    line: CustomersLine
    played: Played = field(default_factory=Played)
    newest: int = 0
    """The message of ours that was taken down last."""

    async def tell(self, burst: Sequence[Turn]) -> None:
        self.played.lines += [("in", turn.text or f"[{turn.type}]") for turn in burst]
        await self.line.tell(burst)
        await self.queue.drain()
        if not await self.take_replies():
            self.played.unanswered += 1

    async def take_replies(self) -> bool:
        """What has come back since is taken down; False when the agent has the conversation and is silent."""
        async with self.runtime.db.begin(self.stage.business_id) as session:
            conversation = await session.get_one(Conversation, self.stage.conversation_id)
            ours = (Message.conversation_id == conversation.id, Message.direction == Direction.outbound)
            found = (
                await session.scalars(select(Message).where(*ours, Message.id > self.newest).order_by(Message.id))
            ).all()
            answered = bool(found) or conversation.owner != "ai"
        self.played.lines += [("out", message.text) for message in found]
        self.newest = found[-1].id if found else self.newest
        return answered


async def play_customer(playing: Playing, customer: Customer) -> None:
    """The customer opens, and answers what is asked until nothing more is or there is no answer."""
    words = customer.opening
    for _ in range(MOST_ANSWERS):
        await playing.tell([Turn(text=words)])
        asked, offered = await pending(playing.runtime, playing.stage)
        answer = customer.facts.get("choose" if offered else asked or "")
        if answer is None or answer == words:
            break
        words = answer


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
