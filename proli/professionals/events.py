from proli.platform.jobs import Event


class AttendanceChanged(Event):
    """Staff have changed whether a professional takes requests, or when on certain days they work; how it was before.
    Visits that are booked stay theirs.
    """

    professional_id: int
    was_active: bool
    had_exceptions: dict[str, list[list[int]]]
