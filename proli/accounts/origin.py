"""Where somebody comes from, as it is made at the edge and handed down to what is counted and kept of them."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

LONGEST_DEVICE: Final = 200
HOUSEHOLD: Final = 64
"""Whoever has one address of IPv6 has all of the same first bits."""


@dataclass(frozen=True, slots=True)
class Origin:
    """`source` is the client's address, `device` what the browser calls itself."""

    source: str = ""
    device: str = ""


def counted_source(source: str) -> str:
    """What the tries of an address are counted by."""
    try:
        address = ip_address(source)
    except ValueError:
        return source[:64]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, HOUSEHOLD), strict=False).network_address)
    return str(address)
