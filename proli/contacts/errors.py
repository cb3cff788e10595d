from typing import ClassVar

from proli.platform.errors import NotFound, ProliError


class OverBudget(ProliError):
    """So much has been used today that a person should decide; `of` says whose budget it is, `kind` of what."""

    status: ClassVar[int] = 429


class ContactNotFound(NotFound):
    """No such contact in this business, or none any more."""


class ContactUnreachable(ProliError):
    """None of the contact's addresses can be written to, or the business has no number to write from."""


class ContactMergeRefused(ProliError):
    """Two contacts cannot be made one; `reason` says why."""


class ContactMergeNotFound(NotFound):
    """No such merge in this business, or it was undone."""


class ContactMergeStands(ProliError):
    """The contact has been merged again since; the latest merge is undone first, which is `merge_id`."""
