"""What the doctor says of each thing that it looks at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `todo` says what to do when it is not well."""

    what: str
    level: Literal["ok", "note", "bad"]
    found: str
    todo: str = ""
