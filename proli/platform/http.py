"""The one HTTP client of the process: pooled, bounded in time, never following redirects on its own."""

import ssl
from functools import cache

import httpx2

from proli import __version__

TIMEOUT = httpx2.Timeout(20.0, connect=5.0)
LIMITS = httpx2.Limits(max_connections=100, max_keepalive_connections=50)


@cache
def trust() -> ssl.SSLContext:
    """Whom the process trusts, read once: it takes longer than all else that a client needs."""
    return httpx2.create_ssl_context(trust_env=False)


def make_http() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        verify=trust(),
        timeout=TIMEOUT,
        limits=LIMITS,
        follow_redirects=False,
        trust_env=False,
        headers={"user-agent": f"proli/{__version__}"},
    )
