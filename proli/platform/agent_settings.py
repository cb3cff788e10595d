"""Settings of the agent: its pace, its models, the files it takes, what writes voice notes down, what a day may use."""

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class AgentSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_AGENT_", frozen=True)

    settle_s: float = Field(
        default=2.0, ge=0, le=60, description="Quiet time after a message before the agent answers a burst"
    )
    settle_max_s: float = Field(default=10.0, ge=0, le=120, description="Longest wait for a burst to end")
    hearing_s: float = Field(default=3.0, gt=0, le=30, description="Time limit for understanding one long burst")


class ModelSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_MODEL_", frozen=True)

    ladder: str = Field(
        default="google:gemini-3.1-flash-lite,google:gemini-3.8-flash,openai:gpt-6-luna",
        description="Models in the order they are tried; those without a key are left out",
    )
    timeout_s: float = Field(default=20.0, gt=0, le=120, description="Time limit for one request to one model")
    gemini_api_key: SecretStr | None = Field(default=None, description="Key for google: models")
    gemini_base_url: str | None = Field(default=None, description="Another address for google: models")
    openai_api_key: SecretStr | None = Field(default=None, description="Key for openai: and openai-chat: models")
    openai_base_url: str | None = Field(default=None, description="Another address for OpenAI models, ending in /v1")

    @field_validator("ladder")
    @classmethod
    def known_providers(cls, ladder: str) -> str:
        for name in filter(None, map(str.strip, ladder.split(","))):
            provider, _, model = name.partition(":")
            if provider not in {"google", "openai", "openai-chat"} or not model:
                raise ValueError(f"{name!r} is no model: write google:<model>, openai:<model> or openai-chat:<model>")
        return ladder


class SpeechSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_SPEECH_", frozen=True)

    transcriber: str = Field(
        default="",
        description="Writes voice notes down: google:<model>, openai-chat:<model that hears> or openai:<transcription "
        "model>; empty for the models of the ladder that hear, off for none",
    )
    timeout_s: float = Field(default=30.0, gt=0, le=120, description="Time limit for writing one voice note down")
    max_seconds: int = Field(default=300, ge=1, le=3600, description="Longest voice note that is listened to")
    api_key: SecretStr | None = Field(
        default=None, description="Key for an openai: transcriber; at the address of the OpenAI models, theirs if unset"
    )
    base_url: str | None = Field(
        default=None, description="Another address for an openai: transcriber, ending in /v1, such as a Whisper server"
    )

    @field_validator("transcriber")
    @classmethod
    def known_transcriber(cls, transcriber: str) -> str:
        provider, _, model = transcriber.partition(":")
        if transcriber not in {"", "off"} and (provider not in {"google", "openai", "openai-chat"} or not model):
            raise ValueError(
                f"{transcriber!r} is no transcriber: write openai:<model>, google:<model>, openai-chat:<model> or off"
            )
        return transcriber


class BudgetSettings(BaseSettings):
    """What may be used in a day (of UTC); beyond it a person decides."""

    model_config = SettingsConfigDict(env_prefix="PROLI_BUDGET_", frozen=True)

    contact_turns: int = Field(default=200, ge=1, description="Turns of the agent with one contact in a day")
    contact_model_requests: int = Field(default=600, ge=1, description="Requests to models for one contact in a day")
    contact_offers: int = Field(default=25, ge=1, description="Visits that one contact may ask for in a day")
    contact_messages: int = Field(default=300, ge=1, description="Messages sent to one contact in a day")
    contact_moves: int = Field(default=6, ge=1, description="Moves of visits by one contact's links in a day")
    business_turns: int = Field(default=20_000, ge=1, description="Turns of the agent in one business in a day")
    business_model_requests: int = Field(
        default=60_000, ge=1, description="Requests to models for one business in a day"
    )
    business_offers: int = Field(default=3_000, ge=1, description="Visits asked for in one business in a day")
    business_messages: int = Field(default=30_000, ge=1, description="Messages sent by one business in a day")
    business_moves: int = Field(default=500, ge=1, description="Moves of visits by links in one business in a day")

    def of_contact(self, kind: str) -> int:
        return int(getattr(self, f"contact_{kind}"))

    def of_business(self, kind: str) -> int:
        return int(getattr(self, f"business_{kind}"))


class MediaSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_MEDIA_", frozen=True)

    max_bytes: int = Field(default=16_000_000, ge=1_000, description="Largest file taken from a customer")
    timeout_s: float = Field(default=20.0, gt=0, le=120, description="Time limit for loading one file")
    allow_private_hosts: bool = Field(default=False, description="Load media from private addresses too (tests only)")
