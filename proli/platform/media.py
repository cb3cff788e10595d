"""Files that people send, loaded from wherever the provider keeps them, without being led into our own network."""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import Final

import httpx2

from proli.platform.agent_settings import MediaSettings
from proli.platform.errors import ProliError
from proli.platform.runtime import Runtime

MAX_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.ip_network("64:ff9b::/96")

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNTYPED: Final = frozenset({"application/octet-stream", "binary/octet-stream", "application/ogg", ""})
"""Types that say nothing; then the one that the provider announced counts."""


class MediaUnavailable(ProliError):
    """A file that somebody sent cannot be had: gone, too big, too slow, or not on the open internet."""


@dataclass(frozen=True, slots=True)
class Media:
    data: bytes
    mime_type: str
    """Lower case, without parameters."""


async def load_media(runtime: Runtime, url: str) -> Media:
    """The file at `url`.

    Raises:
        MediaUnavailable: with the reason; also for any address that is not public.
    """
    settings = runtime.settings.media
    try:
        async with asyncio.timeout(settings.timeout_s):
            for _ in range(1 + MAX_REDIRECTS):
                found = await load_once(runtime, httpx2.URL(url))
                if isinstance(found, Media):
                    return found
                url = found
    except TimeoutError as error:
        raise MediaUnavailable(reason="too slow") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError) as error:
        raise MediaUnavailable(reason=type(error).__name__) from error
    raise MediaUnavailable(reason="too many redirects")


async def load_once(runtime: Runtime, url: httpx2.URL) -> Media | str:
    """The file, or the address it is said to be at instead.

    The connection goes to the very address that was checked: a name could resolve to another one a moment later.
    """
    settings = runtime.settings.media
    address = await public_address(url, settings)
    pinned = url.copy_with(host=str(address), fragment=None)
    headers = {"host": url.netloc.decode("ascii"), "accept-encoding": "identity"}
    extensions = {"sni_hostname": url.host}
    async with runtime.http.stream("GET", pinned, headers=headers, extensions=extensions) as response:
        if response.status_code in REDIRECTS and "location" in response.headers:
            return str(url.join(response.headers["location"]))
        if response.status_code != 200:
            raise MediaUnavailable(reason=f"status {response.status_code}")
        mime_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Media(await read_bounded(response, settings.max_bytes), mime_type or "application/octet-stream")


async def read_bounded(response: httpx2.Response, limit: int) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise MediaUnavailable(reason="too big")
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > limit:
            raise MediaUnavailable(reason="too big")
    return bytes(data)


async def public_address(url: httpx2.URL, settings: MediaSettings) -> Address:
    """An address of the URL's host; all of them must be public.

    Raises:
        MediaUnavailable: another scheme, a login in the URL, an unknown host, or an address inside a network.
    """
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise MediaUnavailable(reason="not a web address")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, url.port or 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise MediaUnavailable(reason="unknown host") from error
    addresses = [ipaddress.ip_address(str(entry[4][0])) for entry in found]
    if not addresses:
        raise MediaUnavailable(reason="unknown host")
    if not settings.allow_private_hosts and not all(is_public(address) for address in addresses):
        raise MediaUnavailable(reason="not a public address")
    return addresses[0]


def is_public(address: Address) -> bool:
    """True for an address of the open internet; one that wraps an IPv4 address counts as that one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_link_local)
