"""The pictures and sounds of a burst, loaded for models that can take them."""

from dataclasses import replace

from loguru import logger
from pydantic_ai.messages import BinaryContent

from proli.agent.facts import Said
from proli.agent.turns import Turn
from proli.conversations.models import MessageKind
from proli.platform.media import MediaUnavailable, load_media
from proli.platform.runtime import Runtime

LOADED = (MessageKind.image, MessageKind.audio)
MOST = 5


async def load_burst_media(runtime: Runtime, turn: Turn) -> tuple[Turn, list[BinaryContent]]:
    """The turn with every file that did not load marked as such, and those that did.

    Without a model nothing is loaded: the rules agent reads words only.
    """
    if not runtime.settings.model.ladder or not any(said.kind in LOADED for said in turn.facts.said):
        return turn, []
    files: list[BinaryContent] = []
    said: list[Said] = []
    for one in turn.facts.said:
        said.append(await load_one(runtime, one, files))
    return replace(turn, facts=replace(turn.facts, said=tuple(said))), files


async def load_one(runtime: Runtime, said: Said, files: list[BinaryContent]) -> Said:
    url = (said.media or {}).get("url")
    if said.kind not in LOADED or len(files) >= MOST:
        return said
    try:
        if not url:
            raise MediaUnavailable(reason=(said.media or {}).get("error", "no address"))
        loaded = await load_media(runtime, url)
    except MediaUnavailable as refusal:
        logger.warning("Media of message {} did not load: {}", said.message_id, refusal)
        return replace(said, media={**(said.media or {}), "error": "unavailable"})
    files.append(BinaryContent(data=loaded.data, media_type=loaded.mime_type))
    return said
