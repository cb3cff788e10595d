"""A business with people who take calls."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from proli.accounts.models import Business
from proli.scheduling.on_call import OnCall
from proli.voice.models import CallTransfer
from proli.voice.rules import TransferReason
from proli.voice.transfers import Leading
from tests.voice.conftest import Desk

DANA, YOSSI = "+972521110001", "+972521110002"
PEOPLE = [
    {"name": "דנה", "phone_e164": DANA, "always": True},
    {"name": "יוסי", "phone_e164": YOSSI, "always": True},
]
LEADING = Leading([OnCall.model_validate(one) for one in PEOPLE], TransferReason.asked)


async def take_calls(desk: Desk, people: Sequence[dict[str, Any]] = PEOPLE) -> None:
    async with desk.runtime.db.begin(desk.business_id) as session:
        (await session.get_one(Business, desk.business_id)).transfers = {"people": list(people)}


async def transfer_of(desk: Desk) -> CallTransfer:
    async with desk.runtime.db.begin(desk.business_id) as session:
        return (await session.scalars(select(CallTransfer))).one()
