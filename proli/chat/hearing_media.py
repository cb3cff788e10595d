"""The pictures of a burst, and the sounds that have not become words, loaded for models that can take them."""

from dataclasses import replace

from loguru import logger
from pydantic_ai.messages import BinaryContent

from proli.conversations.errors import MediaNotFound
from proli.conversations.files import load_file as load_file_of
from proli.conversations.models import MessageKind
from proli.mind.facts import Said
from proli.mind.ladder.providers import configured_models
from proli.mind.turn import Turn
from proli.platform.media import MediaUnavailable
from proli.platform.runtime import Runtime

LOADED = {MessageKind.image: "image/", MessageKind.audio: "audio/"}
"""What is loaded, and how the type of such a file begins; what says it is something else is not given to a model."""
MOST = 5


async def load_burst_media(runtime: Runtime, business_id: int, turn: Turn) -> tuple[Turn, list[BinaryContent]]:
    """The turn with every file that did not load marked as such, and those that did.

    Without a model nothing is loaded: the rules agent reads words only.
    """
    if not any(said.kind in LOADED for said in turn.facts.said) or not configured_models(runtime):
        return turn, []
    loaded: list[BinaryContent] = []
    said: list[Said] = []
    for one in turn.facts.said:
        said.append(await load_one(runtime, business_id, one, loaded))
    return replace(turn, facts=replace(turn.facts, said=tuple(said))), loaded


async def load_one(runtime: Runtime, business_id: int, said: Said, loaded: list[BinaryContent]) -> Said:
    if said.kind not in LOADED or len(loaded) >= MOST or said.unopened or said.transcribed or said.silent:
        return said
    try:
        loaded.append(await load_file(runtime, business_id, said))
    except MediaUnavailable as refusal:
        logger.warning("Media of message {} did not load: {}", said.message_id, refusal)
        return replace(said, media={**(said.media or {}), "error": "unavailable"})
    return said


async def load_file(runtime: Runtime, business_id: int, said: Said) -> BinaryContent:
    """The picture or the sound of a message.

    Raises:
        MediaUnavailable: it cannot be had, or is something else.
    """
    kind = LOADED[said.kind]
    try:
        loaded = await load_file_of(runtime, business_id, said.message_id)
    except MediaNotFound as error:
        raise MediaUnavailable(reason="no file") from error
    if not loaded.data or not loaded.mime_type.startswith(kind):
        raise MediaUnavailable(reason=f"{loaded.mime_type} where {kind}* was announced")
    return BinaryContent(data=loaded.data, media_type=loaded.mime_type)
