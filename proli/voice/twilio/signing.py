"""Whether a request comes from Twilio, by the validator that Twilio itself publishes."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final, Protocol, cast
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from proli.platform.settings import HttpSettings

SIGNATURE: Final = "x-twilio-signature"
SETTINGS: Final = "x-twilio-webhooks-signature-settings"
"""Names the algorithm where it is not the old one."""


class Validator(Protocol):
    def validate(self, uri: str, params: Mapping[str, str], signature: str, algorithm: str) -> bool: ...


class Package(Protocol):
    """What is used of `twilio.request_validator`, which says nothing of its types."""

    def RequestValidator(self, token: str) -> Validator: ...  # noqa: N802 - its name
    def get_signature_algorithm(self, signature_settings_header: str) -> str: ...


@cache
def package() -> Package:
    """Loaded with the first call that comes."""
    return cast(Package, import_module("twilio.request_validator"))


def is_installed() -> bool:
    """Whether the extra `voice` is there, without which nobody's signature can be checked."""
    return find_spec("twilio") is not None


def is_signed(secrets: Iterable[str], *, url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Whether one of the secrets has signed this request; without the package nothing counts as signed."""
    shown = headers.get(SIGNATURE, "")
    if not shown or not is_installed():
        return False
    algorithm = package().get_signature_algorithm(headers.get(SETTINGS, ""))
    validators = [package().RequestValidator(secret) for secret in secrets if secret]
    return any(one.validate(url, fields, shown, algorithm) for one in validators)


def public_url(request: HTTPConnection, http: HttpSettings, path: str | None = None) -> str:
    """The address of this request, or of another path, as the provider knows it: behind a proxy the one that is set."""
    own = f"{request.url.scheme.replace('ws', 'http')}://{request.url.netloc}"
    base = http.public_url or own
    if path is not None:
        return base + path
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{base}{request.url.path}{query}"


def media_url(request: HTTPConnection, http: HttpSettings, path: str) -> str:
    """Where the provider opens the line of a call."""
    parts = urlsplit(public_url(request, http, path))
    return parts._replace(scheme="wss" if parts.scheme == "https" else "ws").geturl()
