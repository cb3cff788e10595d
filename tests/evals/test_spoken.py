"""Cases that are played as calls, without their sound."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from typer.testing import CliRunner

from proli.cli.main import app
from proli.conversations.models import Direction, Message, MessageKind
from proli.evals.cases import Case, Turn, load_cases
from proli.evals.lines import open_line
from proli.evals.stage import set_stage
from proli.platform.runtime import Runtime
from proli.prompts.models import PromptChannel
from proli.voice.models import CallTurn
from tests.evals.test_running import LEAK, write

SPOKEN = Path(__file__).parents[2] / "evals/spoken"


async def test_a_case_of_channel_voice_is_played_as_a_call(runtime: Runtime) -> None:
    case = Case.model_validate(LEAK)
    stage = await set_stage(runtime, case, PromptChannel.voice)
    line = await open_line(runtime, stage)
    await line.tell([Turn(text="שלום יש לי נזילה במטבח ברמת גן")])
    await line.tell([Turn(text="תודה ביי")])
    await line.tell([Turn(text="עוד משהו")])
    async with runtime.db.begin(stage.business_id) as session:
        messages = (await session.scalars(select(Message).order_by(Message.id))).all()
        turns = (await session.scalars(select(CallTurn).order_by(CallTurn.number))).all()
    assert {one.kind for one in messages} == {MessageKind.call}
    assert [one.text for one in messages] == [one.text for one in turns]
    assert [one.direction for one in messages] == [
        Direction.outbound, Direction.inbound, Direction.outbound, Direction.inbound, Direction.outbound
    ]  # fmt: skip
    assert "במה אפשר לעזור?" in messages[0].text
    assert messages[-1].text.startswith("בשמחה. תודה שהתקשרת")


async def test_what_was_not_heard_in_a_call_is_asked_for_again_and_answered_by_nobody(runtime: Runtime) -> None:
    stage = await set_stage(runtime, Case.model_validate(LEAK), PromptChannel.voice)
    line = await open_line(runtime, stage)
    await line.tell([Turn(type="audio_no_transcript")])
    async with runtime.db.begin(stage.business_id) as session:
        last = (await session.scalars(select(CallTurn).order_by(CallTurn.number.desc()).limit(1))).one()
    assert "לא שמעתי" in last.text


def test_conversations_are_scored_as_calls(tmp_path: Path) -> None:
    out, told = tmp_path / "figures.json", tmp_path / "told.txt"
    ended = CliRunner().invoke(
        app, ["eval", write(tmp_path, LEAK), "--channel", "voice", "--json", str(out), "--transcripts", str(told)]
    )
    assert ended.exit_code == 0, ended.output
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    assert (figures["cases"], figures["conversations_ok"]) == (1, 1)
    assert "במה אפשר לעזור?" in told.read_text(encoding="utf-8"), "the call was greeted"


def test_a_channel_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, ["eval", write(tmp_path, LEAK), "--channel", "pigeon"])
    assert ended.exit_code == 2
    assert "pigeon" in ended.output


def test_the_spoken_cases_are_at_least_sixty_that_load() -> None:
    cases = load_cases(sorted(SPOKEN.glob("*.jsonl")))
    assert len(cases) >= 60
    assert {turn.type for case in cases for turn in case.turns} == {"voice_transcript"}
