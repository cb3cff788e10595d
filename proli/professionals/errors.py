from proli.platform.errors import NotFound, ProliError


class ProfessionalNotFound(NotFound):
    """No such professional in this business."""


class PhoneTaken(ProliError):
    """Another professional of this business has this phone."""


class BadHours(ProliError):
    """Opening hours that cannot be: outside 0 to 1440 minutes, or ending before they begin."""

    status = 422
