"""The settings of a business."""

from datetime import datetime
from functools import cache
from itertools import chain
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from fastapi import APIRouter
from pydantic import BaseModel, Field

from proli.accounts.audit import record_change
from proli.accounts.errors import BadSetting
from proli.accounts.http import Inside, inside
from proli.accounts.models import Business
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.dispatch.rules import Weights
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.platform.doors.fields import PLAIN, Body, Name, Phone, Version
from proli.playbooks.trades import known_trades
from proli.professionals.errors import BadHours
from proli.professionals.rules import checked as hours_checked
from proli.scheduling.observance import RestPolicy, policy_of
from proli.scheduling.on_call import TransferList, transfer_list
from proli.settings.errors import SettingsChanged
from proli.settings.sweeps import SweepOut, Sweeps, own_sweeps, shown_sweeps
from proli.settings.weights import WeightsIn, WeightsOut, own_weights

router = APIRouter(prefix="/api/businesses/{slug}/settings", tags=["settings"])
Manager = Annotated[Inside, inside(Role.manager)]
Language = Literal["he", "en"]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Facts = Annotated[
    dict[
        Annotated[str, Field(min_length=1, max_length=80, pattern=PLAIN)],
        Annotated[str, Field(min_length=1, max_length=1000, pattern=PLAIN)],
    ],
    Field(max_length=60, description="What the agent may say of the business.", examples=[{"אחריות": "שנה"}]),
]


Trade = Annotated[str, Field(max_length=40)]
Related = Annotated[
    dict[Trade, Annotated[list[Trade], Field(max_length=10)]],
    Field(
        max_length=40,
        description="Trades whose people take requests of another.",
        examples=[{"solar_boiler": ["plumber", "electrician"]}],
    ),
]


class SettingsOut(BaseModel):
    version: Annotated[int, Field(description="To be sent back with an edit.")]
    changed_at: datetime
    slug: str
    playbook: Annotated[str, Field(examples=["services"])]
    name: str
    zone: Annotated[str, Field(examples=["Asia/Jerusalem"])]
    language: Language
    staff_e164: Annotated[str | None, Field(description="Where staff are alerted.", examples=["+972521234567"])]
    offer_minutes: Annotated[int, Field(description="How long a professional may take to answer.")]
    urgent_offer_minutes: int
    asks_rating: Annotated[bool, Field(description="Whether customers are asked in the chat how a visit was.")]
    records_calls: Annotated[bool, Field(description="Whether calls are kept as sound; callers are told.")]
    calls_back: Annotated[bool, Field(description="Whether the agent calls who asks for a call.")]
    calls_reminders: Annotated[bool, Field(description="Whether it calls who cannot be reminded in writing.")]
    transfers: Annotated[TransferList, Field(description="To whom callers can be connected, and when.")]
    facts: dict[str, str]
    related_trades: Related
    weights: Annotated[WeightsOut, Field(description="As they count now.")]
    default_weights: WeightsOut
    rest: Annotated[RestPolicy, Field(description="What is kept of Shabbat and holidays, as it holds now.")]
    sweeps: Annotated[list[SweepOut], Field(description="How often what was left lying is looked for.")]


class SettingsEdit(Body):
    """What is left out stays; `facts`, `related_trades`, `weights`, `rest`, `sweeps` and `transfers` are each replaced
    as a whole."""

    version: Version
    name: Name | None = None
    zone: Annotated[str | None, Field(max_length=64, examples=["Asia/Jerusalem"])] = None
    language: Language | None = None
    staff_e164: Annotated[Phone | None, Field(description="In any spelling; null for nobody.")] = None
    offer_minutes: Minutes | None = None
    urgent_offer_minutes: Minutes | None = None
    asks_rating: bool | None = None
    records_calls: bool | None = None
    calls_back: bool | None = None
    calls_reminders: bool | None = None
    transfers: Annotated[TransferList | None, Field(description="Phones in any spelling.")] = None
    facts: Facts | None = None
    related_trades: Related | None = None
    weights: WeightsIn | None = None
    rest: Annotated[RestPolicy | None, Field(description="What differs from the defaults.")] = None
    sweeps: Annotated[Sweeps | None, Field(description="Those left out run as is usual.")] = None


@router.get("")
async def get_settings(inside: Manager) -> SettingsOut:
    """How the business is set up."""
    return shown(await get_business(inside.session))


@router.patch("")
async def patch_settings(body: SettingsEdit, inside: Manager) -> SettingsOut:
    """Change settings, unless somebody else has meanwhile."""
    given = checked(body)
    business = await get_business(inside.session, lock=True)
    if business.version != body.version:
        raise SettingsChanged(version=business.version)
    record_change(inside, "settings.changed", "settings", business, given)
    for name, value in given.items():
        setattr(business, name, value)
    await inside.session.flush()
    await inside.session.refresh(business)
    return shown(business)


def checked(body: SettingsEdit) -> dict[str, Any]:
    """The columns that the edit changes, as they are stored.

    Raises:
        BadSetting: a value that cannot be.
    """
    sent = body.model_dump(
        exclude={"version", "weights", "rest", "sweeps", "staff_e164", "transfers"}, exclude_none=True
    )
    if "name" in sent:
        sent["name"] = sent["name"].strip()
        if not sent["name"]:
            raise BadSetting(field="name")
    if body.zone is not None and body.zone not in zones():
        raise BadSetting(field="zone")
    named = [*(body.related_trades or {}), *chain.from_iterable((body.related_trades or {}).values())]
    if not set(named) <= set(known_trades()):
        raise BadSetting(field="related_trades")
    if "staff_e164" in body.model_fields_set:
        sent["staff_e164"] = phone_of(body.staff_e164)
    if body.weights is not None:
        sent["weights"] = own_weights(body.weights)
    if body.rest is not None:
        sent["rest"] = body.rest.model_dump(mode="json", exclude_unset=True)
    if body.transfers is not None:
        sent["transfers"] = list_of(body.transfers)
    if body.sweeps is not None:
        sent["sweeps"] = own_sweeps(body.sweeps)
    return sent


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


def phone_of(words: str | None) -> str | None:
    try:
        return parse_phone(words) if words else None
    except BadPhone as error:
        raise BadSetting(field="staff_e164") from error


def list_of(given: TransferList) -> dict[str, Any]:
    """The list as it is stored, each phone in it once."""
    try:
        hours = hours_checked(given.hours)
        people = [
            {"name": one.name.strip(), "phone_e164": parse_phone(one.phone_e164), "always": one.always}
            for one in given.people
        ]
    except (BadPhone, BadHours) as error:
        raise BadSetting(field="transfers") from error
    if len({one["phone_e164"] for one in people}) < len(people):
        raise BadSetting(field="transfers", reason="twice")
    return {"hours": hours, "people": people}


def shown(business: Business) -> SettingsOut:
    return SettingsOut(
        version=business.version,
        changed_at=business.changed_at,
        slug=business.slug,
        playbook=business.playbook,
        name=business.name,
        zone=business.zone,
        language="en" if business.language == "en" else "he",
        staff_e164=business.staff_e164,
        offer_minutes=business.offer_minutes,
        urgent_offer_minutes=business.urgent_offer_minutes,
        asks_rating=business.asks_rating,
        records_calls=business.records_calls,
        calls_back=business.calls_back,
        calls_reminders=business.calls_reminders,
        transfers=transfer_list(business.transfers),
        facts={name: str(words) for name, words in business.facts.items()},
        related_trades=business.related_trades,
        weights=WeightsOut.model_validate(Weights(**business.weights)),
        default_weights=WeightsOut.model_validate(Weights()),
        rest=policy_of(business.rest),
        sweeps=shown_sweeps(business.sweeps),
    )
