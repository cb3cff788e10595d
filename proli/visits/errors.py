from proli.platform.errors import ProliError


class VisitNotChangeable(ProliError):
    """The visit has begun, or is over, or its request is closed."""
