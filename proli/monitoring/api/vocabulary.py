"""The words that pages choose from: trades with their names, and the places of the land."""

from functools import cache
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from proli.accounts.http import signed_in
from proli.knowledge.reading.gazetteer import Locality, gazetteer
from proli.knowledge.text import fold
from proli.knowledge.trades import issue_name, list_issues
from proli.playbooks.loader import get_playbook
from proli.playbooks.trades import known_trades, say_trade

router = APIRouter(prefix="/api", tags=["vocabulary"], dependencies=[Depends(signed_in)])
MOST = 12


class IssueWord(BaseModel):
    key: Annotated[str, Field(examples=["leak"])]
    he: Annotated[str, Field(examples=["נזילה"])]
    en: Annotated[str, Field(examples=["leak"])]


class TradeWord(BaseModel):
    key: Annotated[str, Field(examples=["plumber"])]
    he: Annotated[str, Field(examples=["אינסטלציה"])]
    en: Annotated[str, Field(examples=["plumbing"])]
    issues: list[IssueWord]


@router.get("/trades")
async def get_trades() -> list[TradeWord]:
    """Every trade that a lead or a professional can have."""
    return [
        TradeWord(key=key, he=say_trade(key, "he"), en=say_trade(key, "en"), issues=issues_of(key))
        for key in known_trades()
    ]


def issues_of(trade: str) -> list[IssueWord]:
    return [
        IssueWord(key=key, he=issue_name(trade, key, "he") or key, en=issue_name(trade, key, "en") or key)
        for key in list_issues(trade)
    ]


class ValueWord(BaseModel):
    key: Annotated[str, Field(examples=["sale"])]
    he: Annotated[str, Field(examples=["מכר"])]
    en: Annotated[str, Field(examples=["Sale"])]


class NeedWord(BaseModel):
    """Something that a request of one kind of business tells beyond the common fields."""

    key: Annotated[str, Field(examples=["deal_type"])]
    kind: Literal["choice", "choices", "trades", "number", "day", "text", "list", "phone"]
    he: Annotated[str, Field(examples=["סוג עסקה"])]
    en: Annotated[str, Field(examples=["Deal"])]
    values: list[ValueWord]


@router.get("/playbooks/{name}/needs")
async def get_needs(name: Annotated[str, Path(max_length=60)]) -> list[NeedWord]:
    """What a request may tell beyond the common fields, in the order in which it is shown."""
    return [
        NeedWord(
            key=key,
            kind=need.kind,
            he=need.name["he"],
            en=need.name["en"],
            values=[ValueWord(key=value, he=words["he"], en=words["en"]) for value, words in need.values.items()],
        )
        for key, need in get_playbook(name).needs.items()
    ]


class PlaceWord(BaseModel):
    he: Annotated[str, Field(examples=["רמת גן"])]
    en: Annotated[str, Field(examples=["Ramat Gan"])]


@router.get("/places")
async def get_places(words: Annotated[str, Query(min_length=1, max_length=60)]) -> list[PlaceWord]:
    """Places whose names hold these words: those that begin with them first, then the larger ones."""
    part = fold(words)
    found = [(place, *names) for place, *names in places() if any(part in name for name in names)]
    found.sort(key=lambda one: (not any(name.startswith(part) for name in one[1:]), -one[0].population))
    return [PlaceWord(he=place.name, en=place.name_en) for place, *_ in found[:MOST]]


@cache
def places() -> list[tuple[Locality, str, str]]:
    """Every locality with its names as they are compared."""
    known = {place.name: place for place in gazetteer().by_name.values()}
    return [(place, fold(place.name), fold(place.name_en)) for place in known.values()]
