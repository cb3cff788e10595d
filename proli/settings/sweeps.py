"""How a business has its sweeps, as the console shows and changes it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field

from proli.accounts.errors import BadSetting
from proli.platform.doors.fields import Body
from proli.sweeps.plans import PLANS, Setting, Sweep, may_be, setting_of


class SweepOut(BaseModel):
    name: Sweep
    on: bool
    minutes: Annotated[int, Field(description="Between two runs; of a daily one the minute of the day.")]
    usual_minutes: int
    least: int
    most: int
    daily: bool
    essential: Annotated[bool, Field(description="It cannot be switched off.")]


class SweepIn(Body):
    on: bool = True
    minutes: Annotated[int, Field(ge=1, le=1440)]


type Sweeps = Annotated[dict[Sweep, SweepIn], Field(max_length=len(Sweep))]


def shown_sweeps(own: Mapping[str, Any]) -> list[SweepOut]:
    return [
        SweepOut(
            name=sweep, on=setting_of(own, sweep).on, minutes=setting_of(own, sweep).minutes,
            usual_minutes=plan.minutes, least=plan.least, most=plan.most, daily=plan.daily, essential=plan.essential,
        )
        for sweep, plan in PLANS.items()
    ]  # fmt: skip


def own_sweeps(wanted: Mapping[Sweep, SweepIn]) -> dict[str, Any]:
    """What is stored: those that differ from what is usual.

    Raises:
        BadSetting: out of bounds, or off where people would be left waiting.
    """
    own: dict[str, Any] = {}
    for sweep, one in wanted.items():
        setting = Setting(on=one.on, minutes=one.minutes)
        if not may_be(sweep, setting):
            raise BadSetting(field="sweeps")
        if setting != setting_of({}, sweep):
            own[sweep.value] = {"on": one.on, "minutes": one.minutes}
    return own
