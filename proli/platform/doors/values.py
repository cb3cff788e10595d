"""Values that the database has room for, and that can be reckoned with."""

from datetime import UTC, date, datetime
from typing import Annotated, Final

from pydantic import AwareDatetime, Field

LARGEST: Final = 2**63 - 1
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2200, 1, 1)
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)

Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
"""A moment with its zone, far enough from the ends of time for whole years to be added or taken away."""
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
