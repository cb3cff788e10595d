"""The talker of an installation: which ears, which voices, and a talk for each call."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import Self

from loguru import logger

from proli.mind.hearing.listening import warm_up
from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings, VoiceSettings, split
from proli.voice.live.activity import Activity, SileroActivity
from proli.voice.live.ears import Ears, OpenEars, TypedBeside, TypedEars
from proli.voice.live.google.ears import GoogleEars
from proli.voice.live.google.reaching import Google
from proli.voice.live.google.voice import GoogleVoice
from proli.voice.live.notes import Notes
from proli.voice.live.pace import Pace
from proli.voice.live.realtime import OpenAIEars, check_openai
from proli.voice.live.talk import Talk
from proli.voice.live.thought import Mind
from proli.voice.live.voices import OfflineVoice, Voice, Voices
from proli.voice.talking import INSTALL, Farewell, Line, TheCall


@dataclass(frozen=True)
class Leah:
    """Talks with callers, with these ears and voices, the best of each first."""

    ears: Sequence[OpenEars]
    voices: Voices
    activity: Callable[[], Activity]
    pace: Pace = field(default_factory=Pace)
    closes: Callable[[], Awaitable[None]] | None = None

    @classmethod
    def of(cls, all_settings: Settings, ears: str | None = None) -> Self | None:
        """As the settings say, or with these ears; None where the extra is not installed, or nobody would hear."""
        if find_spec("pipecat") is None:
            logger.error("Nobody talks in calls, which go on in writing: {}, or unset PROLI_VOICE_EARS", INSTALL)
            return None
        settings = all_settings.voice
        google = Google(settings)
        checks = {
            "google": lambda: google.check("speech"),
            "openai": lambda: check_openai(all_settings),
            "typed": lambda: None,
        }
        opens: dict[str, OpenEars] = {"google": partial(GoogleEars, google), "openai": OpenAIEars, "typed": TypedEars}
        named = split(settings.ears if ears is None else ears)
        found = [opens[name] for name in named if is_ready(f"The ears {name}", checks[name])]
        if not found:
            logger.error("Nobody talks in calls, which go on in writing: no ears of PROLI_VOICE_EARS can be used")
            return None
        return cls(
            ears=found,
            voices=Voices(voices_of(settings, google)),
            activity=lambda: SileroActivity(settings),
            pace=Pace(idle_s=settings.idle_s),
            closes=google.close,
        )

    @property
    def hears(self) -> bool:
        return any(opens is not TypedEars for opens in self.ears)

    def ears_in(self, runtime: Runtime, call: TheCall) -> list[Ears]:
        """Who hears in this call, the best first. Where it is simulated, all of them also read what is typed."""
        ears = [opens(runtime, call) for opens in self.ears]
        return [*(TypedBeside(one) for one in ears), TypedEars(runtime, call)] if call.simulated else ears

    async def close(self) -> None:
        """What the ears and voices keep open is closed."""
        if self.closes is not None:
            await self.closes()

    async def talk(self, runtime: Runtime, call: TheCall, line: Line) -> Farewell:
        warming = asyncio.create_task(asyncio.to_thread(warm_up))  # while the caller hears the greeting
        notes = Notes(runtime.db, runtime.clock, call)
        talk = Talk(
            line=line, notes=notes, mind=Mind(runtime, notes), ears=self.ears_in(runtime, call),
            voices=self.voices, activity=await asyncio.to_thread(self.activity), pace=self.pace, clock=runtime.clock,
        )  # fmt: skip
        try:
            return await talk.run()
        finally:
            await keep(notes)
            await warming


async def keep(notes: Notes) -> None:
    """What failed in a talk is written down; whether that works changes nothing about how the talk went."""
    try:
        await notes.keep_fallbacks()
    except Exception as fault:  # noqa: BLE001 - figures alone are lost
        logger.warning("What failed in call {} is not counted: {}", notes.call.call_id, type(fault).__name__)


def voices_of(settings: VoiceSettings, google: Google) -> Sequence[Voice]:
    """Those of the settings that are set up; the offline one always stands at the end."""
    found = list[Voice]()
    for name in split(settings.voices):
        if name == "google" and is_ready("The voice google", lambda: google.check("texttospeech")):
            found.append(GoogleVoice(google))
    return (*found, OfflineVoice())


def is_ready(what: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except ConfigurationError as error:
        logger.error("{} cannot be used: {}", what, error)
        return False
    return True
