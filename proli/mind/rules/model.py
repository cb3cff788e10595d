"""The rules agent as a model: it answers from the same messages with the same parts, so either can carry on."""

from typing import Any, cast

from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from proli.mind.facts import Done, Facts
from proli.mind.hearing.burst import Heard
from proli.mind.rules.dialogue import step
from proli.mind.rules.state import Call

NAME = "rules"


class RulesModel(Model):
    """Deterministic and offline. Made for one turn, whose facts it holds."""

    def __init__(self, facts: Facts, heard: Heard) -> None:
        super().__init__()
        self._facts = facts
        self._heard = heard

    @property
    def model_name(self) -> str:
        return NAME

    @property
    def system(self) -> str:
        return "proli"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The next tool call, or the reply when there is nothing left to do."""
        done = tools_done(messages)
        move = step(self._facts, self._heard, done)
        if isinstance(move, Call):
            call = ToolCallPart(tool_name=move.tool, args=dict(move.arguments), tool_call_id=f"rules-{len(done) + 1}")
            return ModelResponse(parts=[call], model_name=NAME)
        return ModelResponse(parts=[TextPart(content=move.text)], model_name=NAME)


def tools_done(messages: list[ModelMessage]) -> list[Done]:
    """What the tools have returned in this turn, whoever called them: the run's own messages follow the last prompt."""
    done: list[Done] = []
    arguments: dict[str, dict[str, Any]] = {}
    for message in messages[turn_start(messages) :]:
        for part in message.parts:
            if isinstance(part, ToolCallPart):
                arguments[part.tool_call_id] = part.args_as_dict()
            elif isinstance(part, ToolReturnPart):
                returned: object = part.content  # pyright: ignore[reportUnknownMemberType]
                failed = part.outcome != "success" or not isinstance(returned, dict)
                outcome = {} if failed else cast("dict[str, Any]", returned)
                done.append(Done(part.tool_name, arguments.get(part.tool_call_id, {}), outcome, failed=failed))
    return done


def turn_start(messages: list[ModelMessage]) -> int:
    """Where the last message of the customer stands; tool returns after it belong to the turn."""
    starts = [
        index
        for index, message in enumerate(messages)
        if isinstance(message, ModelRequest) and any(part.part_kind == "user-prompt" for part in message.parts)
    ]
    return starts[-1] if starts else 0
