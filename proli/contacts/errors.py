from typing import ClassVar

from proli.platform.errors import ProliError


class OverBudget(ProliError):
    """So much has been used today that a person should decide; `of` says whose budget it is, `kind` of what."""

    status: ClassVar[int] = 429
