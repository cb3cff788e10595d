"""What leads refuse."""

from typing import ClassVar

from proli.platform.errors import NotFound, ProliError


class LeadNotFound(NotFound):
    """No such lead in this business."""


class LeadChanged(ProliError):
    """Somebody has changed the lead since it was read; `version` is its present one."""


class LeadOpenAlready(ProliError):
    """The contact has a request that is still being arranged; `lead_id` is that one."""


class BadLeadField(ProliError):
    """A value that cannot be: a trade or a place that does not exist. `field` says which."""

    status: ClassVar[int] = 422


class StageNotFound(NotFound):
    """No such stage on the board of this business."""


class BadStages(ProliError):
    """A board that cannot be; `reason` says why."""

    status: ClassVar[int] = 422


class TaskNotFound(NotFound):
    """No such task of this lead."""


class BadColumns(ProliError):
    """What the columns of a table are said to hold cannot be, or none holds the phone; `reason` says which."""

    status: ClassVar[int] = 422


class ViewNotFound(NotFound):
    """No such view of this user, nor a shared one."""


class ViewChanged(ProliError):
    """Somebody has changed the view since it was read; `version` is its present one."""


class TooManyViews(ProliError):
    """There are as many views as there may be; `most` says how many."""
