"""Who of the business takes calls, and when: in the business's hours outside of its rest, or always."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from proli.professionals.rules import WORKING_WEEK, Hours, parse_hours, spans_on
from proli.scheduling.observance import RestPolicy, closed_for
from proli.scheduling.rules import Interval

MOST: Final = 10
_INSTANT: Final = timedelta(microseconds=1)


class OnCall(BaseModel):
    """Somebody to whom a caller can be connected."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*\S[^\x00]*$")]
    phone_e164: Annotated[str, Field(max_length=40, examples=["+972521234567"])]
    always: Annotated[bool, Field(description="At any hour, also on days of rest; else in the hours alone.")] = False


class TransferList(BaseModel):
    """Those who take calls, the first one first, and the hours of those who do not always."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: Annotated[Hours, Field(description='Weekday, "0" for Sunday, to spans in minutes of the day.')] = Field(
        default_factory=lambda: parse_hours(WORKING_WEEK)
    )
    people: Annotated[list[OnCall], Field(max_length=MOST)] = Field(default_factory=list[OnCall])


def transfer_list(stored: Mapping[str, Any]) -> TransferList:
    """As a business has it."""
    return TransferList.model_validate(stored)


def on_call_at(listed: TransferList, moment: datetime, *, policy: RestPolicy, zone: ZoneInfo) -> Sequence[OnCall]:
    """Those to whom a caller can be connected at that moment, in order."""
    local = moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    open_now = any(start <= minute < end for start, end in spans_on(listed.hours, {}, local.date()))
    instant = Interval(moment, moment + _INSTANT)
    open_now = open_now and not any(one.overlaps(instant) for one in closed_for(policy, instant, None))
    return [one for one in listed.people if one.always or open_now]
