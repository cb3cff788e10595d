"""Files of messages, as a browser may safely be given what strangers have sent."""

from typing import Final
from urllib.parse import quote

SHOWN: Final = ("image/", "audio/", "video/")
"""What a page shows or plays; all else is saved."""
SCRIPTED: Final = frozenset({"image/svg+xml"})
"""Pictures that could run something."""
KEPT_S: Final = 3600


def headers_of(mime_type: str, name: str) -> dict[str, str]:
    """A browser shows pictures and plays sounds and films; everything else it saves, and nothing it runs."""
    inline = mime_type.startswith(SHOWN) and mime_type not in SCRIPTED
    named = f"; filename*=UTF-8''{quote(name[:200], safe='')}" if name else ""
    return {
        "content-disposition": ("inline" if inline else "attachment") + named,
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": f"private, max-age={KEPT_S}",
    }
