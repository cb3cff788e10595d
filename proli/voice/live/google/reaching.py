"""How Google's services of speech are reached: by its own client, over one channel each for all calls of a process."""

import asyncio
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

from proli.platform.errors import ConfigurationError
from proli.platform.settings import VoiceSettings

type Service = Literal["speech", "texttospeech"]

CONNECT_S: Final = 1.5
"""The longest wait for a connection."""
SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
CLIENTS: Final = {
    "speech": ("google.cloud.speech_v2", "SpeechAsyncClient"),
    "texttospeech": ("google.cloud.texttospeech_v1", "TextToSpeechAsyncClient"),
}
PLAIN: Final = "http://"
"""Before an address on this machine, which is spoken to without TLS and never shown a credential."""
INSTALL: Final = "Google's ears and voice need what the extra has: pip install 'proli[voice]'."


def is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def load(name: str) -> Any:
    """A package of Google's.

    Raises:
        ConfigurationError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise ConfigurationError(INSTALL) from error


@dataclass
class Google:
    """The clients of one event loop, each made when it is first asked for."""

    settings: VoiceSettings
    takes_phrases: bool = True
    """Whether the model lets itself be told what is likely to be said; known once it has refused."""
    _key: Any = None
    _channels: dict[Service, Any] = field(default_factory=dict[Service, Any])
    _clients: dict[Service, Any] = field(default_factory=dict[Service, Any])

    def address(self, service: Service) -> str:
        """Where the service is: as set, or of the location, as others know no model of it."""
        own = {"speech": self.settings.google_speech_endpoint, "texttospeech": self.settings.google_voice_endpoint}
        place = self.settings.google_location
        regional = "" if service == "texttospeech" or place == "global" else f"{place}-"
        return own[service] or f"{regional}{service}.googleapis.com"

    def check(self, service: Service) -> None:
        """Everything is there to ask the service, as far as can be told without asking, and without loading its client.

        Raises:
            ConfigurationError: what it needs is not installed, or there is no key.
        """
        if not is_installed(CLIENTS[service][0]):
            raise ConfigurationError(INSTALL)
        path = self.settings.google_credentials
        if not self.is_plain(service) and (path is None or not path.is_file()):
            raise ConfigurationError(f"PROLI_VOICE_GOOGLE_CREDENTIALS: {path or 'not set'}, and no file with a key.")

    def is_plain(self, service: Service) -> bool:
        return self.address(service).startswith(PLAIN)

    async def client(self, service: Service) -> Any:
        """The client, once it is connected.

        Raises:
            ConfigurationError: what it needs is not installed, or the credentials are no such file.
            TimeoutError: there is no connection.
        """
        if service not in self._clients:
            await asyncio.to_thread(load, CLIENTS[service][0])  # a second of one core, of which calls must not hear
            if not self.is_plain(service):
                await asyncio.to_thread(self.credentials)
            self._open(service)
        async with asyncio.timeout(CONNECT_S):
            await self._channels[service].channel_ready()
        return self._clients[service]

    def credentials(self) -> Any:
        """The key of the settings, as Google's client takes it; its file is read once.

        Raises:
            ConfigurationError: there is none, or it is not one.
        """
        path = self.settings.google_credentials
        if path is None:
            raise ConfigurationError("Google wants a key: set PROLI_VOICE_GOOGLE_CREDENTIALS to its file.")
        self._key = self._key or read_key(path)
        return self._key

    def recognizer(self) -> str:
        """The recogniser without settings of its own, of the project that is billed: as set, or that of the key.

        Raises:
            ConfigurationError: neither names one.
        """
        key = None if self.is_plain("speech") else self.credentials()
        project = self.settings.google_project or getattr(key, "project_id", None) or ("local" if key is None else "")
        if not project:
            raise ConfigurationError("The key names no project: set PROLI_VOICE_GOOGLE_PROJECT.")
        return f"projects/{project}/locations/{self.settings.google_location}/recognizers/_"

    def _open(self, service: Service) -> None:
        if service in self._clients:
            return
        name, client = CLIENTS[service]
        kind: Any = getattr(load(name), client)
        transport: Any = kind.get_transport_class("grpc_asyncio")
        address = self.address(service)
        if self.is_plain(service):
            options = (("grpc.enable_http_proxy", 0),)
            channel = load("grpc.aio").insecure_channel(address.removeprefix(PLAIN), options=options)
        else:
            channel = transport.create_channel(address, credentials=self._key, scopes=(SCOPE,))
        self._channels[service] = channel
        self._clients[service] = kind(transport=transport(channel=channel))

    async def close(self) -> None:
        channels, self._channels, self._clients = list(self._channels.values()), {}, {}
        for channel in channels:
            await channel.close()


def read_key(path: Path) -> Any:
    """A service account's key, or another file of credentials that Google's client knows.

    Raises:
        ConfigurationError
    """
    try:
        credentials, _ = load("google.auth").load_credentials_from_file(str(path), scopes=(SCOPE,))
    except Exception as error:
        raise ConfigurationError(
            f"PROLI_VOICE_GOOGLE_CREDENTIALS: {path} is no key of Google's ({type(error).__name__})."
        ) from error
    return credentials


def code_of(fault: BaseException) -> str:
    """Google's name of what went wrong, such as UNAVAILABLE; empty for what is no answer of Google's."""
    return getattr(getattr(fault, "grpc_status_code", None), "name", "")
