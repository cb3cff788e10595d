"""Three businesses: one that keeps Shabbat and holidays, one that is always open, and one in another time zone."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import update

from proli.accounts.actions import create_business
from proli.accounts.models import Business
from proli.conversations.accounts import add_channel_account
from proli.platform.runtime import Runtime
from proli.professionals.actions import Profile, add_professional
from proli.scheduling.observance import OPEN_ALWAYS
from tests.conftest import ManualClock
from tests.doubles.green_api import WEBHOOK_TOKEN, GreenApiDouble, running_green_api

ALL_DAY: Final = {str(day): [[0, 1440]] for day in range(7)}
QUIET: Final = (21 * 60, 8 * 60)
NEVER: Final = (0, 0)
NAMES: Final = ("יוסי כהן", "משה לוי", "אבי מזרחי", "דוד פרץ", "רון ביטון", "גיל אזולאי")
PLACE: Final = "תל אביב"


@dataclass(frozen=True)
class Town:
    """A business as the game and the auditor know it."""

    slug: str
    zone: ZoneInfo
    keeps: bool
    """Shabbat and holidays."""
    quiet: tuple[int, int]
    """When its customers are not written to."""
    own_quiet: tuple[int, int]
    """When its professionals are not."""
    hours: tuple[int, int]
    """The first and the last hour at which visits are asked for."""
    sweeps: dict[str, Any] = field(default_factory=dict[str, Any])
    double: Any = None
    business_id: int = 0
    staff: str = ""
    professionals: dict[int, str] = field(default_factory=dict[int, str])
    """Their phones."""


TOWNS: Final = (
    Town("keeper", ZoneInfo("Asia/Jerusalem"), True, QUIET, (22 * 60, 7 * 60), (0, 23)),
    Town("always", ZoneInfo("Asia/Jerusalem"), False, NEVER, NEVER, (0, 23), {"visits": {"minutes": 60}}),
    Town(
        "london", ZoneInfo("Europe/London"), False, QUIET, (22 * 60, 7 * 60), (6, 22), {"agenda": {"minutes": 7 * 60}}
    ),
)
LONG_LISTS: Final = {"sends": {"minutes": 60}, "numbers": {"minutes": 60}, "holds": {"minutes": 60}}


@asynccontextmanager
async def built(runtime: Runtime, clock: ManualClock) -> AsyncGenerator[Sequence[Town]]:
    """The businesses stand, each with its people and a number at a Green API of its own."""
    async with AsyncExitStack() as stack:
        towns = list[Town]()
        for number, town in enumerate(TOWNS, 1):
            double = await stack.enter_async_context(running_green_api(clock=clock, id_instance=f"710300000{number}"))
            towns.append(await build(runtime, town, number, double))
        yield towns


async def build(runtime: Runtime, town: Town, number: int, double: GreenApiDouble) -> Town:
    staff = f"+97254000000{number}"
    rest = {} if town.keeps else {**OPEN_ALWAYS, "quiet_start_minute": town.quiet[0], "quiet_end_minute": town.quiet[1]}
    async with runtime.db.begin_operator() as session:
        business = await create_business(
            session, slug=town.slug, name=town.slug, zone=town.zone.key, staff_e164=staff, rest=rest
        )
        await session.flush()
        business_id = business.id
        own = {"sweeps": {**LONG_LISTS, **town.sweeps}}
        await session.execute(update(Business).where(Business.id == business_id).values(**own))
    professionals = dict[int, str]()
    async with runtime.db.begin(business_id) as session:
        await add_channel_account(
            session, runtime.vault,
            provider="green_api", external_id=double.id_instance, credentials=double.credentials,
            webhook_token=WEBHOOK_TOKEN,
        )  # fmt: skip
        for place, name in enumerate(NAMES):
            phone = f"+97252{number}0000{place:02}"
            profile = Profile(
                name=name, phone_e164=phone, trades=("plumber",), base_locality=PLACE, radius_km=15,
                rating_sum=40 + place, rating_count=10, max_open_jobs=400, buffer_minutes=15,
            )  # fmt: skip
            one = await add_professional(session, profile)
            one.hours = ALL_DAY
            one.quiet_start_minute, one.quiet_end_minute = town.own_quiet
            await session.flush()
            professionals[one.id] = phone
    return Town(
        town.slug, town.zone, town.keeps, town.quiet, town.own_quiet, town.hours,
        {**LONG_LISTS, **town.sweeps}, double, business_id, staff, professionals,
    )  # fmt: skip


LENGTH: Final = timedelta(minutes=60)
