"""The price list: the agent names no other prices."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.audit import record, record_change
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.platform.doors.fields import PLAIN, Body, Version
from proli.professionals.errors import PriceChanged
from proli.professionals.models import Price
from proli.professionals.prices import get_price, list_price_lines, write_price

router = APIRouter(prefix="/api/businesses/{slug}/prices", tags=["settings"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Manager = Annotated[Inside, inside(Role.manager)]
Agorot = Annotated[int, Field(ge=0, le=1_000_000_000, description="In agorot.", examples=[25000])]
Label = Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN, examples=["ביקור ואבחון"])]
Id = Annotated[str, Field(max_length=80)]
CLEARED = frozenset({"to_agorot", "issue", "professional_id"})
"""What null empties; null for anything else leaves it as it is."""


class PriceOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    version: Annotated[int, Field(description="To be sent back with an edit.")]
    changed_at: datetime
    trade: Annotated[str, Field(examples=["plumber"])]
    issue: str | None
    label: str
    from_agorot: int
    to_agorot: Annotated[int | None, Field(description="The highest, for a range.")]
    professional_id: Annotated[int | None, Field(description="Whose price it is; null for the whole business's.")]


class NewPrice(Body):
    trade: Id
    issue: Id | None = None
    label: Label
    from_agorot: Agorot
    to_agorot: Agorot | None = None
    professional_id: int | None = None


class PriceEdit(Body):
    """What is left out stays; null empties `issue`, `to_agorot` and `professional_id`."""

    version: Version
    trade: Id | None = None
    issue: Id | None = None
    label: Label | None = None
    from_agorot: Agorot | None = None
    to_agorot: Agorot | None = None
    professional_id: int | None = None


@router.get("")
async def get_prices(inside: Viewer) -> list[PriceOut]:
    """The whole price list, by trade."""
    return [PriceOut.model_validate(one) for one in await list_price_lines(inside.session)]


@router.post("", status_code=201)
async def post_price(body: NewPrice, inside: Manager) -> PriceOut:
    """Add a line to the price list."""
    price = await write_price(inside.session, Price(), body.model_dump())
    record(inside, "price.added", f"price:{price.id}", body.model_dump())
    return PriceOut.model_validate(price)


@router.patch("/{price_id}")
async def patch_price(price_id: int, body: PriceEdit, inside: Manager) -> PriceOut:
    """Change a line of the price list, unless somebody else has meanwhile."""
    sent = body.model_dump(exclude={"version"}, exclude_unset=True)
    given: dict[str, Any] = {name: value for name, value in sent.items() if value is not None or name in CLEARED}
    price = await get_price(inside.session, price_id, lock=True)
    if price.version != body.version:
        raise PriceChanged(price_id=price_id, version=price.version)
    record_change(inside, "price.changed", f"price:{price_id}", price, given)
    return PriceOut.model_validate(await write_price(inside.session, price, given))


@router.delete("/{price_id}", status_code=204)
async def delete_price(price_id: int, inside: Manager) -> None:
    """Take a line out of the price list."""
    price = await get_price(inside.session, price_id, lock=True)
    record(inside, "price.removed", f"price:{price_id}", {"label": price.label, "from_agorot": price.from_agorot})
    await inside.session.delete(price)
