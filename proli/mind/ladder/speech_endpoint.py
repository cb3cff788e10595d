"""A service that does nothing but write speech down: OpenAI's /v1/audio/transcriptions, or a Whisper server like it."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loguru import logger

from proli.mind.ladder.asking import ModelAnswer
from proli.mind.ladder.rungs import reason_of
from proli.mind.ladder.sounds import WAV
from proli.platform.agent_settings import ModelSettings
from proli.platform.runtime import Runtime

if TYPE_CHECKING:
    from openai import AsyncOpenAI

PREFIX = "openai:"
NO_KEY = "none"
"""What a server of one's own is shown when no key is set: never the key of somebody else's."""


@dataclass(frozen=True)
class Endpoint:
    model: str
    client: "AsyncOpenAI"
    options: ModelSettings
    """With the key, so that it is kept out of the log, and the time limit."""

    async def write_down(self, wav: bytes) -> ModelAnswer | None:
        """What is said; None when the service fails, and the log says why."""
        try:
            async with asyncio.timeout(self.options.timeout_s):
                found = await self.client.audio.transcriptions.create(
                    model=self.model, file=("voice.wav", wav, WAV), response_format="json"
                )
                text = found.text.strip()
        except Exception as failure:  # noqa: BLE001 - somebody else's service
            logger.warning("Transcriber {} failed: {}", self.model, reason_of(failure, self.options))
            return None
        return ModelAnswer(text, self.model)


def find_endpoint(runtime: Runtime) -> Endpoint | None:
    """The service of the settings; None when they name none, or one at OpenAI without a key."""
    speech, models = runtime.settings.speech, runtime.settings.model
    if not speech.transcriber.startswith(PREFIX):
        return None
    key = speech.api_key or (models.openai_api_key if speech.base_url is None else None)
    if key is None and speech.base_url is None:
        return None
    from openai import AsyncOpenAI

    client = AsyncOpenAI(
        api_key=key.get_secret_value() if key else NO_KEY,
        base_url=speech.base_url or models.openai_base_url,
        max_retries=0,
        timeout=speech.timeout_s,
        http_client=runtime.http,
    )
    options = models.model_copy(update={"timeout_s": speech.timeout_s, "openai_api_key": key})
    return Endpoint(speech.transcriber.removeprefix(PREFIX), client, options)
