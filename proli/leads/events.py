from proli.platform.jobs import Event


class PlaceChanged(Event):
    """A request for which somebody is asked, or a visit promised, is to be carried out elsewhere than was told."""

    lead_id: int
