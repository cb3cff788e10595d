"""The words Proli says, which a business may say its own way."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from proli.accounts.actions import set_text
from proli.accounts.audit import record
from proli.accounts.http import Inside, inside
from proli.accounts.models import Business
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.platform.doors.fields import PLAIN, Body
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import LANGUAGES, LONGEST, all_texts, own_texts, values_in

router = APIRouter(prefix="/api/businesses/{slug}/texts", tags=["settings"])
Manager = Annotated[Inside, inside(Role.manager)]
Language = Literal["he", "en"]


class TextOut(BaseModel):
    code: Annotated[str, Field(examples=["hello"])]
    language: Language
    ours: Annotated[str, Field(description="What is said when the business has no words of its own.")]
    own: str | None
    values: Annotated[list[str], Field(description="What may stand in braces.", examples=[["business"]])]


class TextEdit(Body):
    words: Annotated[str, Field(max_length=LONGEST, pattern=PLAIN, description="Empty to say ours again.")]


@router.get("")
async def get_texts(inside: Manager) -> list[TextOut]:
    """Every text in every language."""
    business = await get_business(inside.session)
    return [shown(business, code, language) for code in all_texts() for language in LANGUAGES]


@router.put("/{code}/{language}")
async def put_text(code: str, language: Language, body: TextEdit, inside: Manager) -> TextOut:
    """Say it this way from now on."""
    before = (await get_business(inside.session, lock=True)).texts.get(code, {}).get(language)
    await set_text(inside.session, code=code, language=language, words=body.words)
    text = shown(await get_business(inside.session), code, language)
    if text.own != before:
        record(inside, "text.changed", f"text:{code}:{language}", {"words": {"was": before, "is": text.own}})
    return text


def shown(business: Business, code: str, language: str) -> TextOut:
    common = all_texts()[code][language]
    of_playbook = own_texts(get_playbook(business.playbook), {}).get(code, {}).get(language)
    return TextOut(
        code=code,
        language="en" if language == "en" else "he",
        ours=(of_playbook or common).strip(),
        own=business.texts.get(code, {}).get(language),
        values=sorted(values_in(common)),
    )
