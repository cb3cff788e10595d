from proli.platform.jobs import Event


class SamePersonFound(Event):
    """One message has shown addresses of two contacts."""

    kept_id: int
    other_id: int
