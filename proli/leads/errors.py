from proli.platform.errors import NotFound


class LeadNotFound(NotFound):
    """No such lead in this business."""
