"""The models that the settings name, each made once on the runtime's HTTP client."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings as RequestSettings

from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime

_MODELS: WeakKeyDictionary[Runtime, dict[str, Model | None]] = WeakKeyDictionary()


def configured_models(runtime: Runtime) -> Sequence[Model]:
    """The models of the ladder that have a key, in order.

    Raises:
        ConfigurationError: an entry that is no model.
    """
    names = [name.strip() for name in runtime.settings.model.ladder.split(",") if name.strip()]
    return [model for name in names if (model := find_model(name, runtime)) is not None]


def find_model(name: str, runtime: Runtime) -> Model | None:
    """The model "provider:name", made once a runtime, on its HTTP client; None when its provider has no key."""
    made = _MODELS.setdefault(runtime, {})
    if name not in made:
        made[name] = make_model(name, runtime)
    return made[name]


def make_model(name: str, runtime: Runtime) -> Model | None:
    """The model "provider:name"; None when its provider has no key. Its client is the runtime's, which closes it."""
    provider, _, model = name.partition(":")
    match provider:
        case "google" if model:
            return google_model(model, runtime)
        case "openai" | "openai-chat" if model:
            return openai_model(model, runtime, responses=provider == "openai")
        case _:
            raise ConfigurationError(
                f"PROLI_MODEL_LADDER has {name!r}: write google:<model>, openai:<model> or openai-chat:<model>."
            )


def google_model(model: str, runtime: Runtime) -> Model | None:
    """The provider's library is large: who asks no model of it does without."""
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    settings = runtime.settings.model
    if settings.gemini_api_key is None:
        return None
    provider = GoogleProvider(
        api_key=settings.gemini_api_key.get_secret_value(),
        base_url=settings.gemini_base_url,
        http_client=runtime.http,
    )
    return GoogleModel(model, provider=provider, settings=RequestSettings(timeout=settings.timeout_s))


def openai_model(model: str, runtime: Runtime, *, responses: bool) -> Model | None:
    """Of OpenAI's Responses API, or of Chat Completions, as servers of one's own speak it; a large library too."""
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
    from pydantic_ai.providers.openai import OpenAIProvider

    settings = runtime.settings.model
    if settings.openai_api_key is None:
        return None
    client = AsyncOpenAI(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        max_retries=0,
        http_client=runtime.http,
    )
    made = OpenAIResponsesModel if responses else OpenAIChatModel
    provider = OpenAIProvider(openai_client=client)
    return made(model, provider=provider, settings=RequestSettings(timeout=settings.timeout_s))
