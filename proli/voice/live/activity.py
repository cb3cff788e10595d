"""Whether somebody speaks: Pipecat's Silero model, with values for Hebrew over the telephone."""

from importlib import import_module
from typing import Any, Protocol

from proli.platform.errors import ConfigurationError
from proli.platform.settings import VoiceSettings
from proli.voice.talking import RATE
from proli.voice.ulaw import from_ulaw


class Activity(Protocol):
    """What tells speech from all else on one line."""

    stop_s: float
    """So long it was silent by the time it says that nobody speaks any more."""

    async def feed(self, data: bytes) -> bool | None:
        """Whether somebody begins to speak with this sound (True), or has ended (False); None when nothing changes."""
        ...

    async def close(self) -> None: ...


class SileroActivity:
    """The bundled model, on one thread of its own.

    Raises:
        ConfigurationError: the package is not installed.
    """

    def __init__(self, settings: VoiceSettings) -> None:
        self.stop_s = settings.vad_stop_s
        try:
            silero: Any = import_module("pipecat.audio.vad.silero").SileroVADAnalyzer
            base: Any = import_module("pipecat.audio.vad.vad_analyzer")
        except ImportError as error:
            raise ConfigurationError("Calls need what the extra has: pip install 'proli[voice]'.") from error
        self._analyzer = silero(
            sample_rate=RATE,
            params=base.VADParams(
                confidence=settings.vad_confidence, start_secs=settings.vad_start_s, stop_secs=settings.vad_stop_s,
                min_volume=settings.vad_volume,
            ),
        )  # fmt: skip
        self._analyzer.set_sample_rate(RATE)
        self._heard_in = (base.VADState.SPEAKING, base.VADState.STOPPING)
        self._speaks = False

    async def feed(self, data: bytes) -> bool | None:
        speaks = await self._analyzer.analyze_audio(from_ulaw(data)) in self._heard_in
        if speaks == self._speaks:
            return None
        self._speaks = speaks
        return speaks

    async def close(self) -> None:
        await self._analyzer.cleanup()
