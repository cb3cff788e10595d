from proli.platform.errors import NotFound, ProliError


class ConversationNotFound(NotFound):
    """No such conversation in this business."""


class ChannelAccountNotFound(NotFound):
    """No such number in this business, or at this provider."""


class ChannelAccountTaken(ProliError):
    """Another business owns this number."""
