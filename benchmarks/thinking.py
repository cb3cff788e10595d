"""What thinking costs without a database: understanding a message, and a whole turn of the rules agent."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_ai import RunContext
from pydantic_ai.toolsets import ToolsetTool, WrapperToolset

from proli.chat.replying import make_reply
from proli.conversations.models import MessageKind
from proli.evals.cases import Case, load_cases
from proli.mind.agent import TOOLS, agent
from proli.mind.facts import Done, Facts, Known, Said
from proli.mind.hearing.burst import Heard, hear
from proli.mind.ladder.rungs import Journal
from proli.mind.rules.model import RulesModel, tools_done
from proli.mind.rules.state import Call
from proli.mind.thinking import Thought
from proli.playbooks.loader import get_playbook
from tests.mind.fake_office import FakeOffice

CASES = sorted((Path(__file__).parent.parent / "evals" / "open").glob("*.jsonl"))
TURNS = 200
ZONE = ZoneInfo("Asia/Jerusalem")


@dataclass
class FakeTools(WrapperToolset[Any]):
    """The agent's own tools by name and arguments, done by an office without a database."""

    office: FakeOffice

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[Any], tool: ToolsetTool[Any]
    ) -> dict[str, Any]:
        """What the office did."""
        given = {key: value for key, value in tool_args.items() if value is not None}
        if "start" in given:
            given["start"] = given["start"].isoformat()
        self.office.run(Call(name, given))
        return dict(self.office.done[-1].outcome)


def messages() -> list[Facts]:
    """Every message of the open cases, as the first of a conversation."""
    return [facts_of(case, turn.text) for case in load_cases(CASES) for turn in case.turns if turn.text]


def facts_of(case: Case, words: str) -> Facts:
    return Facts(
        business="מורן",
        playbook=get_playbook(case.vertical),
        zone=ZONE,
        now=case.reference.astimezone(UTC),
        language="he",
        known=Known(),
        standing=None,
        asked=None,
        offered=(),
        said=(Said(1, MessageKind.text, words, None, None),),
        first_contact=True,
    )


def measure_hearing() -> list[str]:
    """Everything that is read out of one message, each message seen for the first time."""
    said = messages()
    hear(replace(said[0], said=(Said(1, MessageKind.text, "מחר בבוקר צריך אינסטלטור בחולון, הרצל 5", None, None),)))
    took = sorted(timed(facts) for facts in said)
    return [f"understanding one message ({len(took)})", spread(took), ""]


def timed(facts: Facts) -> float:
    began = time.perf_counter()
    hear(facts)
    return (time.perf_counter() - began) * 1000


async def measure_thinking() -> list[str]:
    """Hearing, the dialogue with its tool calls through the agent library, and the proof of the reply."""
    chance = random.Random(7)
    said = chance.sample(messages(), TURNS + 20)
    for facts in said[:20]:
        await turn(facts, chance)
    took: list[float] = []
    for facts in said[20:]:
        began = time.perf_counter()
        await turn(facts, chance)
        took.append((time.perf_counter() - began) * 1000)
    return [f"a turn of the rules agent, no database ({len(took)})", spread(sorted(took)), ""]


async def turn(facts: Facts, chance: random.Random) -> None:
    heard = hear(facts)
    office = FakeOffice(facts, heard, chance)
    with agent.override(toolsets=[FakeTools(TOOLS, office)]):
        result = await agent.run(facts.text, deps=deps_of(facts, heard), model=RulesModel(facts, heard))
    make_reply(
        office.facts, heard, thought_of(result.output, tools_done(result.new_messages())), offered=office.offered
    )


def deps_of(facts: Facts, heard: Heard) -> Any:
    """The fake tools ask nothing of it."""
    return (facts, heard)


def thought_of(text: str, done: Sequence[Done]) -> Thought:
    return Thought(
        text=text, model="rules", latency_ms=0, cost_micros=None, done=tuple(done), journal=Journal(), usage={}
    )


def spread(took: Sequence[float]) -> str:
    return ", ".join(percentiles(took))


def percentiles(took: Sequence[float]) -> Iterator[str]:
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        yield f"{name} {took[int(len(took) * share)]:.1f} ms"
