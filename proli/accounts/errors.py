"""What accounts refuse."""

from typing import ClassVar

from proli.platform.errors import NotFound, ProliError


class BusinessNotFound(NotFound):
    """No business of that id or short name."""


class SlugTaken(ProliError):
    """Another business has this short name."""


class Unauthenticated(ProliError):
    """Nobody is signed in, or no more."""

    status: ClassVar[int] = 401


class WrongCredentials(Unauthenticated):
    """The e-mail and password do not belong together; which of them is wrong is not told."""


class SecondFactorNeeded(Unauthenticated):
    """The password is right, and a code of the second factor is needed besides."""


class WrongCode(Unauthenticated):
    """The code is wrong or has been used."""


class LockedOut(ProliError):
    """Too many wrong answers, for this address or from this place: nobody may try until `until`."""

    status: ClassVar[int] = 429


class Busy(ProliError):
    """So many sign in at this moment that this one has to come again."""

    status: ClassVar[int] = 503


class ProofNeeded(ProliError):
    """Signed in, and for this it has to be shown anew who sits there."""

    status: ClassVar[int] = 403


class Forbidden(ProliError):
    """Signed in, and not allowed to do this."""

    status: ClassVar[int] = 403


class WeakPassword(ProliError):
    """The password is too short, too long or easily guessed."""

    status: ClassVar[int] = 422


class LinkExpired(ProliError):
    """The link is not ours, has been used, is too old, or is of a time when the account was another."""

    status: ClassVar[int] = 410


class EmailTaken(ProliError):
    """Somebody with this e-mail is a member already."""


class SamePassword(ProliError):
    """The new password is the one they had."""

    status: ClassVar[int] = 422


class ProfessionalElsewhere(NotFound):
    """No such professional, or none of this business."""


class InvitationNotFound(NotFound):
    """No open invitation of this business."""


class TooManyInvitations(ProliError):
    """A business has so many open invitations that it has to take some back first."""


class DeviceNotFound(NotFound):
    """The user has no such device that is signed in."""


class UserNotFound(NotFound):
    """No such user, or none of this business."""


class SeveralUsers(ProliError):
    """More than one account has this address; the business says which is meant."""

    status: ClassVar[int] = 409


class LastOwner(ProliError):
    """A business keeps at least one owner."""


class BadSetting(ProliError):
    """A value that cannot be: a zone, a phone, weights that are all zero. `field` says which."""

    status: ClassVar[int] = 422
