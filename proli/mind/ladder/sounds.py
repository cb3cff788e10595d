"""Which model takes which sound, and what the others are given in its place."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic_ai.messages import (
    BinaryContent,
    ModelMessage,
    ModelRequest,
    ModelRequestPart,
    UserContent,
    UserPromptPart,
)
from pydantic_ai.models import Model

WAV = "audio/wav"
GOOGLE_TAKES = frozenset({"audio/ogg", "audio/mpeg", "audio/mp3", "audio/aac", "audio/flac", "audio/aiff", WAV})
CHAT_TAKES = frozenset({"audio/mpeg", "audio/mp3", WAV})
UNHEARD = "[a voice message that cannot be heard here: ask for it in writing]"


def hears(model: Model) -> bool:
    """Whether the model listens to recordings at all; of OpenAI's only those that have it in their name do."""
    return is_google(model) or (is_chat(model) and "audio" in model.model_name)


def takes(model: Model, media_type: str) -> bool:
    """Whether a file of this type can be put to the model; Responses take no sound, Chat takes no ogg."""
    if is_chat(model):
        return media_type in CHAT_TAKES
    return is_google(model) and media_type in GOOGLE_TAKES


def is_google(model: Model) -> bool:
    from pydantic_ai.models.google import GoogleModel

    return isinstance(model, GoogleModel)


def is_chat(model: Model) -> bool:
    from pydantic_ai.models.openai import OpenAIChatModel

    return isinstance(model, OpenAIChatModel)


def as_taken(model: Model, messages: list[ModelMessage]) -> list[ModelMessage]:
    """The messages, with words in the place of every recording that the model would refuse the whole request for."""
    return [with_words(model, one) if isinstance(one, ModelRequest) else one for one in messages]


def with_words(model: Model, request: ModelRequest) -> ModelRequest:
    parts: list[ModelRequestPart] = [
        replace(part, content=[in_words(model, one) for one in part.content])
        if isinstance(part, UserPromptPart) and not isinstance(part.content, str)
        else part
        for part in request.parts
    ]
    return replace(request, parts=parts)


def in_words(model: Model, content: UserContent) -> UserContent:
    unheard = isinstance(content, BinaryContent) and content.is_audio and not takes(model, content.media_type)
    return UNHEARD if unheard else content


def first_taken(model: Model, files: Sequence[BinaryContent]) -> BinaryContent:
    """The first of several forms of one recording that the model takes; the last one when it takes none."""
    return next((file for file in files if takes(model, file.media_type)), files[-1])
