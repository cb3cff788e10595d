"""What kinds of failure a request to a model can end in: codes whose words the console has."""

import enum

from pydantic_ai.exceptions import (
    ModelAuthenticationError,
    ModelConnectionError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    UnexpectedModelBehavior,
)


class ModelFailure(enum.StrEnum):
    slow = "slow"
    limit = "limit"
    key = "key"
    busy = "busy"
    unreachable = "unreachable"
    unusable = "unusable"
    """It answered, and nothing could be done with it."""
    other = "other"


class NoTimeLeft(Exception):
    """The models of a turn have had their time together; this one was not asked."""


KINDS: tuple[tuple[ModelFailure, tuple[type[Exception], ...]], ...] = (
    (ModelFailure.slow, (TimeoutError, NoTimeLeft, ModelTimeoutError, ModelRequestTimeout)),
    (ModelFailure.limit, (ModelRateLimitError, ModelQuotaExceededError)),
    (ModelFailure.key, (ModelAuthenticationError,)),
    (ModelFailure.busy, (ModelUnavailableError, ModelServerError)),
    (ModelFailure.unreachable, (ModelConnectionError,)),
    (ModelFailure.unusable, (UnexpectedModelBehavior, ValueError)),
)


def kind_of(failure: Exception) -> ModelFailure:
    """The first kind that it is one of: what is out of time may be a broken connection too."""
    return next((kind for kind, types in KINDS if isinstance(failure, types)), ModelFailure.other)
