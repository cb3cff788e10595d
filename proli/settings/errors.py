"""What the settings refuse."""

from proli.platform.errors import ProliError


class SettingsChanged(ProliError):
    """Somebody has changed the settings since they were read; `version` is their present one."""
