"""Settings of calls."""

import re
from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def split(names: str) -> list[str]:
    """What stands between the commas."""
    return [name for name in map(str.strip, names.split(",")) if name]


class VoiceSettings(BaseSettings):
    """Calls. The silences that end a caller's turn are a rule of Hebrew, and stand in `knowledge`."""

    model_config = SettingsConfigDict(env_prefix="PROLI_VOICE_", frozen=True)

    ears: str = Field(
        default="",
        description="Who writes down what callers say, the best first: google, openai, or typed, where the words come "
        "over the line, for trying calls out; empty for nobody, so that calls go on in writing",
    )
    voices: str = Field(
        default="offline",
        description="Who speaks to callers, the best first: google, offline; the offline voice always comes last",
    )
    google_credentials: Path | None = Field(
        default=None, description="File with the key of a service account of Google's, for its ears and voice"
    )
    google_project: str = Field(default="", description="Google's project that is billed; that of the key when not set")
    google_location: str = Field(default="global", description="Where Google listens: a region that knows the model")
    google_model: str = Field(default="telephony", description="Google's model that listens")
    google_voices: str = Field(
        default="", description="Google's voices, one of a language, with commas: he-IL-Wavenet-A,en-US-Wavenet-F"
    )
    google_speech_endpoint: str = Field(
        default="", description="Another address for Google's ears; http:// before one on this machine, without TLS"
    )
    openai_model: str = Field(
        default="gpt-live-transcribe", description="OpenAI's model that listens, by its realtime API"
    )
    twilio_url: str = Field(default="https://api.twilio.com", description="Where Twilio is asked for recordings")
    google_voice_endpoint: str = Field(default="", description="Another address for Google's voice, in the same way")
    vad_confidence: float = Field(
        default=0.6,
        gt=0,
        lt=1,
        description="How sure it must be that somebody speaks; telephones take the hiss of s away",
    )
    vad_start_s: float = Field(default=0.1, ge=0, le=1, description="Speech that is shorter is a click or a breath")
    vad_stop_s: float = Field(default=0.2, ge=0, le=2, description="Silence that is shorter lies within a word")
    vad_volume: float = Field(
        default=0.0, ge=0, le=1, description="Speech that is softer is not meant for us; 0, as telephones even it out"
    )
    idle_s: float = Field(
        default=7.0, gt=0, le=60, description="Silence after which a caller is asked, twice, then left"
    )
    grace_s: float = Field(
        default=300.0, ge=0, le=3600, description="Time for calls to end when `proli voice` is told to stop"
    )

    @field_validator("ears", "voices")
    @classmethod
    def known(cls, names: str, info: ValidationInfo) -> str:
        known = ("google", "openai", "typed") if info.field_name == "ears" else ("google", "offline")
        for name in split(names):
            if name not in known:
                raise ValueError(f"{name!r} is none: write {' or '.join(known)}")
        return names

    @field_validator("google_speech_endpoint", "google_voice_endpoint")
    @classmethod
    def sealed_elsewhere(cls, endpoint: str) -> str:
        plain = re.fullmatch(r"http://(127\.0\.0\.1|localhost|\[::1\]):\d+", endpoint)
        if endpoint and not plain and not re.fullmatch(r"[\w.-]+(:\d+)?", endpoint):
            raise ValueError("write host or host:port; http:// only before an address of this machine")
        return endpoint
