"""Professionals in the console: who they are, what they do, where and when."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.audit import record, record_change
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.knowledge.places import find_locality
from proli.platform.doors.values import Day
from proli.playbooks.trades import known_trades
from proli.professionals.actions import Profile, add_professional, change_professional
from proli.professionals.errors import BadProfessionalField, ProfessionalChanged
from proli.professionals.queries import get_professional, list_everybody
from proli.professionals.rules import checked

router = APIRouter(prefix="/api/businesses/{slug}/professionals", tags=["professionals"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Manager = Annotated[Inside, inside(Role.manager)]
Spans = list[Annotated[list[int], Field(min_length=2, max_length=2)]]
Minutes = Annotated[int, Field(ge=5, le=720)]
Names = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=200)]


class ProfessionalOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    version: Annotated[int, Field(description="To be sent back with an edit.")]
    name: str
    phone_e164: str
    active: bool
    trades: list[str]
    localities: list[str]
    base_locality: str | None
    radius_km: int | None
    hours: Annotated[dict[str, Any], Field(description='Weekday, "0" for Sunday, to spans in minutes from midnight.')]
    exceptions: Annotated[dict[str, Any], Field(description="Date to the spans of that day; none is a day off.")]
    rating_sum: int
    rating_count: int
    max_open_jobs: int
    visit_minutes: int
    buffer_minutes: int
    prompt: str


class ProfessionalDetails(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None
    active: bool | None = None
    trades: Names | None = None
    localities: Names | None = None
    base_locality: Annotated[str | None, Field(max_length=80)] = None
    radius_km: Annotated[int | None, Field(ge=1, le=500)] = None
    hours: Annotated[dict[str, Spans] | None, Field(examples=[{"0": [[480, 1080]]}])] = None
    exceptions: Annotated[dict[Day, Spans] | None, Field(examples=[{"2026-12-25": []}])] = None
    max_open_jobs: Annotated[int | None, Field(ge=1, le=100)] = None
    visit_minutes: Minutes | None = None
    buffer_minutes: Annotated[int | None, Field(ge=0, le=240)] = None
    prompt: Annotated[str | None, Field(max_length=4000)] = None


CLEARABLE = frozenset({"base_locality", "radius_km"})


class ProfessionalEdit(ProfessionalDetails):
    version: int


class NewProfessional(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=120)]
    phone: Annotated[str, Field(max_length=40, examples=["052-123-4567"])]
    trades: Annotated[Names, Field(min_length=1)]
    base_locality: Annotated[str | None, Field(max_length=80)] = None
    radius_km: Annotated[int | None, Field(ge=1, le=500)] = None
    localities: Names = []


@router.get("")
async def get_professionals(inside: Viewer) -> list[ProfessionalOut]:
    """Everybody who gives the service, those who do no more last."""
    return [ProfessionalOut.model_validate(one) for one in await list_everybody(inside.session)]


@router.get("/{professional_id}")
async def get_one(professional_id: int, inside: Viewer) -> ProfessionalOut:
    """One professional."""
    return ProfessionalOut.model_validate(await get_professional(inside.session, professional_id))


@router.post("", status_code=201)
async def post_professional(body: NewProfessional, inside: Manager) -> ProfessionalOut:
    """Somebody joins and can be offered leads."""
    given = real(body.model_dump(exclude={"phone", "name"}, exclude_none=True))
    try:
        phone = parse_phone(body.phone)
    except BadPhone as error:
        raise BadProfessionalField(field="phone") from error
    made = await add_professional(inside.session, Profile(name=body.name.strip(), phone_e164=phone, **given))
    await inside.session.refresh(made)
    record(inside, "professional.added", f"professional:{made.id}", {"name": made.name})
    return ProfessionalOut.model_validate(made)


@router.patch("/{professional_id}")
async def patch_professional(professional_id: int, body: ProfessionalEdit, inside: Manager) -> ProfessionalOut:
    """Change a professional, unless somebody else has meanwhile. Visits that are booked stay as they are.

    A base or a radius that is null is cleared; any other null changes nothing.
    """
    sent = body.model_dump(exclude={"version"}, exclude_unset=True)
    given = real({name: value for name, value in sent.items() if value is not None or name in CLEARABLE})
    found = await get_professional(inside.session, professional_id, lock=True)
    if found.version != body.version:
        raise ProfessionalChanged(professional_id=professional_id, version=found.version)
    record_change(inside, "professional.changed", f"professional:{professional_id}", found, given)
    await change_professional(inside.session, found, given)
    await inside.session.refresh(found)
    return ProfessionalOut.model_validate(found)


def real(given: Mapping[str, Any]) -> dict[str, Any]:
    """The values with places under their own names and hours that can be.

    Raises:
        BadProfessionalField: a trade or a place that does not exist.
        BadHours: hours that cannot be.
    """
    found = dict(given)
    if any(trade not in known_trades() for trade in found.get("trades", ())):
        raise BadProfessionalField(field="trades", known=list(known_trades()))
    if "localities" in found:
        found["localities"] = [place_named(name, "localities") for name in found["localities"]]
    if found.get("base_locality") is not None:
        found["base_locality"] = place_named(found["base_locality"], "base_locality")
    if "hours" in found:
        found["hours"] = checked(found["hours"])
    if "exceptions" in found:
        found["exceptions"] = {
            day.isoformat(): checked({"0": spans})["0"] for day, spans in found["exceptions"].items()
        }
    return found


def place_named(words: str, field: str) -> str:
    place = find_locality(words.strip())
    if place is None:
        raise BadProfessionalField(field=field)
    return place.name
