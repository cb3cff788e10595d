from proli.platform.jobs import Event


class LeftToStand(Event):
    """Staff have seen to a request whose professional had said that they cannot come, and have left it as it is."""

    lead_id: int


class PlaceChanged(Event):
    """A request for which somebody is asked, or a visit promised, is to be carried out elsewhere than was told."""

    lead_id: int
