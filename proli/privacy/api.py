"""A person's own data: what they want, all of it taken along, all of it erased; and for how long what is kept."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.actor import Actor
from proli.accounts.audit import record_change, record_export
from proli.accounts.deeds import not_kept
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.contacts.actions import LONGEST_WORDS, Said, opt_in, opt_out
from proli.contacts.addresses import get_contact
from proli.contacts.models import ConsentChange
from proli.platform.doors.fields import Body
from proli.privacy.erasing import erase_person, what_to_type
from proli.privacy.export import export_person
from proli.privacy.models import Deleted
from proli.privacy.queries import list_consents, list_receipts
from proli.privacy.retention import Retention, retention_of

router = APIRouter(prefix="/api/businesses/{slug}", tags=["privacy"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]
Manager = Annotated[Inside, inside(Role.manager)]
ProvenManager = Annotated[Inside, inside(Role.manager, proof=True)]
IN_THE_VERB = "the verb itself keeps it"
ZIP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The ZIP.", "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}


class ConsentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    wish: ConsentChange
    words: str
    message_id: Annotated[int | None, Field(description="The message that said so, as long as it is kept.")]
    actor: Actor
    at: datetime


class PrivacyOut(BaseModel):
    opted_out_at: Annotated[
        datetime | None, Field(description="Since when they want no messages they did not ask for.")
    ]
    consents: Annotated[list[ConsentOut], Field(description="The newest first.")]
    to_type: Annotated[str, Field(description="What is typed to confirm that this person is to be erased.")]


class NewWish(Body):
    wish: ConsentChange
    words: Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS, description="What they said, and where.")]


class Erase(Body):
    typed: Annotated[str, Field(max_length=200, description="`to_type`, typed anew.")]


class ReceiptOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    kind: Deleted
    count: int
    until: Annotated[datetime, Field(description="All of the kind that was older is gone.")]
    at: datetime


@router.get("/contacts/{contact_id}/privacy")
async def get_privacy(contact_id: int, inside: Viewer) -> PrivacyOut:
    """What the person has said about being written to, and how we know."""
    return await shown(inside, contact_id)


@router.post("/contacts/{contact_id}/wishes")
@not_kept(IN_THE_VERB)
async def post_wish(contact_id: int, body: NewWish, inside: Agent) -> PrivacyOut:
    """The person has said elsewhere, as by phone, whether they want to be written to."""
    verb = opt_out if body.wish == ConsentChange.out else opt_in
    await verb(inside.session, contact_id, Said(body.words, actor=inside.actor), now=inside.now)
    await inside.session.flush()
    return await shown(inside, contact_id)


@router.get("/contacts/{contact_id}/export", response_class=StreamingResponse, responses=ZIP)
async def get_export(contact_id: int, inside: ProvenManager) -> StreamingResponse:
    """All that is kept of the person: a page to read, every row as JSON, and their files."""
    await get_contact(inside.session, contact_id)
    await record_export(inside, f"contact:{contact_id}")
    name = f'attachment; filename="person-{contact_id}-{inside.now:%Y-%m-%d}.zip"'
    body = export_person(inside.runtime, inside.member.business_id, contact_id)
    headers = {"content-disposition": name, "cache-control": "no-store"}
    return StreamingResponse(body, media_type="application/zip", headers=headers)


@router.post("/contacts/{contact_id}/erase")
@not_kept(IN_THE_VERB)
async def post_erase(contact_id: int, body: Erase, inside: ProvenManager) -> ReceiptOut:
    """The person is erased for good; the books stay, as those of nobody."""
    receipt = await erase_person(inside.session, contact_id, typed=body.typed, actor=inside.actor, now=inside.now)
    return ReceiptOut.model_validate(receipt)


@router.get("/receipts")
async def get_receipts(inside: Manager, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[ReceiptOut]:
    """What was deleted, the newest first."""
    return [ReceiptOut.model_validate(one) for one in await list_receipts(inside.session, limit=limit)]


@router.get("/retention")
async def get_retention(inside: Manager) -> Retention:
    """For how many days what is kept."""
    return retention_of((await get_business(inside.session)).retention)


@router.put("/retention")
async def put_retention(body: Retention, inside: Manager) -> Retention:
    """For how many days what is kept, from the next night on."""
    business = await get_business(inside.session, lock=True)
    given = body.model_dump()
    was = retention_of(business.retention).model_dump()
    if given != was:
        record_change(inside, "retention.changed", "settings", business, {"retention": given})
        business.retention = given
    return body


async def shown(inside: Inside, contact_id: int) -> PrivacyOut:
    contact = await get_contact(inside.session, contact_id)
    return PrivacyOut(
        opted_out_at=contact.opted_out_at,
        consents=[ConsentOut.model_validate(one) for one in await list_consents(inside.session, contact_id)],
        to_type=what_to_type(contact),
    )
