"""Numbers at which businesses are called: how they come into being, and whose a call is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from proli.platform.db import ROLE, BusinessSession
from proli.platform.security import Vault
from proli.voice.errors import BadAccount, VoiceNumberNotFound, VoiceNumberTaken
from proli.voice.models import Call, VoiceNumber
from proli.voice.rules import is_account

ENTER: Final = text(f"""
    SELECT set_config('proli.business_id', CAST(:business_id AS text), true), set_config('role', '{ROLE}', true)
""")
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Entered:
    """The number that a request is about, and the secrets with which it may be signed."""

    number_id: int
    phone_e164: str
    secrets: tuple[str, ...]


async def add_voice_number(
    session: BusinessSession, vault: Vault, *, phone_e164: str, account_sid: str, secrets: Mapping[str, str]
) -> int:
    """The business is called at this number; its secrets are stored encrypted. Said again, they are replaced.

    `secrets` are the account's `auth_token` and, where its webhooks are signed with one, `shared_key`.

    Raises:
        BadAccount: no account is called so.
        VoiceNumberTaken: another business is.
    """
    if not is_account(account_sid):
        raise BadAccount
    values = {"account_sid": account_sid, "sealed": vault.seal(secrets)}
    business_id = session.require_business()
    statement = (
        insert(VoiceNumber)
        .values(business_id=business_id, phone_e164=phone_e164, **values)
        .on_conflict_do_update(
            index_elements=[VoiceNumber.phone_e164], set_=values, where=VoiceNumber.business_id == business_id
        )
        .returning(VoiceNumber.id)
    )
    number_id = await session.scalar(statement)
    if number_id is None:
        raise VoiceNumberTaken(phone=phone_e164)
    return number_id


async def enter_number(
    session: BusinessSession, vault: Vault, *, account_sid: str, phone_e164: str | None, call_sid: str
) -> Entered:
    """The operator's session becomes one of the business that is called.

    A call that is known names its number itself; of one that is not, and whose news names no number, the account must
    belong to one business alone.

    Raises:
        VoiceNumberNotFound: nobody here is called at this number of this account.
    """
    of_call = await session.scalar(select(Call.number_id).where(Call.external_id == call_sid))
    named = [VoiceNumber.id == of_call, VoiceNumber.phone_e164 == phone_e164]
    wanted = [or_(*named)] if phone_e164 is not None or of_call is not None else []
    candidates = select(VoiceNumber).where(VoiceNumber.account_sid == account_sid, *wanted)
    found = (await session.scalars(candidates.order_by(VoiceNumber.id).limit(MOST))).all()
    number = pick_number(found, of_call=of_call)
    if number is None:
        raise VoiceNumberNotFound(account=account_sid)
    await session.execute(ENTER, {"business_id": number.business_id})
    session.narrow(number.business_id)
    return Entered(number.id, number.phone_e164, tuple(vault.unseal(number.sealed).values()))


def pick_number(found: Sequence[VoiceNumber], *, of_call: int | None) -> VoiceNumber | None:
    """The number of the call; else the only one there is, or any of the only business."""
    own = [one for one in found if one.id == of_call]
    if own:
        return own[0]
    return found[0] if len({one.business_id for one in found}) == 1 else None


async def remove_voice_number(session: BusinessSession, number_id: int) -> str:
    """Calls of this number are not answered any more, and its secrets are gone; calls that were stay. Returns it.

    Raises:
        VoiceNumberNotFound
    """
    removed = delete(VoiceNumber).where(VoiceNumber.id == number_id).returning(VoiceNumber.phone_e164)
    phone_e164 = await session.scalar(removed)
    if phone_e164 is None:
        raise VoiceNumberNotFound(number_id=number_id)
    return phone_e164


async def list_voice_numbers(session: BusinessSession) -> Sequence[VoiceNumber]:
    """Every number at which the business is called, the first one first."""
    return (await session.scalars(select(VoiceNumber).order_by(VoiceNumber.id))).all()
