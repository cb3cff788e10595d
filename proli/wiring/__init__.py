"""The table of contents: every module with tables, every module with handlers, every router.

Each list is imported by whoever asks for it: a command that only writes rows should not wait for handlers and routers.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter


def load_models() -> Sequence[ModuleType]:
    """Every table is known."""
    from proli.wiring.models import MODELS

    return MODELS


def load_handlers() -> Sequence[ModuleType]:
    """Every handler is registered, and with it every table known."""
    from proli.wiring.handlers import LOADED

    return LOADED


def load_routers() -> "Sequence[APIRouter]":
    """Every router, in the order in which they are looked at."""
    from proli.wiring.routers import ROUTERS

    return ROUTERS


def load_voice_routers() -> "Sequence[APIRouter]":
    """The doors of calls, and what an operator's machines ask."""
    from proli.wiring.voice_routers import VOICE_ROUTERS

    return VOICE_ROUTERS
