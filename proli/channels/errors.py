from typing import ClassVar

from proli.platform.errors import ProliError


class MalformedPayload(ProliError):
    """A provider's message lacks a field, or has one of another type; `field` names it."""

    status: ClassVar[int] = 400
