"""The model ladder: each rung is tried with a time limit; whatever goes wrong on it, the next one carries on."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from loguru import logger
from opentelemetry.trace import SpanKind
from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings as RequestSettings

from proli.mind.ladder.failures import ModelFailure, NoTimeLeft, kind_of
from proli.mind.ladder.providers import configured_models
from proli.mind.ladder.sounds import as_taken
from proli.mind.proof.form import Form
from proli.platform.agent_settings import ModelSettings
from proli.platform.runtime import Runtime
from proli.platform.tracing import span

PATIENCE = 3
"""How many time limits of one request all models together may take in a turn before the rules agent carries on."""
CUT_OFF = frozenset({"content_filter", "length", "error"})
KEY_SHAPES = re.compile(r"\b(?:sk-[\w*-]{3,}|AIza[\w-]{8,})")


class RungFailed(ModelAPIError):
    """A model did not give a usable answer, for whatever reason; the next one is asked."""


@dataclass
class Attempt:
    """One request to one model, for the trace."""

    model: str
    latency_ms: int
    failure: str | None = None
    kind: ModelFailure | None = None


@dataclass
class Journal:
    """What happened on the ladder during one turn."""

    attempts: list[Attempt] = field(default_factory=list[Attempt])

    def as_json(self) -> list[dict[str, Any]]:
        return [{"model": a.model, "ms": a.latency_ms, "failure": a.failure, "kind": a.kind} for a in self.attempts]


class Ladder:
    """The models of one turn, best first, and the rules agent as the rung that is always there."""

    def __init__(self, runtime: Runtime, journal: Journal, *, form: Form, frugal: bool = False) -> None:
        """With `frugal` no model is asked."""
        settings = runtime.settings.model
        ends_at = perf_counter() + PATIENCE * settings.timeout_s
        self._rungs = [
            Rung(model, settings=settings, ends_at=ends_at, journal=journal, form=form)
            for model in (() if frugal else configured_models(runtime))
        ]
        self._told = False

    def model(self, rules: Model) -> Model:
        """All rungs as one model; those that failed in this turn are not asked again."""
        if not self._rungs:
            return rules
        return FallbackModel(self._rungs[0], *self._rungs[1:], LastRung(rules, tell=self._tell))

    def step_down(self, failure: Exception) -> bool:
        """The rung that led to the failure of a whole run is left; False when there was none but the rules agent."""
        rung = next((rung for rung in self._rungs if rung.failed is None), None)
        if rung is not None:
            rung.fail(failure)
        return rung is not None

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            logger.error("All AI models failed ({} tried): the rules agent carries on", len(self._rungs))


class Rung(WrapperModel):
    """A model that either answers usably in time or raises RungFailed; once failed, it is not asked again this turn."""

    def __init__(
        self,
        wrapped: Model,
        *,
        settings: ModelSettings,
        ends_at: float,
        journal: Journal,
        form: Form | None = None,
    ) -> None:
        super().__init__(wrapped)
        self._form = form
        self._options = settings
        self._ends_at = ends_at
        self._journal = journal
        self.failed: str | None = None

    def prepare_request(
        self, model_settings: RequestSettings | None, model_request_parameters: ModelRequestParameters
    ) -> tuple[RequestSettings | None, ModelRequestParameters]:
        return self._guarded(
            lambda: super(Rung, self).prepare_request(model_settings, model_request_parameters),
            instead=(model_settings, model_request_parameters),
        )

    def prepare_messages(
        self, messages: list[ModelMessage], model_request_parameters: ModelRequestParameters | None = None
    ) -> list[ModelMessage]:
        return self._guarded(
            lambda: super(Rung, self).prepare_messages(messages, model_request_parameters), instead=messages
        )

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: RequestSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        if self.failed is None:
            began = perf_counter()
            left_s = self._ends_at - began
            try:
                if left_s <= 0:
                    raise NoTimeLeft("the models have had their time")
                async with asyncio.timeout(min(self._options.timeout_s, left_s)):
                    taken = as_taken(self.wrapped, messages)
                    with span(f"model {self.model_name}", kind=SpanKind.CLIENT):
                        response = await self.wrapped.request(taken, model_settings, model_request_parameters)
                require_usable(response, model_request_parameters)
                response = in_form(response, self._form)
            except Exception as failure:  # noqa: BLE001 - somebody else's service: even bare AssertionError
                self.fail(failure, began=began)
            else:
                self._note(began)
                return response
        raise RungFailed(self.model_name, self.failed or "")

    def fail(self, failure: Exception, *, began: float | None = None) -> None:
        """This rung is not asked again; the log and the trace say why."""
        self.failed = reason_of(failure, self._options)
        self._note(began or perf_counter(), kind_of(failure))
        logger.warning("Model {} failed: {}", self.model_name, self.failed)

    def _guarded[T](self, prepare: Callable[[], T], *, instead: T) -> T:
        """What a model's adapter makes of a request; one that breaks over it has failed."""
        if self.failed is None:
            try:
                return prepare()
            except Exception as failure:  # noqa: BLE001 - the edge of somebody else's adapter
                self.fail(failure)
        return instead

    def _note(self, began: float, kind: ModelFailure | None = None) -> None:
        spent_ms = round((perf_counter() - began) * 1000)
        self._journal.attempts.append(Attempt(self.model_name, spent_ms, self.failed, kind))


class LastRung(WrapperModel):
    """The rules agent, reached because everything above it failed."""

    def __init__(self, wrapped: Model, *, tell: Callable[[], None]) -> None:
        super().__init__(wrapped)
        self._tell = tell

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: RequestSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        self._tell()
        return await self.wrapped.request(messages, model_settings, model_request_parameters)


def reason_of(failure: Exception, settings: ModelSettings) -> str:
    """What went wrong, fit for the log: providers repeat keys in their refusals."""
    if isinstance(failure, TimeoutError):
        return f"no answer within {settings.timeout_s:g} s"
    said = f"{type(failure).__name__}: {failure}"
    for key in (settings.gemini_api_key, settings.openai_api_key):
        if key is not None and key.get_secret_value():
            said = said.replace(key.get_secret_value(), "***")
    return " ".join(KEY_SHAPES.sub("***", said).split())[:300]


def require_usable(response: ModelResponse, parameters: ModelRequestParameters) -> None:
    """Return when there is something to say or to do.

    Raises:
        ValueError: refused, cut off, empty, or a call that nothing can be done with.
    """
    if response.finish_reason in CUT_OFF:
        raise ValueError(f"answer ended with {response.finish_reason}")
    calls = [part for part in response.parts if isinstance(part, ToolCallPart)]
    if not calls and not any(isinstance(part, TextPart) and part.content.strip() for part in response.parts):
        raise ValueError("empty answer")
    known = {tool.name for tool in (*parameters.function_tools, *parameters.output_tools)}
    for call in calls:
        if call.tool_name not in known:
            raise ValueError(f"unknown tool {call.tool_name[:60]!r}")
        try:
            call.args_as_dict(raise_if_invalid=True)
        except (ValueError, AssertionError) as error:
            raise ValueError(f"arguments of {call.tool_name} are no JSON object") from error


def in_form(response: ModelResponse, form: Form | None) -> ModelResponse:
    """The response with its words as a customer is sent them; words beside a call are not sent.

    Raises:
        BadForm: the words are none to send.
    """
    if form is None or any(isinstance(part, ToolCallPart) for part in response.parts):
        return response
    words = form.said("\n".join(part.content for part in response.parts if isinstance(part, TextPart)))
    others = [part for part in response.parts if not isinstance(part, TextPart)]
    return replace(response, parts=[*others, TextPart(words)])
