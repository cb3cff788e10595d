"""Who the agent is talking to and on whose behalf. Comes from verified rows, never from a model."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from proli.platform.runtime import Runtime


@dataclass(frozen=True)
class Deps:
    runtime: Runtime
    business_id: int
    conversation_id: int
    contact_id: int
    turn_key: str
    """The same for a turn however often it is tried."""
    now: datetime
    zone: ZoneInfo
    language: str
    tried_before: bool = False
    """An earlier try of this turn has committed something, which the tools must look for before they act."""
    offered: list[str] = field(default_factory=list[str])
    """Starts of the times shown to the model in this turn, ISO 8601 in UTC; filled by the tools."""
