"""People, the addresses they have, and which of them are one."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.audit import record
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.contacts.addresses import get_contact, list_addresses
from proli.contacts.merging import list_merges
from proli.contacts.models import AddressKind, Evidence
from proli.dispatch.one_person import join_contacts, part_contacts

router = APIRouter(prefix="/api/businesses/{slug}/contacts", tags=["contacts"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Manager = Annotated[Inside, inside(Role.manager)]


class AddressOut(BaseModel):
    kind: AddressKind
    value: str
    evidence: Annotated[Evidence, Field(description="Where we know it from.")]
    since: datetime


class MergeOut(BaseModel):
    id: int
    name: Annotated[str, Field(description="Of the contact that was merged into this one.")]
    phone: str | None
    at: datetime


class ContactOut(BaseModel):
    id: int
    name: str
    phone: str | None
    addresses: Annotated[list[AddressOut], Field(description="The oldest first.")]
    merges: Annotated[list[MergeOut], Field(description="What can be undone, the latest first.")]


class SamePerson(BaseModel):
    model_config = ConfigDict(extra="forbid")

    other_id: Annotated[int, Field(description="The contact that is merged into this one, and is no more.")]


@router.get("/{contact_id}")
async def get_one(contact_id: int, inside: Viewer) -> ContactOut:
    """A contact with every address, and who was merged into it."""
    return await shown(inside, contact_id)


@router.post("/{contact_id}/merge")
async def post_merge(contact_id: int, body: SamePerson, inside: Manager) -> ContactOut:
    """Two contacts are one person: all that was the other's is this one's."""
    await join_contacts(inside.session, kept_id=contact_id, other_id=body.other_id, actor=inside.actor, now=inside.now)
    record(inside, "contact.merged", f"contact:{contact_id}", {"other_id": body.other_id})
    return await shown(inside, contact_id)


@router.post("/merges/{merge_id}/undo")
async def post_undo(merge_id: int, inside: Manager) -> ContactOut:
    """They are two after all: answers with the contact that is there again."""
    contact_id = await part_contacts(inside.session, merge_id, actor=inside.actor, now=inside.now)
    contact = await shown(inside, contact_id)
    record(inside, "contact.parted", f"contact:{contact_id}")
    return contact


async def shown(inside: Inside, contact_id: int) -> ContactOut:
    contact = await get_contact(inside.session, contact_id)
    addresses = await list_addresses(inside.session, contact_id)
    return ContactOut(
        id=contact.id,
        name=contact.name,
        phone=contact.phone_e164,
        addresses=[
            AddressOut(kind=one.kind, value=one.value, evidence=one.evidence, since=one.since) for one in addresses
        ],
        merges=[
            MergeOut(id=one.id, name=one.other["name"], phone=one.other["phone_e164"], at=one.at)
            for one in await list_merges(inside.session, contact_id)
        ],
    )
