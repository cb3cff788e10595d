"""What the office refuses."""

from typing import ClassVar

from proli.platform.errors import ProliError


class SettingsChanged(ProliError):
    """Somebody has changed the settings since they were read; `version` is their present one."""


class BadSetting(ProliError):
    """A value that cannot be: a zone, a phone, weights that are all zero. `field` says which."""

    status: ClassVar[int] = 422


class OptedOut(ProliError):
    """Who has this phone does not want to be written to first."""


class TestedJustNow(ProliError):
    """A test message to this phone was queued within the minute."""

    status: ClassVar[int] = 429
