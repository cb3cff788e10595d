"""What talks with callers, and the line on which it does, whatever the provider."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Final, Protocol

from fastapi import FastAPI

from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.voice.rules import CallDirection, CallOutcome, TransferReason, is_simulated
from proli.voice.transfers import Leading

RATE: Final = 8_000
EXTRA: Final = ("twilio", "pipecat")
"""Packages without which no call is taken, or nobody talks in it."""
INSTALL: Final = "install requirements/voice.txt (in a checkout the extra `voice`)"


@dataclass(frozen=True, slots=True)
class Audio:
    """Sound of the caller: mu-law, RATE samples a second."""

    sequence: int
    at_ms: int
    """Since the line was opened, by the provider's clock."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """A key that the caller pressed."""

    digit: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the caller says, in words: only of callers who are played. `text` is all of it so far."""

    text: str
    final: bool
    """Nothing of it is written otherwise any more."""


@dataclass(frozen=True, slots=True)
class Played:
    """All that was sent before this mark was heard, or thrown away by `clear`."""

    name: str


@dataclass(frozen=True, slots=True)
class TheCall:
    """The call that a line belongs to, as its row had it when the line was opened."""

    business_id: int
    call_id: int
    external_id: str
    contact_id: int | None
    """None of a caller whose number is withheld."""
    phone_e164: str | None
    number_e164: str
    """The number of ours that was called, or that calls."""
    direction: CallDirection
    started_at: datetime
    lines: int
    """The how many-th line of the call this is: after the first one the talk goes on where it broke off."""
    came_back: TransferReason | None = None
    """Why people were rung for the call, of whom nobody has taken it, since the last line."""
    call_out_id: int | None = None
    """Why we have called, where we have."""
    recorded: bool = False
    """What is said is kept as sound, which the caller is told."""

    @property
    def simulated(self) -> bool:
        """Somebody of the business plays the caller, whose words may come over the line."""
        return is_simulated(self.external_id)


type Sign = Audio | Key | Words | Played


class Line(Protocol):
    """The line to one caller: mu-law of 8,000 samples a second, both ways."""

    def frames(self) -> AsyncGenerator[Sign]:
        """What comes from the caller until the line ends, in order; what came late or was unreadable is left out.

        It must be read all the time: marks and the end of the call come by it.
        """
        ...

    async def play(self, data: bytes) -> None:
        """The caller will hear this after what was sent before. On a line that is over nothing happens."""
        ...

    async def mark(self, name: str) -> None:
        """`Played` comes back with this name once all that was sent before was heard, or thrown away by `clear`."""
        ...

    async def clear(self) -> None:
        """What the caller has not heard yet is thrown away."""
        ...


@dataclass(frozen=True, slots=True)
class Farewell:
    """How a talk ended. Without an outcome it follows from the line: who hung up in the midst has dropped off, and what
    we ended is finished."""

    outcome: CallOutcome | None = None
    led_on: Leading | None = None
    """The call goes on with a person: whom to ring."""
    leaves_word: bool = False
    """The caller is asked to leave word, which the provider records."""


class Talker(Protocol):
    """Talks with callers, one call at a time for each `talk`; cheap to make, and loaded with the first call."""

    @property
    def hears(self) -> bool:
        """Whether it understands what is said, and not only words that are typed."""
        ...

    async def talk(self, runtime: Runtime, call: TheCall, line: Line) -> Farewell:
        """Ends when the talk is over, and within two seconds once `frames` has ended: what takes longer, such as a
        summary, is for whoever hears `CallEnded`.

        `transferred` leaves the call standing, with a person: the call has been led elsewhere by then, for whose line
        ends here without that is hung up. Whatever it raises is logged, and the caller's line is
        opened again, a few times.
        """
        ...

    async def close(self) -> None:
        """The process ends: what was kept open for all calls is closed."""
        ...


def require_extra() -> None:
    """Return where calls can be answered.

    Raises:
        ConfigurationError: a package is missing, with what to install.
    """
    if any(find_spec(name) is None for name in EXTRA):
        raise ConfigurationError(f"Calls cannot be answered: {INSTALL}.")


def find_talker(settings: Settings) -> Talker | None:
    """What talks with callers in this installation; None where nobody would hear them.

    It is loaded here, so that an installation without calls pays nothing.
    """
    return load_talker(settings) if settings.voice.ears else None


def load_talker(settings: Settings, ears: str | None = None) -> Talker | None:
    """What talks by these ears, or those of the settings."""
    return import_module("proli.voice.live.leah").Leah.of(settings, ears)


async def talker_for(app: FastAPI, *, simulated: bool) -> Talker | None:
    """Who talks in a call: what answers real ones, or else, where it is simulated, what reads typed words alone."""
    if app.state.talker is None and simulated and app.state.reader is None:
        app.state.reader = await asyncio.to_thread(load_talker, app.state.runtime.settings, "typed")
    return app.state.talker or (app.state.reader if simulated else None)
