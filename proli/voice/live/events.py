"""What can happen in a talk."""

import asyncio
from dataclasses import dataclass
from typing import Any

from proli.voice.live.ears import Heard


@dataclass(frozen=True, slots=True)
class Voicing:
    """The caller begins or ceases to speak."""

    speaks: bool
    at: float


@dataclass(frozen=True, slots=True)
class Pressed:
    digit: str


@dataclass(frozen=True, slots=True)
class Deaf:
    """The ears hear no more."""

    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The line is over."""


@dataclass(frozen=True, slots=True)
class Done:
    """A task of ours is done: speaking, or thinking."""

    task: asyncio.Task[Any]


type Happening = Voicing | Pressed | Heard | Deaf | Gone | Done
