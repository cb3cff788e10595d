"""What stands in a conversation, as it is read for a turn: values without a row behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, literal_column
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from proli.conversations.models import UNANSWERED, Direction, Message, MessageKind


@dataclass(frozen=True, slots=True)
class Line:
    """A message as it was read."""

    id: int
    direction: Direction
    kind: MessageKind
    text: str
    button_id: str | None
    media: dict[str, Any] | None
    sent_at: datetime
    created_at: datetime
    buttons: Sequence[Mapping[str, Any]] = ()
    dedup_key: str | None = None
    """What a message of ours was for."""


type Said = Line | Message
"""What was said, as it was read or as a row that may be written."""

JSON_VALUE: Final[TypeEngine[Any]] = JSONB()
COLUMNS: Final = "id, direction, kind, text, button_id, media, sent_at, created_at, buttons, dedup_key"
WAITS: Final = f"conversation_id = conversations.id AND {UNANSWERED}"


def lines(words: str) -> ColumnElement[Any]:
    """The lines of a query over messages, in the order they were written, as one value of a row of `conversations`."""
    every = f"SELECT coalesce(jsonb_agg(to_jsonb(line) ORDER BY sent_at, id), '[]') FROM ({words}) AS line"  # noqa: S608
    return literal_column(f"({every})", JSON_VALUE)


WAITING_LINES: Final = lines(f"SELECT {COLUMNS} FROM messages WHERE {WAITS}")  # noqa: S608
"""What wants an answer and has none."""


def newest_lines(most: int) -> ColumnElement[Any]:
    """So many of the last messages of both sides beside those that wait."""
    return lines(f"""
        SELECT {COLUMNS} FROM messages WHERE conversation_id = conversations.id AND deleted_at IS NULL
        ORDER BY sent_at DESC, id DESC LIMIT {most} + (SELECT count(*) FROM messages WHERE {WAITS})
    """)  # noqa: S608


def read_lines(found: Sequence[Mapping[str, Any]]) -> list[Line]:
    return [
        Line(
            one["id"], Direction(one["direction"]), MessageKind(one["kind"]), one["text"], one["button_id"],
            one["media"], datetime.fromisoformat(one["sent_at"]), datetime.fromisoformat(one["created_at"]),
            one["buttons"], one["dedup_key"],
        )
        for one in found
    ]  # fmt: skip
