"""A database that counts: it stands before a real PostgreSQL, passes everything on, and notes what it was asked."""

import asyncio
import contextlib
import re
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.engine import make_url

STARTUP = struct.Struct("!ii")
PROTOCOL_3 = 196608
"""The first message of a connection, once it has asked for no more encryption."""
HEAD = struct.Struct("!ci")


UPKEEP = re.compile(r"procrastinate_(\w+_workers?|update_heartbeat|fetch_job)_v\d|SELECT EXISTS \(SELECT FROM procrast")
"""What a worker asks by the clock: as it comes, looks for jobs and goes, and whether `Queue.drain` is done."""


@dataclass
class Asked:
    """What the clients have asked for: the statements of each round trip, in their order."""

    round_trips: list[list[str]] = field(default_factory=list[list[str]])

    @property
    def statements(self) -> list[str]:
        return [statement for trip in self.round_trips for statement in trip]

    def take(self) -> "Asked":
        """What was asked so far, but for the upkeep of workers; from here on it is counted anew."""
        trips, self.round_trips = self.round_trips, []
        upkeep = {place for place, trip in enumerate(trips) if UPKEEP.search(trip[0])}
        due = {place for place in upkeep if "EXISTS" in trips[place][0]}
        aside = upkeep | {place + step for place in due for step in (-1, 1)}  # its transaction
        return Asked([trip for place, trip in enumerate(trips) if place not in aside])


@dataclass
class Reader:
    """Reads what one client says, message by message."""

    asked: Asked
    started: bool = False
    buffer: bytearray = field(default_factory=bytearray)
    prepared: dict[bytes, str] = field(default_factory=dict[bytes, str])
    bound: str = ""
    trip: list[str] = field(default_factory=list[str])
    """What has been asked since an answer was last waited for."""

    def feed(self, data: bytes) -> None:
        self.buffer += data
        while (length := self._length()) is not None and len(self.buffer) >= length:
            message = bytes(self.buffer[:length])
            del self.buffer[:length]
            if self.started:
                self._read(message[:1], message[5:])
            else:
                self.started = STARTUP.unpack_from(message)[1] == PROTOCOL_3

    def _length(self) -> int | None:
        if not self.started:
            return STARTUP.unpack_from(self.buffer)[0] if len(self.buffer) >= STARTUP.size else None
        return HEAD.unpack_from(self.buffer)[1] + 1 if len(self.buffer) >= HEAD.size else None

    def _read(self, kind: bytes, body: bytes) -> None:
        match kind:
            case b"Q":
                self.asked.round_trips.append([body.rstrip(b"\0").decode()])
            case b"P":
                name, statement = body.split(b"\0", 2)[:2]
                self.prepared[name] = statement.decode()
            case b"B":
                self.bound = self.prepared[body.split(b"\0", 2)[1]]
            case b"E":
                self.trip.append(self.bound)
            case b"S" if self.trip:
                self.asked.round_trips.append(self.trip)
                self.trip = []
            case _:
                pass


@dataclass
class CountedDatabase:
    url: str
    asked: Asked


@asynccontextmanager
async def counted(url: str) -> AsyncGenerator[CountedDatabase]:
    """The database at `url` by another address, where what is asked is counted."""
    target, asked = make_url(url), Asked()
    links: set[asyncio.Task[None]] = set()

    async def connect() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder = target.query.get("host")
        if isinstance(folder, str) and folder.startswith("/"):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{target.port or 5432}")
        return await asyncio.open_connection(target.host, target.port or 5432)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        links.add(task)
        task.add_done_callback(links.discard)
        theirs, ours = await connect()
        back = asyncio.create_task(pass_on(theirs, writer))
        try:
            await pass_on(reader, ours, Reader(asked))
            await back
        finally:
            back.cancel()
            for side in (ours, writer):
                side.close()
                with contextlib.suppress(ConnectionError):
                    await side.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1")
    try:
        address = target.difference_update_query(["host"]).set(
            host="127.0.0.1", port=server.sockets[0].getsockname()[1]
        )
        yield CountedDatabase(address.render_as_string(hide_password=False), asked)
    finally:
        server.close()
        for link in links:
            link.cancel()
        await asyncio.gather(*links, return_exceptions=True)


async def pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter, client: Reader | None = None) -> None:
    """Everything from one side reaches the other, until it hangs up."""
    with contextlib.suppress(ConnectionError):
        while data := await source.read(1 << 16):
            if client is not None:
                client.feed(data)
            target.write(data)
            await target.drain()
        target.write_eof()
