"""All that is kept of a person, in one ZIP that grows while it is sent: tables as JSON, files, and a page to read."""

import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select, text

from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.files import load_file
from proli.conversations.models import Conversation
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.platform.errors import ProliError
from proli.platform.runtime import Runtime
from proli.privacy.page import END, SHOWN, beginning_of, lines_of
from proli.privacy.rules import RULES, Reach

PAGE: Final = 500
MOST_FILES: Final = 500
MOST_BYTES: Final = 500 * 1024 * 1024
NAMED: Final[Mapping[str, str]] = {"contacts": "id", "contact_merges": "kept_id", "leads": "id", "conversations": "id"}
OF_REACH: Final[Mapping[Reach, str]] = {"contact": "contact_id", "conversation": "conversation_id", "lead": "lead_id"}

type Ids = Mapping[str, Sequence[int]]
type Row = dict[str, Any]


class Outgoing:
    """What a ZIP has written and nobody has taken yet; it cannot go back, so it is written from front to end."""

    def __init__(self) -> None:
        self._waits = bytearray()

    def write(self, data: bytes) -> int:
        self._waits += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self._waits = bytes(self._waits), bytearray()
        return taken


async def export_person(runtime: Runtime, business_id: int, contact_id: int) -> AsyncGenerator[bytes]:
    """The ZIP, piece by piece; no transaction stays open while one is on its way, and no more than a page of messages
    or one file is held."""
    async with runtime.db.begin(business_id) as session:
        ids = await ids_of(session, contact_id)
        zone = (await get_business(session)).zone
    out = Outgoing()
    read: dict[str, list[Row]] = {table: [] for table in SHOWN}
    with ZipFile(out, "w", ZIP_DEFLATED) as book:  # type: ignore[arg-type]
        for table in tables_of_people():
            empty = True
            with book.open(f"data/{table}.json", "w") as member:
                async for page in pages_of(runtime, business_id, table, ids):
                    start = b"[\n" if empty else b",\n"
                    member.write(start + ",\n".join(json.dumps(row, ensure_ascii=False) for row in page).encode())
                    empty = False
                    if table in SHOWN:
                        read[table] += page
                    yield out.take()
                member.write(b"[]\n" if empty else b"\n]\n")
        files: dict[int, str] = {}
        async for message_id, name, data in files_of(runtime, business_id, ids):
            files[message_id] = name
            book.writestr(name, data)
            yield out.take()
        async for name, data in recordings_of(runtime, business_id, ids):
            book.writestr(name, data)
            yield out.take()
        with book.open("index.html", "w") as member:
            member.write(beginning_of(read, zone).encode())
            async for page in pages_of(runtime, business_id, "messages", ids):
                member.write(lines_of(page, files, zone).encode())
                yield out.take()
            member.write(END.encode())
    yield out.take()


def tables_of_people() -> list[str]:
    return [table for table, rule in RULES.items() if rule.by != "none"]


async def ids_of(session: BusinessSession, contact_id: int) -> Ids:
    talks = await session.scalars(select(Conversation.id).where(Conversation.contact_id == contact_id))
    leads = await session.scalars(select(Lead.id).where(Lead.contact_id == contact_id))
    contact = await session.scalars(select(Contact.id).where(Contact.id == contact_id))
    return {"contact": contact.all(), "conversation": talks.all(), "lead": leads.all()}


async def pages_of(runtime: Runtime, business_id: int, table: str, ids: Ids) -> AsyncGenerator[list[Row]]:
    """The person's rows of a table, oldest first."""
    rule, last = RULES[table], 0
    reach = {"contacts": "contact", "conversations": "conversation", "leads": "lead"}.get(table, rule.by)
    column = NAMED.get(table) or OF_REACH[rule.by]
    statement = text(f"""
        SELECT to_jsonb({table}) - '{{search,data}}'::text[] FROM {table}
        WHERE {column} = ANY (:ids) AND id > :last ORDER BY id LIMIT {PAGE}
    """)  # noqa: S608 - names of ours
    while True:
        async with runtime.db.begin(business_id) as session:
            page = list(await session.scalars(statement, {"ids": list(ids[reach]), "last": last}))
        if not page:
            return
        yield page
        last = page[-1]["id"]


def has_file(message: Row) -> bool:
    media: Row = message["media"] or {}
    return bool(media.get("url"))


async def files_of(runtime: Runtime, business_id: int, ids: Ids) -> AsyncGenerator[tuple[int, str, bytes]]:
    """The files that can still be had, so many and so much at most: (message, name in the ZIP, content)."""
    room, sent = MOST_BYTES, list[int]()
    async for page in pages_of(runtime, business_id, "messages", ids):
        sent += [one["id"] for one in page if has_file(one)]
    for message_id in sent[:MOST_FILES]:
        try:
            file = await load_file(runtime, business_id, message_id)
        except ProliError:
            continue
        room -= len(file.data)
        if room < 0:
            return
        safe = re.sub(r"[^\w.-]", "_", file.name)[-80:] or file.mime_type.replace("/", ".")
        yield message_id, f"files/{message_id}-{safe}", file.data


async def recordings_of(runtime: Runtime, business_id: int, ids: Ids) -> AsyncGenerator[tuple[str, bytes]]:
    """What is still kept of what was recorded of the person's calls, line by line: (name, content)."""
    lines = text("SELECT DISTINCT call_id, stream_id FROM recording_parts WHERE contact_id = ANY (:ids) ORDER BY 1, 2")
    sound = text("SELECT string_agg(data, ''::bytea ORDER BY number) FROM recording_parts WHERE stream_id = :id")
    async with runtime.db.begin(business_id) as session:
        kept = (await session.execute(lines, {"ids": list(ids["contact"])})).all()
    for call_id, stream_id in kept[:MOST_FILES]:
        async with runtime.db.begin(business_id) as session:
            data = await session.scalar(sound, {"id": stream_id})
        if data:
            yield f"calls/{call_id}-{stream_id}.ogg", bytes(data)
