"""Models that fail whenever they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import text

from proli.knowledge.text import isolate
from proli.notifications.outages import Found, find_outage, note_outage
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.playbooks.texts import Saying, say
from proli.sweeps.plans import Sweep
from proli.sweeps.running import sweeps

ENOUGH: Final = 5
"""So many failures in a row are an outage."""
LATELY: Final = 1800
SUMMARIES: Final = "summaries"
"""What stands among the models for the summaries of conversations, which may fail though all models answer."""
ASKED = text("""
    SELECT attempt ->> 'model' AS model, count(*) AS asked,
           count(*) FILTER (WHERE attempt ->> 'failure' IS NULL) AS answered
    FROM turns AS turn CROSS JOIN jsonb_array_elements(turn.trace -> 'attempts') AS attempt
    WHERE turn.business_id = :business_id AND turn.created_at > now() - make_interval(secs => :lately)
    GROUP BY 1
""")
TO_LOOK_AT = text("""
    SELECT business_id FROM outages WHERE kind = 'model' AND ended_at IS NULL AND business_id = ANY (:businesses)
    UNION SELECT business_id FROM turns
    WHERE business_id = ANY (:businesses) AND created_at > now() - make_interval(secs => :lately)
      AND jsonb_path_exists(trace, '$.attempts[*].failure ? (@ != null)')
""")


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a model was asked lately, and how often it answered."""

    model: str
    asked: int
    answered: int

    @property
    def well(self) -> bool | None:
        """None while too little shows it."""
        if self.answered:
            return True
        return False if self.asked >= ENOUGH else None


async def find_asking(session: BusinessSession, businesses: Sequence[int], _: datetime) -> list[tuple[int, int]]:
    """The businesses in which a model failed lately or is known to fail, each as a row of itself."""
    values = {"businesses": list(businesses), "lately": LATELY}
    return [(one, one) for one in await session.scalars(TO_LOOK_AT, values)]


@sweeps(Sweep.models, finds=find_asking)
async def watch_models(_: Runtime, session: BusinessSession, business_id: int, now: datetime) -> None:
    rows = await session.execute(ASKED, {"business_id": business_id, "lately": LATELY})
    for asked in [Asked(row.model, row.asked, row.answered) for row in rows]:

        def words(what: Literal["down", "well"], language: str, since: str, model: str = asked.model) -> Saying:
            return say(f"staff_model_{what}", language, model=isolate(model), since=since)

        await note_outage(session, Found("model", asked.model, asked.well, now), words, now=now)
    if await find_outage(session, "model", SUMMARIES) is not None:
        await note_summaries(session, well=False, now=now)


async def note_summaries(session: BusinessSession, *, well: bool, now: datetime) -> None:
    """Staff know once that conversations are not summarised, whatever number of them, and once that they are again."""

    def words(what: Literal["down", "well"], language: str, since: str) -> Saying:
        return say(f"staff_summaries_{what}", language, since=since)

    await note_outage(session, Found("model", SUMMARIES, well, now), words, now=now)
