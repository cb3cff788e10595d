"""A load generator that costs little: keep-alive HTTP/1.1 over plain asyncio streams of bytes."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Load:
    """What came of a run: requests per second and latencies in seconds."""

    seconds: float
    latencies: list[float]
    statuses: dict[int, int]

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


@dataclass
class _Connection(asyncio.Protocol):
    """One connection that asks again as soon as it is answered."""

    requests: "asyncio.Queue[bytes]"
    done: asyncio.Event
    load: Load
    transport: asyncio.Transport | None = None
    began: float = 0
    buffer: bytearray = field(default_factory=bytearray)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        assert self.transport is not None
        try:
            request = self.requests.get_nowait()
        except asyncio.QueueEmpty:
            self.transport.close()
            return
        self.began = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        if not found:
            return
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        if len(rest) < length:
            return
        self.load.latencies.append(time.perf_counter() - self.began)
        status = int(head[9:12])
        self.load.statuses[status] = self.load.statuses.get(status, 0) + 1
        self.buffer.clear()
        self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self.done.set()


def request_bytes(path: str, body: bytes, *, token: str = "", method: str = "POST") -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    head += f"authorization: Bearer {token}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def fire(port: int, requests: Sequence[bytes], *, connections: int = 32) -> Load:
    """All requests, over that many connections at once."""
    waiting: asyncio.Queue[bytes] = asyncio.Queue()
    for request in requests:
        waiting.put_nowait(request)
    load = Load(0, [], {})
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    events = [asyncio.Event() for _ in range(connections)]
    for event in events:
        await loop.create_connection(lambda event=event: _Connection(waiting, event, load), "127.0.0.1", port)
    await asyncio.gather(*(event.wait() for event in events))
    load.seconds = time.perf_counter() - began
    return load
