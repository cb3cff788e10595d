"""Settings: small frozen groups read once from the environment at boot. Nothing else reads the environment."""

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

import platformdirs
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from proli.platform.agent_settings import AgentSettings, BudgetSettings, MediaSettings, ModelSettings, SpeechSettings
from proli.platform.errors import ConfigurationError
from proli.platform.voice_settings import VoiceSettings, split


def default_home() -> Path:
    """Where Proli keeps its data; for root a system folder, as the embedded database opens its parents to be read."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/proli")
    return platformdirs.user_data_path("proli")


class CoreSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_", frozen=True)

    home: Path = Field(default_factory=default_home, description="Folder for the embedded database, keys and logs")
    database_url: str | None = Field(default=None, description="Any PostgreSQL 15+; the embedded one when not set")
    database_operator_url: str | None = Field(
        default=None, description="The same database, as the login for what concerns all businesses"
    )
    database_owner_url: str | None = Field(
        default=None,
        description="The same database, as its owner: for proli migrate and restore, which make the two logins",
    )
    database_pool_size: int = Field(default=20, ge=2, le=200, description="Connections per process")
    secret_key: SecretStr | None = Field(
        default=None, description="Encrypts credentials; needed with PROLI_DATABASE_URL"
    )

    @field_validator("database_operator_url", "database_owner_url")
    @classmethod
    def beside_the_first(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is not None and info.data.get("database_url") is None:
            raise ValueError("it is for a PostgreSQL of your own, so set PROLI_DATABASE_URL too")
        return url


class HttpSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_HTTP_", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8700, ge=0, le=65535, description="Port to listen on")
    max_body_bytes: int = Field(default=1_000_000, ge=1_000, description="Largest accepted webhook")
    max_connections: int = Field(default=2_000, ge=10, le=100_000, description="Connections at once; more get 503")
    trusted_proxies: str = Field(
        default="127.0.0.1,::1",
        description="Addresses or networks, with commas, of the proxies whose X-Forwarded-For and -Proto are believed",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Asked for by /metrics as a bearer token; without one it answers this machine alone, and nobody "
        "once there is a public address",
    )
    api_docs: bool = Field(default=False, description="Show the API's documentation at /api/docs and /api/openapi.json")
    public_url: str | None = Field(
        default=None,
        description="Where customers reach this installation, such as https://proli.example.com; with it, messages "
        "about visits carry a link",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def addresses(cls, trusted_proxies: str) -> str:
        for one in split(trusted_proxies):
            try:
                ipaddress.ip_network(one)
            except ValueError as error:
                raise ValueError(f"{one!r} is neither an address nor a network such as 10.0.0.0/8") from error
        return trusted_proxies

    @property
    def secure(self) -> bool:
        """Whether browsers reach this installation by https alone."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @field_validator("public_url")
    @classmethod
    def whole_address(cls, public_url: str | None) -> str | None:
        if public_url is not None and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", public_url):
            raise ValueError("an address begins with https:// and has no ? or #")
        return public_url.rstrip("/") if public_url else None


class LogSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_LOG_", frozen=True)

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least severe level written"
    )
    format: Literal["text", "json"] = Field(default="text", description="Shape of a log line")
    file: Path | None = Field(
        default=None, description="Also write to this file, rotated at 10 MB, kept 10 days, compressed"
    )


class TracesSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_TRACES_", frozen=True)

    url: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        description="Where traces go, by OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces",
    )
    share: float = Field(default=1.0, gt=0, le=1, description="The share of webhooks whose way is traced")


class WorkerSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_WORKER_", frozen=True)

    concurrency: int = Field(default=16, ge=1, le=500, description="Jobs one worker runs at once")
    poll_s: float = Field(default=0.2, gt=0, le=60, description="How often a worker looks for due jobs")
    heartbeat_s: float = Field(default=3.0, gt=0, le=60, description="How often a worker says that it lives")
    stalled_after_s: float = Field(
        default=15.0, gt=0, le=600, description="Silence after which its jobs go to another worker"
    )
    grace_s: float = Field(
        default=20.0,
        ge=0,
        le=600,
        description="Time for what is running to end when the process is told to stop; jobs then go back in line",
    )
    stuck_after_s: float = Field(
        default=30.0, gt=0, le=3600, description="Standstill after which its process ends, to be started again"
    )


class OutboxSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PROLI_OUTBOX_", frozen=True)

    per_second: float = Field(default=50, gt=0, le=1_000, description="Messages that one number sends in a second")


GROUPS: dict[str, type[BaseSettings]] = {
    "core": CoreSettings,
    "http": HttpSettings,
    "log": LogSettings,
    "traces": TracesSettings,
    "worker": WorkerSettings,
    "outbox": OutboxSettings,
    "agent": AgentSettings,
    "model": ModelSettings,
    "speech": SpeechSettings,
    "voice": VoiceSettings,
    "media": MediaSettings,
    "budget": BudgetSettings,
}


class Settings:
    """All groups together, immutable by convention of its parts."""

    def __init__(
        self,
        *,
        core: CoreSettings,
        http: HttpSettings,
        log: LogSettings,
        worker: WorkerSettings,
        agent: AgentSettings,
        model: ModelSettings,
        speech: SpeechSettings,
        media: MediaSettings,
        budget: BudgetSettings | None = None,
        outbox: OutboxSettings | None = None,
        traces: TracesSettings | None = None,
        voice: VoiceSettings | None = None,
    ) -> None:
        self.core = core
        self.http = http
        self.log = log
        self.worker = worker
        self.agent = agent
        self.model = model
        self.speech = speech
        self.media = media
        self.budget = budget or BudgetSettings()
        self.outbox = outbox or OutboxSettings()
        self.traces = traces or TracesSettings()
        self.voice = voice or VoiceSettings()

    @classmethod
    def load(cls) -> Self:
        """The settings of this process.

        Raises:
            ConfigurationError: an unknown name or a value that does not fit, with what to do.
        """
        refuse_unknown(os.environ)
        try:
            return cls(**{name: group() for name, group in GROUPS.items()})  # type: ignore[arg-type]
        except ValidationError as error:
            raise ConfigurationError(describe(error)) from error


def known_names() -> dict[str, str]:
    """Every environment variable Proli reads, with its description."""
    return {
        f"{group.model_config.get('env_prefix', '')}{field}".upper(): info.description or ""
        for group in GROUPS.values()
        for field, info in group.model_fields.items()
    }


def refuse_unknown(environment: Mapping[str, str]) -> None:
    known = known_names()
    for name in environment:
        if name.upper().startswith("PROLI_") and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f"did you mean {near[0]}?" if near else "run `proli doctor` to see all settings."
            raise ConfigurationError(f"Unknown setting {name}: {hint}")


def describe(error: ValidationError) -> str:
    first = error.errors()[0]
    group = next(g for g in GROUPS.values() if g.__name__ == error.title)
    name = f"{group.model_config.get('env_prefix', '')}{'_'.join(map(str, first['loc']))}".upper()
    return f"Setting {name} is not usable: {first['msg']}."
