from typing import ClassVar

from proli.platform.errors import NotFound, ProliError


class SignatureRefused(ProliError):
    """The request is not signed by the account that it names."""

    status: ClassVar[int] = 403


class BadAccount(ProliError):
    """No account at the provider is called so."""

    status: ClassVar[int] = 422


class CallNotFound(NotFound):
    """No such call in this business."""


class RecordingNotFound(NotFound):
    """Nothing was recorded, or it is not kept any more."""


class VoiceNumberNotFound(NotFound):
    """Nobody here is called at this number."""


class VoiceNumberTaken(ProliError):
    """Another business is called at this number."""
