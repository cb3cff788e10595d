"""Facts and turns made by hand, for what needs no database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from proli.chat.turns import Turn
from proli.conversations.models import MessageKind
from proli.mind.deps import Deps
from proli.mind.facts import Done, Facts, Known, Said, Standing
from proli.mind.hearing.burst import Heard, hear
from proli.mind.ladder.rungs import Journal
from proli.mind.rules.dialogue import step
from proli.mind.rules.state import Call, Say
from proli.mind.thinking import Thought
from proli.platform.runtime import Runtime
from proli.playbooks.loader import Playbook, get_playbook
from tests.conftest import SUNDAY_MORNING

ZONE = ZoneInfo("Asia/Jerusalem")
COMPLETE = Known(
    lead_id=1, status="contacted", trade="plumber", issue="leak", locality="רמת גן", address="ביאליק 30, קומה 2"
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant in UTC, by the clock of Jerusalem in November 2070; today is the 23rd."""
    return datetime(2070, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def said(text: str = "", kind: MessageKind = MessageKind.text, **media: Any) -> Said:
    return Said(message_id=1, kind=kind, text=text, button_id=None, media=media or None)


def facts_of(
    *texts: str | Said,
    known: Known | None = None,
    standing: Standing | None = None,
    asked: str | None = None,
    offered: Sequence[datetime] = (),
    language: str = "he",
    first: bool = False,
    done: Sequence[Done] = (),
    playbook: Playbook | None = None,
) -> Facts:
    return Facts(
        business="מורן שירותי בית",
        playbook=playbook or get_playbook("services"),
        zone=ZONE,
        now=SUNDAY_MORNING,
        language=language,
        known=known or Known(),
        standing=standing,
        asked=asked,
        offered=tuple(offered),
        said=tuple(said(one) if isinstance(one, str) else one for one in texts),
        first_contact=first,
        done=tuple(done),
        contact_phone="+972527654321",
    )


def turn_of(facts: Facts, *history: tuple[str, str]) -> Turn:
    return Turn(conversation_id=1, contact_id=1, key="1", message_ids=(1,), facts=facts, history=history)


def deps_of(runtime: Runtime, facts: Facts) -> Deps:
    return Deps(
        runtime=runtime,
        business_id=1,
        origin="conversation:1",
        conversation_id=1,
        contact_id=1,
        turn_key="1",
        now=facts.now,
        zone=facts.zone,
        language=facts.language,
        playbook=facts.playbook,
        heard=hear(facts),
        said=facts.text,
        shown=facts.offered,
    )


def thought_of(text: str, *done: Done, history: Sequence[tuple[str, str]] = ()) -> Thought:
    return Thought(
        text=text,
        model="scripted",
        latency_ms=1,
        cost_micros=None,
        done=tuple(done),
        journal=Journal(),
        usage={},
        history=tuple(history),
    )


def move(facts: Facts, *done: Done) -> Call | Say:
    return step(facts, hear(facts), list(done))


def saves(facts: Facts) -> dict[str, Any]:
    """The details that are saved."""
    found = move(facts)
    assert isinstance(found, Call), found
    assert found.tool == "save_details"
    return dict(found.arguments)


def says(facts: Facts, *done: Done) -> str:
    found = move(facts, *done)
    assert isinstance(found, Say), found
    return found.text


def requests(facts: Facts, *done: Done) -> datetime:
    """The start that a professional is asked for."""
    found = move(facts, *done)
    assert isinstance(found, Call), found
    assert found.tool == "request_visit", found
    return datetime.fromisoformat(found.arguments["start"])


def saved(**details: Any) -> Done:
    return Done("save_details", {}, {"lead_id": 1, "saved": details, "problems": {}})


def done_before(facts: Facts) -> tuple[Done, ...]:
    found = move(facts)
    return (saved(),) if isinstance(found, Call) and found.tool == "save_details" else ()


def heard_in(facts: Facts) -> tuple[Facts, Heard]:
    """The facts with what code hears in them."""
    return facts, hear(facts)
