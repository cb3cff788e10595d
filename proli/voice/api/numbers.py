"""Numbers at which the business is called: which there are, connecting one, letting one go."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, SecretStr

from proli.accounts.audit import record
from proli.accounts.errors import BadSetting
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.platform.doors.fields import PLAIN, Body, Phone
from proli.voice.models import VoiceNumber
from proli.voice.numbers import add_voice_number, list_voice_numbers, remove_voice_number
from proli.voice.twilio.signing import is_installed, public_url
from proli.voice.twilio.told import PATH, STATUS

router = APIRouter(prefix="/api/businesses/{slug}/phones", tags=["operations"])
Manager = Annotated[Inside, inside(Role.manager)]
SHOWN = 4


class CalledNumber(BaseModel):
    id: int
    phone: str
    account: Annotated[str, Field(description="The account at the provider, all but its end.", examples=["***4f2a"])]


class CalledNumbers(BaseModel):
    numbers: list[CalledNumber]
    voice_url: Annotated[str, Field(description="What the provider is to ask when somebody calls, by POST.")]
    status_url: Annotated[str, Field(description="Where it is to tell how calls stand, by POST.")]
    public: Annotated[bool, Field(description="Whether these addresses are the installation's own, set and by https.")]
    ready: Annotated[bool, Field(description="Whether what answers calls is installed.")]


class NewCalledNumber(Body):
    phone: Phone
    account_sid: Annotated[str, Field(max_length=60, pattern=PLAIN, description="The Account SID at Twilio.")]
    auth_token: Annotated[SecretStr, Field(min_length=1, max_length=200, description="Its secret; kept encrypted.")]
    shared_key: Annotated[
        SecretStr | None, Field(max_length=2000, description="Where the account signs its webhooks with one.")
    ] = None


@router.get("")
async def get_phones(request: Request, inside: Manager) -> CalledNumbers:
    """Every number at which the business is called, and what is to be entered at the provider; never a secret."""
    http = inside.runtime.settings.http
    return CalledNumbers(
        numbers=[shown(one) for one in await list_voice_numbers(inside.session)],
        voice_url=public_url(request, http, PATH),
        status_url=public_url(request, http, STATUS),
        public=http.secure,
        ready=is_installed(),
    )


@router.post("", status_code=201)
async def post_phone(body: NewCalledNumber, inside: Manager) -> CalledNumber:
    """The number's calls are answered; said again of the same number, its account and secrets are replaced."""
    try:
        phone_e164 = parse_phone(body.phone)
    except BadPhone as error:
        raise BadSetting(field="phone") from error
    secrets = {
        "auth_token": body.auth_token.get_secret_value().strip(),
        "shared_key": body.shared_key.get_secret_value().strip() if body.shared_key else "",
    }
    if not secrets["auth_token"]:
        raise BadSetting(field="auth_token")
    account_sid = body.account_sid.strip()
    number_id = await add_voice_number(
        inside.session, inside.runtime.vault, phone_e164=phone_e164, account_sid=account_sid, secrets=secrets
    )
    record(inside, "phone.connected", f"phone:{number_id}", {"phone_e164": phone_e164})
    return CalledNumber(id=number_id, phone=phone_e164, account=end_of(account_sid))


@router.delete("/{number_id}", status_code=204)
async def delete_phone(number_id: int, inside: Manager) -> None:
    """Calls of the number are not answered any more. Calls that were stay."""
    phone_e164 = await remove_voice_number(inside.session, number_id)
    record(inside, "phone.disconnected", f"phone:{number_id}", {"phone_e164": phone_e164})


def shown(number: VoiceNumber) -> CalledNumber:
    return CalledNumber(id=number.id, phone=number.phone_e164, account=end_of(number.account_sid))


def end_of(account_sid: str) -> str:
    return f"***{account_sid[-SHOWN:]}"
