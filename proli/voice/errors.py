from typing import ClassVar

from proli.platform.errors import NotFound, ProliError


class SignatureRefused(ProliError):
    """The request is not signed by the account that it names."""

    status: ClassVar[int] = 403


class BadAccount(ProliError):
    """No account at the provider is called so."""

    status: ClassVar[int] = 422


class NobodyTalks(ProliError):
    """What talks in calls is not installed here."""


class PhoneIsReal(ProliError):
    """Somebody has this phone who is not only played: a call that is simulated must not touch them."""


class CallNotFound(NotFound):
    """No such call in this business."""


class CallIsOver(ProliError):
    """Nobody can be given this call: it has ended, a person has it, or it is their own."""

    status: ClassVar[int] = 409


class CallIsRinging(ProliError):
    """Somebody is being rung for this call."""

    status: ClassVar[int] = 409


class NoPublicAddress(ProliError):
    """The provider does not know where to ask us: PROLI_HTTP_PUBLIC_URL is not set."""

    status: ClassVar[int] = 409


class RecordingNotFound(NotFound):
    """Nothing was recorded, or it is not kept any more."""


class VoiceNumberNotFound(NotFound):
    """Nobody here is called at this number."""


class VoiceNumberTaken(ProliError):
    """Another business is called at this number."""


class CannotBeRung(ProliError):
    """They have no phone, or want to hear from us only in answer to what they ask."""


class PersonAnswers(ProliError):
    """A person of the business answers them in writing."""


class AlreadyRung(ProliError):
    """They are being rung."""


class NobodyCalls(ProliError):
    """There is no number from which we could call, or nobody who would talk."""
