"""What privacy refuses."""

from typing import ClassVar

from proli.platform.errors import ProliError


class PersonExpected(ProliError):
    """Somebody is asked to come, or is to come, to this person: that is cancelled first."""


class NotTheName(ProliError):
    """What was typed to confirm is not what the person is called."""

    status: ClassVar[int] = 422
