"""The model ladder: each rung is tried with a time limit; whatever goes wrong on it, the next one carries on."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary

from loguru import logger
from openai import AsyncOpenAI
from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.models.google import GoogleModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.providers.google import GoogleProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings as RequestSettings

from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime


class RungFailed(ModelAPIError):
    """A model did not give a usable answer, for whatever reason; the next one is asked."""


@dataclass
class Attempt:
    """One request to one model, for the trace."""

    model: str
    latency_ms: int
    failure: str | None = None


@dataclass
class Journal:
    """What happened on the ladder during one turn."""

    attempts: list[Attempt] = field(default_factory=list[Attempt])

    def as_json(self) -> list[dict[str, Any]]:
        return [{"model": a.model, "ms": a.latency_ms, "failure": a.failure} for a in self.attempts]


class Rung(WrapperModel):
    """A model that either answers usably in time or raises RungFailed; once failed, it is not asked again this turn."""

    def __init__(self, wrapped: Model, *, timeout_s: float, journal: Journal) -> None:
        super().__init__(wrapped)
        self._timeout_s = timeout_s
        self._journal = journal
        self._failed: str | None = None

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: RequestSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        if self._failed is not None:
            raise RungFailed(self.model_name, self._failed)
        began = perf_counter()
        try:
            async with asyncio.timeout(self._timeout_s):
                response = await self.wrapped.request(messages, model_settings, model_request_parameters)
            require_usable(response)
        except Exception as failure:  # the edge of somebody else's service: adapters raise even bare AssertionError
            self._failed = reason_of(failure, self._timeout_s)
            self._note(began, self._failed)
            logger.warning("Model {} failed: {}", self.model_name, self._failed)
            raise RungFailed(self.model_name, self._failed) from failure
        self._note(began, None)
        return response

    def _note(self, began: float, failure: str | None) -> None:
        self._journal.attempts.append(Attempt(self.model_name, round((perf_counter() - began) * 1000), failure))


def reason_of(failure: Exception, timeout_s: float) -> str:
    if isinstance(failure, TimeoutError):
        return f"no answer within {timeout_s:g} s"
    return f"{type(failure).__name__}: {failure}"[:300]


def require_usable(response: ModelResponse) -> None:
    """Return when there is something to say or to do.

    Raises:
        ValueError: refused, cut off, or empty.
    """
    if response.finish_reason in {"content_filter", "length", "error"}:
        raise ValueError(f"answer ended with {response.finish_reason}")
    if not any(
        isinstance(part, ToolCallPart) or (isinstance(part, TextPart) and part.content.strip())
        for part in response.parts
    ):
        raise ValueError("empty answer")


_MODELS: WeakKeyDictionary[Runtime, Sequence[Model]] = WeakKeyDictionary()


def configured_models(runtime: Runtime) -> Sequence[Model]:
    """The models of the ladder that have a key, in order; made once a process.

    Raises:
        ConfigurationError: an entry that is no model.
    """
    if runtime not in _MODELS:
        names = [name.strip() for name in runtime.settings.model.ladder.split(",") if name.strip()]
        _MODELS[runtime] = [model for name in names if (model := make_model(name, runtime)) is not None]
    return _MODELS[runtime]


def make_model(name: str, runtime: Runtime) -> Model | None:
    """The model "provider:name"; None when its provider has no key."""
    settings = runtime.settings.model
    provider, _, model = name.partition(":")
    match provider:
        case "google" if model:
            if settings.gemini_api_key is None:
                return None
            key = settings.gemini_api_key.get_secret_value()
            return GoogleModel(model, provider=GoogleProvider(api_key=key, base_url=settings.gemini_base_url))
        case "openai" | "openai-chat" if model:
            if settings.openai_api_key is None:
                return None
            client = AsyncOpenAI(
                api_key=settings.openai_api_key.get_secret_value(),
                base_url=settings.openai_base_url,
                max_retries=0,
            )
            made = OpenAIResponsesModel if provider == "openai" else OpenAIChatModel
            return made(model, provider=OpenAIProvider(openai_client=client))
        case _:
            raise ConfigurationError(
                f"PROLI_MODEL_LADDER has {name!r}: write google:<model>, openai:<model> or openai-chat:<model>."
            )


def ladder(runtime: Runtime, *, rules: Model, journal: Journal) -> Model:
    """All configured models, and the rules agent as the rung that is always there."""
    timeout_s = runtime.settings.model.timeout_s
    rungs = [Rung(model, timeout_s=timeout_s, journal=journal) for model in configured_models(runtime)]
    return FallbackModel(rungs[0], *rungs[1:], LastRung(rules, after=len(rungs))) if rungs else rules


class LastRung(WrapperModel):
    """The rules agent, reached because everything above it failed."""

    def __init__(self, wrapped: Model, *, after: int) -> None:
        super().__init__(wrapped)
        self._after = after
        self._told = False

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: RequestSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        if not self._told:
            self._told = True
            logger.error("All AI models failed ({} tried): the rules agent carries on", self._after)
        return await self.wrapped.request(messages, model_settings, model_request_parameters)
