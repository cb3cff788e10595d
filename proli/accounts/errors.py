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
    """Too many wrong passwords: nobody may try until `until`."""

    status: ClassVar[int] = 429


class Forbidden(ProliError):
    """Signed in, and not allowed to do this."""

    status: ClassVar[int] = 403


class WeakPassword(ProliError):
    """The password is too short, too long or easily guessed."""

    status: ClassVar[int] = 422


class LinkExpired(ProliError):
    """The link is not ours, has been used, or is too old."""

    status: ClassVar[int] = 410


class EmailTaken(ProliError):
    """Somebody with this e-mail is a member already."""


class UserNotFound(NotFound):
    """No such user, or none of this business."""


class LastOwner(ProliError):
    """A business keeps at least one owner."""
