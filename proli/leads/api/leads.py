"""Leads in the console."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal

from annotated_types import Interval
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.actor import Actor
from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.knowledge.places import find_locality
from proli.leads.actions import attend, note
from proli.leads.by_hand import edit, write_down
from proli.leads.errors import BadLeadField, LeadNotFound
from proli.leads.lists import Filter, Line, Order, list_leads, with_people
from proli.leads.models import EntryKind, Lead, LeadEntry, LeadStatus
from proli.leads.needs import checked_needs
from proli.leads.queries import get_lead, list_entries, name_of
from proli.leads.wishes import exact_wish
from proli.platform.db import BusinessSession
from proli.platform.doors.values import Moment
from proli.playbooks.loader import get_playbook
from proli.playbooks.trades import known_trades

router = APIRouter(prefix="/api/businesses/{slug}/leads", tags=["leads"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]
Urgency = Literal["low", "normal", "high", "emergency"]
ShortText = Annotated[str, Field(max_length=200)]


class LeadOut(BaseModel):
    id: int
    version: Annotated[int, Field(description="To be sent back with an edit.")]
    status: LeadStatus
    contact_id: int
    conversation_id: int | None
    customer_name: Annotated[str | None, Field(examples=["דנה"])]
    phone: Annotated[str | None, Field(examples=["+972521234567"])]
    stage_id: Annotated[int | None, Field(description="The column of the board; None for the first of its status.")]
    professional_id: int | None
    professional: str | None
    trade: Annotated[str | None, Field(examples=["plumber"])]
    issue: str | None
    description: str
    urgency: str
    locality: Annotated[str | None, Field(examples=["רמת גן"])]
    address: str | None
    wish: dict[str, Any] | None
    intent: str | None
    needs: dict[str, Any]
    attention: Annotated[PersonReason | None, Field(description="Why a person is needed.")]
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None


class LeadPage(BaseModel):
    leads: list[LeadOut]
    after: Annotated[str | None, Field(description="For the next page; null at the end.")]


class EntryOut(BaseModel):
    id: int
    kind: EntryKind
    actor: Actor
    at: datetime
    details: dict[str, Any]


class LeadWithTimeline(LeadOut):
    timeline: list[EntryOut]


class Details(BaseModel):
    """What staff may say of a request."""

    model_config = ConfigDict(extra="forbid")

    customer_name: ShortText | None = None
    trade: ShortText | None = None
    issue: ShortText | None = None
    description: Annotated[str | None, Field(max_length=4000)] = None
    urgency: Urgency | None = None
    locality: ShortText | None = None
    address: ShortText | None = None
    needs: Annotated[
        dict[str, Any] | None, Field(max_length=40, description="By the playbook's names; null takes one back.")
    ] = None


class LeadEdit(Details):
    version: Annotated[int, Field(description="The version that was edited; another one is refused with 409.")]


class NewLead(Details):
    phone: Annotated[str, Field(max_length=40, examples=["052-123-4567"])]
    wish_at: Annotated[Moment | None, Field(description="When somebody should come.")] = None


class NewNote(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=4000)]


Day = Annotated[
    date, Interval(ge=date(2000, 1, 1), le=date(2200, 1, 1)), Query(description="By the business's calendar.")
]


def wanted_leads(
    status: Annotated[list[LeadStatus] | None, Query()] = None,
    professional_id: int | None = None,
    contact_id: int | None = None,
    trade: str | None = None,
    locality: str | None = None,
    urgency: Urgency | None = None,
    attention: bool = False,
    words: Annotated[str | None, Query(max_length=100)] = None,
    opened_from: Day | None = None,
    opened_to: Day | None = None,
) -> Filter:
    """Which leads the address asks for."""
    return Filter(
        statuses=tuple(status or ()),
        professional_id=professional_id,
        contact_id=contact_id,
        trade=trade,
        locality=locality,
        urgency=urgency,
        attention=attention,
        words=words,
        opened_from=opened_from,
        opened_to=opened_to,
    )


Wanted = Annotated[Filter, Depends(wanted_leads)]


@router.get("")
async def get_leads(
    inside: Viewer,
    wanted: Wanted,
    order: Order = "-changed",
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> LeadPage:
    """Leads, newest changes first, a page at a time."""
    page = await list_leads(inside.session, wanted, order=order, after=after, limit=limit)
    return LeadPage(leads=[shown(line) for line in page.lines], after=page.following)


@router.get("/board")
async def get_board(
    inside: Viewer, wanted: Wanted, limit: Annotated[int, Query(ge=1, le=200)] = 40
) -> dict[LeadStatus, LeadPage]:
    """The newest changed leads of every status in one answer; a `status` in the address is not asked for."""
    pages = {
        status: await list_leads(
            inside.session, replace(wanted, statuses=(status,)), order="-changed", after=None, limit=limit
        )
        for status in LeadStatus
    }
    return {
        status: LeadPage(leads=[shown(line) for line in page.lines], after=page.following)
        for status, page in pages.items()
    }


@router.get("/{lead_id}")
async def get_one(lead_id: int, inside: Viewer) -> LeadWithTimeline:
    """One lead with everything that has happened to it."""
    return await shown_whole(inside.session, lead_id)


@router.post("", status_code=201)
@deed("lead.opened", "lead")
async def post_lead(body: NewLead, inside: Agent) -> LeadWithTimeline:
    """Write a request down by hand."""
    details = await checked(inside.session, body, leave_out={"phone", "wish_at"})
    if body.wish_at is not None:
        if body.wish_at <= inside.now:
            raise BadLeadField(field="wish_at")
        details["wish"] = exact_wish(body.wish_at)
    try:
        phone_e164 = parse_phone(body.phone)
    except BadPhone as error:
        raise BadLeadField(field="phone") from error
    lead = await write_down(inside.session, phone_e164=phone_e164, details=details, actor=inside.actor, now=inside.now)
    return await shown_whole(inside.session, lead.id)


@router.patch("/{lead_id}")
@deed("lead.changed", "lead:{lead_id}")
async def patch_lead(lead_id: int, body: LeadEdit, inside: Agent) -> LeadWithTimeline:
    """Change what is known of a request, unless somebody else has changed it meanwhile."""
    details = await checked(inside.session, body, leave_out={"version"})
    await edit(inside.session, lead_id, details, version=body.version, actor=inside.actor, now=inside.now)
    return await shown_whole(inside.session, lead_id)


@router.post("/{lead_id}/notes", status_code=201)
@deed("lead.noted", "lead:{lead_id}")
async def post_note(lead_id: int, body: NewNote, inside: Agent) -> LeadWithTimeline:
    """Add a note that only staff see."""
    lead = await get_lead(inside.session, lead_id)
    said = {"text": body.text.strip(), "user_id": inside.member.user_id}
    note(inside.session, lead, kind=EntryKind.note, actor=inside.actor, now=inside.now, details=said)
    return await shown_whole(inside.session, lead_id)


@router.post("/{lead_id}/attended", status_code=204)
@deed("lead.attended", "lead:{lead_id}")
async def post_attended(lead_id: int, inside: Agent) -> None:
    """A person has seen to it: it leaves the list of what needs one."""
    lead = await get_lead(inside.session, lead_id, lock=True)
    await attend(inside.session, lead, actor=inside.actor, now=inside.now)


async def checked(session: BusinessSession, body: Details, *, leave_out: set[str]) -> dict[str, Any]:
    """The details with the place under its own name.

    Raises:
        BadLeadField: a trade or a place that does not exist, or a need that cannot be.
    """
    found = {name: value for name, value in body.model_dump(exclude=leave_out).items() if value not in (None, {})}
    if "needs" in found:
        found["needs"] = checked_needs(get_playbook((await get_business(session)).playbook), found["needs"])
    if "trade" in found and found["trade"] not in known_trades():
        raise BadLeadField(field="trade", known=list(known_trades()))
    if "locality" in found:
        place = find_locality(found["locality"].strip())
        if place is None:
            raise BadLeadField(field="locality")
        found["locality"] = place.name
    return found


async def shown_whole(session: BusinessSession, lead_id: int) -> LeadWithTimeline:
    await session.flush()
    line = (
        await session.execute(with_people().where(Lead.id == lead_id).execution_options(populate_existing=True))
    ).one_or_none()
    if line is None:
        raise LeadNotFound(lead_id=lead_id)
    timeline = [shown_entry(entry) for entry in await list_entries(session, lead_id)]
    return LeadWithTimeline(**shown(line).model_dump(), timeline=timeline)


def shown_entry(entry: LeadEntry) -> EntryOut:
    return EntryOut(id=entry.id, kind=entry.kind, actor=entry.actor, at=entry.at, details=entry.details)


def shown(line: Line) -> LeadOut:
    lead, contact, professional = line
    own: dict[str, Any] = {name: getattr(lead, name) for name in LeadOut.model_fields if hasattr(lead, name)}
    own["customer_name"] = name_of(lead, contact) or None
    own["phone"], own["professional"] = contact.phone_e164, professional
    return LeadOut(**own)
