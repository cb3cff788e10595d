"""What we say on a line, and how much of it the caller has really heard.

The provider plays what it is sent at its own pace and tells where it has come to by marks, one behind each sentence.
What it throws away on `clear` it marks as well: such marks count for nothing.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import Final

from proli.knowledge.spoken.saying import sentences
from proli.voice.live.voices import Language, Voices
from proli.voice.talking import RATE, Line
from proli.voice.ulaw import SILENT, to_ulaw

AT_ONCE: Final = RATE // 5
"""A message of sound is a fifth of a second at most."""
BREATH: Final = SILENT * (RATE // 8)
LOST_S: Final = 1.0
"""A mark that is so late is lost, and its sound was heard."""
ALMOST: Final = 0.98


@dataclass
class Piece:
    """A sentence with its sound."""

    text: str
    mark: str
    began_at: float
    """When its first sound was sent."""
    seconds: float = 0.0
    whole: bool = False
    """All of its sound was sent."""
    heard_at: float | None = None
    """When its mark came back."""


@dataclass
class Saying:
    """Something that is said as one."""

    text: str
    pieces: list[Piece] = field(default_factory=list[Piece])
    first_at: float | None = None
    """When its first sound was sent."""


class Mouth:
    """Speaks on a line, one thing after the other."""

    def __init__(
        self, line: Line, voices: Voices, language: Language, voice_failed: Callable[[], None] = lambda: None
    ) -> None:
        self.language: Language = language
        self._voice_failed = voice_failed
        self._line = line
        self._voices = voices
        self._marks = count(1)
        self._waiting: dict[str, Piece] = {}
        self._moved = asyncio.Event()

    async def say(self, saying: Saying) -> None:
        """All of it was heard. Whoever cancels this says `hush`.

        Raises:
            VoiceGone: no voice speaks.
        """
        for sentence in sentences(saying.text):
            async with aclosing(self._voices.speak(sentence, self.language, self._voice_failed)) as sound:
                await self._send(saying, sentence, sound)
        await self._all_heard(saying)

    async def _send(self, saying: Saying, sentence: str, sound: AsyncGenerator[bytes]) -> None:
        piece = Piece(sentence, f"s{next(self._marks)}", monotonic())
        async for samples in sound:
            if not piece.seconds:
                piece.began_at = monotonic()
                saying.first_at = saying.first_at or piece.began_at
                saying.pieces.append(piece)
            await self._play(piece, to_ulaw(samples))
        if not piece.seconds:
            return
        await self._play(piece, BREATH)
        piece.whole = True
        self._waiting[piece.mark] = piece
        await self._line.mark(piece.mark)

    async def _play(self, piece: Piece, data: bytes) -> None:
        for at in range(0, len(data), AT_ONCE):
            await self._line.play(data[at : at + AT_ONCE])
        piece.seconds += len(data) / RATE

    async def _all_heard(self, saying: Saying) -> None:
        while any(piece.heard_at is None for piece in saying.pieces):
            left = ends_at(saying.pieces) + LOST_S - monotonic()
            if left <= 0:
                return
            self._moved.clear()
            try:
                async with asyncio.timeout(left):
                    await self._moved.wait()
            except TimeoutError:
                continue

    def played(self, mark: str) -> None:
        """The provider has come to this mark."""
        piece = self._waiting.pop(mark, None)
        if piece is not None:
            piece.heard_at = monotonic()
            self._moved.set()

    async def hush(self) -> None:
        """What was not heard yet is thrown away, and its marks count for nothing."""
        self._waiting.clear()
        await self._line.clear()


def ends_at(pieces: Sequence[Piece]) -> float:
    """When the last of them will have been played, as far as their marks tell."""
    end = 0.0
    for piece in pieces:
        begins = max(end, piece.began_at)
        end = begins + piece.seconds if piece.heard_at is None else piece.heard_at
    return end


def heard_of(saying: Saying, *, at: float) -> str:
    """The words that were heard by then: whole sentences by their marks, of the one in between as many as fit in."""
    heard, begins = list[str](), 0.0
    for piece in saying.pieces:
        begins = max(begins, piece.began_at)
        share = 1.0 if piece.heard_at is not None else heard_share(piece, at - begins)
        words = piece.text.split()
        heard += words[: len(words) if share >= ALMOST else int(share * len(words))]
        if share < ALMOST:
            break
        begins = begins + piece.seconds if piece.heard_at is None else piece.heard_at
    return " ".join(heard)


def heard_share(piece: Piece, for_s: float) -> float:
    """How much of a sentence was heard that has been played for so long, and whose mark has not come back."""
    if piece.whole and for_s > piece.seconds + LOST_S:
        return 1.0
    return max(0.0, min(for_s / max(piece.seconds, 0.1), ALMOST - 0.01))
