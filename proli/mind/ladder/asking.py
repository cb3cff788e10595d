"""One question to the models outside of any turn: the same rungs as in a turn, and the first usable words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from pydantic_ai.messages import ModelRequest
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings as RequestSettings

from proli.mind.ladder.rungs import Journal, Rung, RungFailed
from proli.platform.agent_settings import ModelSettings


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    text: str
    model: str


async def ask(
    models: Sequence[Model], question: Callable[[Model], ModelRequest], *, options: ModelSettings, patience: int = 1
) -> ModelAnswer | None:
    """What the first model says that answers usably; None when none does.

    All of them together take no more than `patience` time limits of one request.
    """
    ends_at, journal = perf_counter() + patience * options.timeout_s, Journal()
    for model in models:
        rung = Rung(model, settings=options, ends_at=ends_at, journal=journal)
        try:
            response = await rung.request(
                [question(model)], RequestSettings(timeout=options.timeout_s), ModelRequestParameters()
            )
        except RungFailed:
            continue
        return ModelAnswer((response.text or "").strip(), model.model_name)
    return None
