"""One's own account: what the page of whoever is signed in shows, and what they change of it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from proli.accounts.errors import Unauthenticated
from proli.accounts.members import list_businesses_of
from proli.accounts.models import User
from proli.accounts.passwords import hash_new
from proli.accounts.permissions import Role, all_that
from proli.accounts.proving import Claim, proven
from proli.accounts.rules import Happening
from proli.accounts.second_factor import new_recovery_codes, turn_off, turn_on
from proli.accounts.security_log import note_change
from proli.accounts.sign_ins import sign_out_everywhere
from proli.accounts.signed_links import keep_password
from proli.accounts.tokens import Access, Signer
from proli.platform.runtime import Runtime
from proli.playbooks.loader import Bilingual, Playbook, get_playbook
from proli.playbooks.trades import trades_of

Language = Literal["he", "en"]


class Place(BaseModel):
    """A business that the user may enter."""

    slug: str
    name: str
    playbook: str
    zone: str
    role: Role
    may: Annotated[list[Role], Field(description="Whose doings are open to them there; the server decides.")]


class PlaybookOut(BaseModel):
    """What pages must know of a kind of business."""

    id: Annotated[str, Field(examples=["real_estate"])]
    appointments: Annotated[Literal["visits", "meetings"], Field(description="What is booked, by the word for it.")]
    trade: Annotated[str | None, Field(description="The trade of every request, where there is one only.")]
    trades: Annotated[list[str], Field(description="Those to choose from.")]
    starters: Annotated[list[Bilingual], Field(description="Words with which a customer may begin, to try it out.")]


class Me(BaseModel):
    id: int
    email: str
    name: str
    language: Language
    operator: bool
    has_password: Annotated[bool, Field(description="False for whoever has come in by a link only.")]
    second_factor: bool
    businesses: list[Place]
    playbooks: Annotated[list[PlaybookOut], Field(description="Of the businesses, each once.")]
    token: Annotated[str, Field(description="To be sent as x-proli-token with every write.")]


async def describe(runtime: Runtime, user_id: int, sign_in_id: int) -> Me:
    async with runtime.db.begin_operator() as session:
        user = await session.get(User, user_id)
        if user is None:
            raise Unauthenticated(reason="signed_out")
        places = [
            Place(slug=one.slug, name=one.name, playbook=one.playbook, zone=one.zone, role=role, may=all_that(role))
            for one, role in await list_businesses_of(session, user)
        ]
    return Me(
        id=user.id,
        email=user.email,
        name=user.name,
        language="en" if user.language == "en" else "he",
        operator=user.operator,
        has_password=user.password_hash is not None,
        second_factor=user.totp is not None,
        businesses=places,
        playbooks=[shown(get_playbook(name)) for name in sorted({place.playbook for place in places})],
        token=Signer(runtime.vault).forgery_token(sign_in_id),
    )


def shown(playbook: Playbook) -> PlaybookOut:
    return PlaybookOut(
        id=playbook.id,
        appointments=playbook.appointments,
        trade=playbook.trade,
        trades=list(trades_of(playbook)),
        starters=[Bilingual.model_validate(words) for words in playbook.starters],
    )


async def change_password(runtime: Runtime, claim: Claim, access: Access, password: str, *, now: datetime) -> None:
    """The user has a new password, and every other device is signed out."""
    async with runtime.db.begin_operator() as session:
        email = (await session.get_one(User, access.user_id)).email
    kept = await hash_new(password, email=email)
    async with proven(runtime.db, runtime.vault, claim, now=now) as (session, user):
        await keep_password(session, user, kept, origin=claim.origin, now=now, but=access.sign_in_id)


async def turn_factor_on(runtime: Runtime, claim: Claim, access: Access, code: str, *, now: datetime) -> list[str]:
    """The second factor is on, in place of a former one, of which `claim` has a code; with codes to recover by."""
    codes, recovery = await new_recovery_codes()
    async with proven(runtime.db, runtime.vault, claim, now=now) as (session, user):
        turn_on(user, code, recovery, vault=runtime.vault, now=now)
        await sign_out_everywhere(session, user.id, now=now, but=access.sign_in_id)
        await note_change(session, user, Happening.factor_on, "factor.on", origin=claim.origin, now=now)
    return codes


async def turn_factor_off(runtime: Runtime, claim: Claim, *, now: datetime) -> None:
    async with proven(runtime.db, runtime.vault, claim, now=now) as (session, user):
        turn_off(user)
        await note_change(session, user, Happening.factor_off, "factor.off", origin=claim.origin, now=now)
