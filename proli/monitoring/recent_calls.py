"""How calls have gone in the last quarter of an hour, read from the newest rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from proli.monitoring.recent import LIMITS
from proli.platform.db import BusinessSession

NEWEST = "(SELECT * FROM calls ORDER BY id DESC LIMIT :most) AS newest"
LATELY = "ended_at > now() - make_interval(mins => :minutes)"
ENDED = text(f"""
    SELECT CASE WHEN direction = 'outbound' AND outcome = 'missed' THEN 'unreached'
                ELSE coalesce(outcome, 'unknown') END, count(*) FROM {NEWEST} WHERE {LATELY} GROUP BY 1
""")  # noqa: S608
SECONDS = text(f"""
    SELECT percentile_cont(CAST(:quantiles AS float[])) WITHIN GROUP (
        ORDER BY greatest(extract(epoch FROM ended_at - connected_at), 0)) FROM {NEWEST} WHERE {LATELY}
""")  # noqa: S608
FALLBACKS = text(f"""
    SELECT kind, sum(CAST(times AS int)) FROM {NEWEST} CROSS JOIN jsonb_each_text(fallbacks) AS fell (kind, times)
    WHERE {LATELY} GROUP BY 1
""")  # noqa: S608
ANSWERS = text("""
    SELECT percentile_cont(CAST(:quantiles AS float[])) WITHIN GROUP (ORDER BY latency_ms / 1000.0)
    FROM (SELECT latency_ms, created_at FROM call_turns ORDER BY id DESC LIMIT :most) AS newest
    WHERE created_at > now() - make_interval(mins => :minutes)
""")
LIVE = text("SELECT count(*) FROM calls WHERE ended_at IS NULL")


@dataclass(frozen=True, slots=True)
class RecentCalls:
    live: int
    ended: Mapping[str, int]
    """By what they came to; whom we called and who did not answer, is `unreached`."""
    fallbacks: Mapping[str, int]
    """By what failed in them: ears, voice or mind."""
    seconds: Sequence[float]
    """From the line to the end, for each of the QUANTILES; none when no call ended."""
    answers: Sequence[float]
    """From the end of the caller's words to the first sound, for each of the QUANTILES; none without an answer."""


async def recent_calls(session: BusinessSession) -> RecentCalls:
    """Needs the operator's session."""
    ended = (await session.execute(ENDED, LIMITS)).all()
    fallbacks = (await session.execute(FALLBACKS, LIMITS)).all()
    seconds, answers = await session.scalar(SECONDS, LIMITS), await session.scalar(ANSWERS, LIMITS)
    return RecentCalls(
        live=await session.scalar(LIVE) or 0,
        ended={row[0]: row[1] for row in ended},
        fallbacks={row[0]: row[1] for row in fallbacks},
        seconds=[one for one in seconds or () if one is not None],
        answers=[one for one in answers or () if one is not None],
    )
