from typing import ClassVar

from proli.platform.errors import ProliError


class TooManyMoves(ProliError):
    """The visits of this customer have been moved often enough today; by writing, a person can still do it."""

    status: ClassVar[int] = 429
