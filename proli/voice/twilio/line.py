"""The line to a caller over Twilio's WebSocket."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from fastapi import WebSocket
from loguru import logger
from starlette.websockets import WebSocketDisconnect

from proli.voice.rules import StreamEnd
from proli.voice.talking import Audio, Key, Played, Sign, Words
from proli.voice.twilio.frames import (
    Connected,
    FrameUnreadable,
    Start,
    Stop,
    clear_message,
    mark_message,
    media_message,
    read_frame,
)

PROTOCOL: Final = "audio.twilio.com"
START_S: Final = 5.0
"""The longest wait for the first two messages."""
SILENCE_S: Final = 10.0
"""Twilio sends sound all the time, also of somebody who keeps silent: without any the connection is dead."""
MOST_UNREADABLE: Final = 50


class NoStart(Exception):
    """The connection has not told whose it is."""


async def accept(websocket: WebSocket) -> None:
    """The connection stands, with Twilio's protocol where it is offered."""
    offered: list[str] = websocket.scope.get("subprotocols", [])
    await websocket.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)


async def read_words(websocket: WebSocket) -> str:
    """The next message.

    Raises:
        FrameUnreadable: it is no text.
        WebSocketDisconnect
    """
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    words = message.get("text")
    if words is None:
        raise FrameUnreadable("not text")
    return words


async def read_beginning(websocket: WebSocket) -> Start:
    """Whose line it is: `connected` may stand before it, and nothing else.

    Raises:
        NoStart: it does not say so in time.
    """
    try:
        async with asyncio.timeout(START_S):
            frame = read_frame(await read_words(websocket))
            if isinstance(frame, Connected):
                frame = read_frame(await read_words(websocket))
    except TimeoutError as error:
        raise NoStart("nothing came") from error
    except (FrameUnreadable, WebSocketDisconnect) as error:
        raise NoStart(str(error) or "gone") from error
    if not isinstance(frame, Start):
        raise NoStart("it begins with something else")
    return frame


class TwilioLine:
    """An open line. `ended_by` says why it ended, once `frames` has."""

    def __init__(self, websocket: WebSocket, stream_sid: str) -> None:
        self.ended_by: StreamEnd | None = None
        self._websocket = websocket
        self._stream_sid = stream_sid
        self._unreadable = 0
        self._newest = -1

    async def frames(self) -> AsyncGenerator[Sign]:
        while self.ended_by is None:
            frame = await self._next()
            if frame is not None:
                yield frame

    async def _next(self) -> Sign | None:
        """The next thing to know; None when there is none, as what came was late or unreadable, or the line is over."""
        try:
            async with asyncio.timeout(SILENCE_S):
                frame = read_frame(await read_words(self._websocket))
        except TimeoutError:
            self.ended_by = StreamEnd.silent
            return None
        except WebSocketDisconnect:
            self.ended_by = StreamEnd.lost
            return None
        except FrameUnreadable as error:
            self._count(str(error))
            return None
        match frame:
            case Stop():
                self.ended_by = StreamEnd.stopped
            case Audio(sequence=sequence):
                if sequence <= self._newest:
                    return None
                self._newest = sequence
                return frame
            case Key() | Words() | Played():
                return frame
            case _:
                pass
        return None

    def _count(self, why: str) -> None:
        self._unreadable += 1
        if self._unreadable == 1:
            logger.warning("Line {}: a message was left out: {}", self._stream_sid, why)
        if self._unreadable > MOST_UNREADABLE:
            self.ended_by = StreamEnd.garbled

    async def play(self, data: bytes) -> None:
        await self._send(media_message(self._stream_sid, data))

    async def mark(self, name: str) -> None:
        await self._send(mark_message(self._stream_sid, name))

    async def clear(self) -> None:
        await self._send(clear_message(self._stream_sid))

    async def _send(self, words: str) -> None:
        """Who has hung up is not told any more; `frames` says that they have."""
        if self.ended_by is not None:
            return
        try:
            await self._websocket.send_text(words)
        except (WebSocketDisconnect, RuntimeError):
            logger.debug("Line {}: nobody is there any more", self._stream_sid)
