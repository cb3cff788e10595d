"""How replies came to be: one turn's trace, turns as the console lists them, and how the models have been doing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, case, func, select, text, true, tuple_
from sqlalchemy.dialects.postgresql import JSONB

from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Message
from proli.mind.ladder.providers import find_model
from proli.mind.rules.model import NAME as RULES
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.traces.errors import TurnNotFound
from proli.traces.models import Turn

RECENTLY: Final = timedelta(hours=24)
NOBODY: Final = "none"
"""What a turn names as its model when even the rules agent failed."""

type Line = Row[Turn, int, str, str]
"""A turn, its contact's id and name, and the reply's words, which are None when the message is gone."""


async def get_turn(session: BusinessSession, conversation_id: int, message_id: int) -> Turn:
    """The turn whose reply the message is.

    Raises:
        TurnNotFound: it is none: a customer's, a person's, or one that an event brought about.
    """
    found = await session.scalar(
        select(Turn).where(Turn.conversation_id == conversation_id, Turn.reply_message_id == message_id)
    )
    if found is None:
        raise TurnNotFound(conversation_id=conversation_id, message_id=message_id)
    return found


async def list_turns(session: BusinessSession, *, after: int | None, limit: int) -> tuple[Sequence[Line], int | None]:
    """One page of turns, newest first, and the last one's id when there are more.

    Raises:
        TurnNotFound: `after` is no turn of this business.
    """
    statement = (
        select(Turn, Contact.id, Contact.name, Message.text)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Message, Message.id == Turn.reply_message_id)
        .order_by(Turn.created_at.desc(), Turn.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        last = await session.scalar(select(Turn).where(Turn.id == after))
        if last is None:
            raise TurnNotFound(turn_id=after)
        statement = statement.where(tuple_(Turn.created_at, Turn.id) < tuple_(last.created_at, last.id))
    rows = (await session.execute(statement)).all()
    lines = rows[:limit]
    return lines, lines[-1][0].id if len(rows) > limit else None


@dataclass(frozen=True, slots=True)
class Doing:
    """How a model did lately; a turn counts for the model that gave its reply."""

    turns: int = 0
    median_ms: int | None = None
    p95_ms: int | None = None
    cost_micros: int | None = None
    failures: int = 0
    """Requests that it did not answer usably, whoever answered in the end."""


@dataclass(frozen=True, slots=True)
class Rung:
    model: str
    """As the ladder names it, with its provider; the bare name of one that is not on it."""
    place: int | None
    """1 is asked first; None when it is not on the ladder."""
    usable: bool
    """Whether its provider has a key."""
    doing: Doing


async def list_rungs(session: BusinessSession, runtime: Runtime) -> list[Rung]:
    """The ladder in order, the rules agent below it, and whatever else has answered lately."""
    answered, failed = await answered_by(session), await failed_by(session)

    def doing(name: str) -> Doing:
        return Doing(**{**answered.get(name, {}), "failures": failed.get(name, 0)})

    named = [name.strip() for name in runtime.settings.model.ladder.split(",") if name.strip()]
    ladder = [
        Rung(name, place, find_model(name, runtime) is not None, doing(bare(name)))
        for place, name in enumerate(named, start=1)
    ]
    ladder.append(Rung(RULES, len(named) + 1, usable=True, doing=doing(RULES)))
    others = sorted({*answered, *failed} - {bare(rung.model) for rung in ladder})
    return ladder + [Rung(name, None, usable=False, doing=doing(name)) for name in others]


def bare(name: str) -> str:
    """The model's name without its provider's, as answers and attempts have it."""
    return name.partition(":")[2] or name


LAST = Turn.trace["attempts"][-1]
ANSWERED_BY = case(
    (Turn.model.in_((RULES, NOBODY)), Turn.model),
    (LAST["failure"].astext.is_(None), func.coalesce(LAST["model"].astext, Turn.model)),
    else_=Turn.model,
)
"""The model by our name for it: providers answer under the names of dated versions."""


async def answered_by(session: BusinessSession) -> dict[str, Mapping[str, Any]]:
    model = ANSWERED_BY.label("model")
    ours = (Turn.business_id == session.require_business(), Turn.created_at > func.now() - RECENTLY)
    rows = await session.execute(
        select(
            model,
            func.count(),
            func.percentile_cont(0.5).within_group(Turn.latency_ms),
            func.percentile_cont(0.95).within_group(Turn.latency_ms),
            func.sum(Turn.cost_micros),
        )
        .where(*ours)
        .group_by(text("1"))
    )
    return {
        name: {
            "turns": turns,
            "median_ms": round(median),
            "p95_ms": round(p95),
            "cost_micros": None if cost is None else int(cost),
        }
        for name, turns, median, p95, cost in rows
    }


async def failed_by(session: BusinessSession) -> dict[str, int]:
    attempt = func.jsonb_array_elements(Turn.trace["attempts"]).table_valued(
        "value", name="attempt", joins_implicitly=True
    )
    told = attempt.c.value.cast(JSONB)
    rows = await session.execute(
        select(told["model"].astext, func.count())
        .select_from(Turn)
        .join(attempt, true())
        .where(
            Turn.business_id == session.require_business(),
            Turn.created_at > func.now() - RECENTLY,
            told["failure"].astext.is_not(None),
        )
        .group_by(text("1"))
    )
    return dict(rows.all())
