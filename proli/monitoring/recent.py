"""How the last quarter of an hour has gone, read from the newest rows: large tables cost nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from proli.platform.db import BusinessSession

MINUTES: Final = 15
MOST: Final = 5_000
"""So many of the newest rows are looked at; with more in a quarter of an hour, the figures are of the newest."""
QUANTILES: Final = (0.5, 0.95, 0.99)
LIMITS: Final = {"minutes": MINUTES, "most": MOST, "quantiles": list(QUANTILES)}

TURNS = text("""
    SELECT model, count(*) FROM (SELECT model, created_at FROM turns ORDER BY id DESC LIMIT :most) AS newest
    WHERE created_at > now() - make_interval(mins => :minutes) GROUP BY 1
""")
ATTEMPTS = text("""
    SELECT attempt ->> 'model', coalesce(attempt ->> 'kind', CASE WHEN attempt ->> 'failure' IS NULL
           THEN 'answered' ELSE 'other' END), count(*)
    FROM (SELECT trace, created_at FROM turns ORDER BY id DESC LIMIT :most) AS newest
    CROSS JOIN jsonb_array_elements(trace -> 'attempts') AS attempt
    WHERE created_at > now() - make_interval(mins => :minutes) GROUP BY 1, 2
""")
REPLIES = text("""
    SELECT percentile_cont(CAST(:quantiles AS float[])) WITHIN GROUP (
        ORDER BY greatest(extract(epoch FROM reply.attempted_at - question.created_at), 0))
    FROM (SELECT key, reply_message_id, created_at FROM turns ORDER BY id DESC LIMIT :most) AS newest
    JOIN messages AS reply ON reply.id = reply_message_id AND reply.delivery IN ('sent', 'delivered', 'read')
    JOIN messages AS question ON question.id = CASE WHEN key ~ '^[0-9]{1,18}$' THEN CAST(key AS bigint) END
    WHERE newest.created_at > now() - make_interval(mins => :minutes)
""")
SENDS = text("""
    SELECT delivery, count(*) FROM (SELECT delivery, created_at, direction FROM messages ORDER BY id DESC LIMIT :most)
        AS newest
    WHERE direction = 'out' AND created_at > now() - make_interval(mins => :minutes) GROUP BY 1
""")
CONNECTIONS = text("""
    SELECT numbackends, current_setting('max_connections')::int FROM pg_stat_database WHERE datname = current_database()
""")


@dataclass(frozen=True, slots=True)
class Recent:
    turns: Mapping[str, int]
    """By the model that answered."""
    attempts: Mapping[tuple[str, str], int]
    """By model and what came of it."""
    replies: Sequence[float]
    """From a message to the reply on its way, in seconds, for each of the QUANTILES; none when nothing was replied."""
    sends: Mapping[str, int]
    """By where they stand now."""
    connections: tuple[int, int]
    """To the database, and the most it takes."""


async def recent(session: BusinessSession) -> Recent:
    """Needs the operator's session."""
    turns = (await session.execute(TURNS, LIMITS)).all()
    attempts = (await session.execute(ATTEMPTS, LIMITS)).all()
    sends = (await session.execute(SENDS, LIMITS)).all()
    used, most = (await session.execute(CONNECTIONS)).one()
    return Recent(
        turns={row[0]: row[1] for row in turns},
        attempts={(model, outcome): count for model, outcome, count in attempts},
        replies=await session.scalar(REPLIES, LIMITS) or (),
        sends={row[0]: row[1] for row in sends},
        connections=(used, most),
    )
