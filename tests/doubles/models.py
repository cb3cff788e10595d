"""A double of Gemini and OpenAI that speaks real HTTP on loopback: each model plays its script, step by step.

`async with running_models() as models`, then `models.script("gemini-a", call("find_times"), say("..."))`. The model's
name decides whose script is played, the path in which of the protocols the answer is written. What is transcribed is a
step like any other: `models.script("whisper", say("..."))`.
"""

import json
from base64 import b64encode, urlsafe_b64encode
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any, Literal, cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.doubles.green_api import gone
from tests.doubles.serving import LoopbackServer, served

GEMINI_KEY = "AIza-key-of-the-double-0123456789abcdef"
OPENAI_KEY = "sk-key-of-the-double-0123456789abcdef"

type Protocol = Literal["google", "openai", "openai-chat", "transcription"]
type Way = Literal["answer", "drop", "hang", "garbage"]


@dataclass(frozen=True)
class Step:
    """One answer: text, tool calls, or a raw body; or no answer at all."""

    text: str | None = None
    calls: tuple[tuple[str, Any], ...] = ()
    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    way: Way = "answer"
    finish: Literal["stop", "length", "refusal"] = "stop"
    before: Callable[[], Awaitable[None]] | None = None
    """Runs when the request has come and before it is answered."""


def say(text: str, **more: Any) -> Step:
    return Step(text=text, **more)


def call(tool: str, /, **arguments: Any) -> Step:
    return Step(calls=((tool, arguments),))


def raw_call(tool: str, arguments: str) -> Step:
    """A call whose arguments are text that may be no JSON; Gemini knows objects only and gets them as one value."""
    return Step(calls=((tool, arguments),))


def failing(fixture: dict[str, Any]) -> Step:
    """An answer as a fixture has it: status, headers and body."""
    return Step(body=fixture["json"], status=fixture["status"], headers=fixture.get("headers", {}))


@dataclass
class Asked:
    """One request as it came in."""

    protocol: Protocol
    model: str
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """The whole request, for looking whether something is in it."""
        return json.dumps(self.body, ensure_ascii=False)

    def holds(self, file: bytes) -> bool:
        """Whether the file is in the request, in either spelling of base64."""
        return any(encoded.decode() in self.text for encoded in (b64encode(file), urlsafe_b64encode(file)))


class ModelsDouble:
    """Every model of both companies. One without a script, or at the end of it, is overloaded."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Asked] = []
        self.server: LoopbackServer | None = None
        self._scripts: dict[str, deque[Step]] = defaultdict(deque)
        self._endless: dict[str, Step] = {}

    def script(self, model: str, *steps: Step) -> None:
        self._scripts[model].extend(steps)

    def forget(self) -> None:
        """What an earlier test left unplayed is gone."""
        self._scripts.clear()
        self._endless.clear()

    def always(self, model: str, step: Step) -> None:
        """Played whenever the script of the model has ended."""
        self._endless[model] = step

    def asked_of(self, model: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.model == model]

    async def gemini(self, request: Request) -> Response:
        model, _, method = request.path_params["method"].partition(":")
        if method != "generateContent" or request.headers.get("x-goog-api-key") != GEMINI_KEY:
            return JSONResponse({"error": {"code": 400, "message": "API key not valid.", "status": "X"}}, 400)
        return await self._play(request, "google", model, await request.json(), write_gemini)

    async def responses(self, request: Request) -> Response:
        return await self._openai(request, "openai", await request.json(), write_responses)

    async def chat(self, request: Request) -> Response:
        return await self._openai(request, "openai-chat", await request.json(), write_chat)

    async def transcriptions(self, request: Request) -> Response:
        """The recording stands in the request as its type and its bytes in base64."""
        form = fields_of(await request.body(), request.headers["content-type"])
        return await self._openai(request, "transcription", form, write_transcription)

    async def _openai(
        self,
        request: Request,
        protocol: Protocol,
        body: dict[str, Any],
        write: Callable[[Step, str], dict[str, Any]],
    ) -> Response:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if given != OPENAI_KEY:
            error = {"message": f"Incorrect API key provided: {given}.", "code": "invalid_api_key"}
            return JSONResponse({"error": error | {"type": "invalid_request_error", "param": None}}, 401)
        return await self._play(request, protocol, body["model"], body, write)

    async def _play(
        self,
        request: Request,
        protocol: Protocol,
        model: str,
        body: dict[str, Any],
        write: Callable[[Step, str], dict[str, Any]],
    ) -> Response:
        self.asked.append(Asked(protocol, model, body, dict(request.headers)))
        script = self._scripts[model]
        step = script.popleft() if script else self._endless.get(model, Step(status=503, body={"error": {}}))
        if step.before is not None:
            await step.before()
        match step.way:
            case "hang":
                await gone(request)
                return Response()
            case "drop":
                return await self._drop(request)
            case "garbage":
                return PlainTextResponse("<html>502 Bad Gateway", media_type="text/html")
            case "answer":
                answer = step.body if step.body is not None else write(step, model)
                return JSONResponse(answer, step.status, headers=step.headers)

    async def _drop(self, request: Request) -> Response:
        """The connection breaks with no answer on it."""
        assert self.server is not None
        assert request.client is not None
        for connection in list[Any](self.server.server_state.connections):
            if connection.client == tuple(request.client):
                connection.transport.abort()
        await gone(request)
        return Response()

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1beta/models/{method}", self.gemini, methods=["POST"]),
                Route("/v1/responses", self.responses, methods=["POST"]),
                Route("/v1/chat/completions", self.chat, methods=["POST"]),
                Route("/v1/audio/transcriptions", self.transcriptions, methods=["POST"]),
            ]
        )


def fields_of(body: bytes, content_type: str) -> dict[str, Any]:
    """A form with a file in it."""
    form = message_from_bytes(f"content-type: {content_type}\r\n\r\n".encode() + body)
    fields: dict[str, Any] = {}
    for part in cast("list[Message]", form.get_payload()):
        payload = cast("bytes", part.get_payload(decode=True))
        name = str(part.get_param("name", header="content-disposition"))
        is_file = part.get_filename() is not None
        fields[name] = [part.get_content_type(), b64encode(payload).decode()] if is_file else payload.decode()
    return fields


def write_transcription(step: Step, model: str) -> dict[str, Any]:
    return {"text": step.text, "usage": {"type": "duration", "seconds": 1}}


def write_gemini(step: Step, model: str) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [{"text": step.text}] if step.text is not None else []
    parts += [{"functionCall": {"name": tool, "args": given}} for tool, given in step.calls]
    reason = {"stop": "STOP", "length": "MAX_TOKENS", "refusal": "PROHIBITED_CONTENT"}[step.finish]
    return {
        "candidates": [{"content": {"parts": parts, "role": "model"}, "finishReason": reason, "index": 0}],
        "usageMetadata": {"promptTokenCount": 7, "candidatesTokenCount": 2, "totalTokenCount": 9},
        "modelVersion": model,
        "responseId": "r1",
    }


def write_chat(step: Step, model: str) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": step.text, "refusal": None}
    if step.finish == "refusal":
        message |= {"content": None, "refusal": step.text or "I cannot help with that."}
    if step.calls:
        message["tool_calls"] = [
            {"id": f"call_{index}", "type": "function", "function": {"name": tool, "arguments": as_text(given)}}
            for index, (tool, given) in enumerate(step.calls)
        ]
    reason = "tool_calls" if step.calls else "length" if step.finish == "length" else "stop"
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1795220000,
        "model": model,
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": reason}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9},
    }


def write_responses(step: Step, model: str) -> dict[str, Any]:
    content: dict[str, Any] = {"type": "output_text", "text": step.text, "annotations": []}
    if step.finish == "refusal":
        content = {"type": "refusal", "refusal": step.text or "I cannot help with that."}
    output: list[dict[str, Any]] = []
    if step.text is not None or step.finish == "refusal":
        output.append(
            {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant", "content": [content]}
        )
    output += [
        {
            "type": "function_call",
            "id": f"fc_{index}",
            "call_id": f"call_{index}",
            "status": "completed",
            "name": tool,
            "arguments": as_text(given),
        }
        for index, (tool, given) in enumerate(step.calls)
    ]
    cut = step.finish == "length"
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1795220000,
        "status": "incomplete" if cut else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if cut else None,
        "model": model,
        "output": output,
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 7,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 2,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 9,
        },
    }


def as_text(arguments: Any) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)


@asynccontextmanager
async def running_models() -> AsyncGenerator[ModelsDouble]:
    """A double that answers at `double.url` until the end of the block."""
    double = ModelsDouble()
    async with served(double.app()) as server:
        double.server, double.url = server, server.url
        yield double
