from proli.platform.errors import NotFound, ProliError


class ConversationNotFound(NotFound):
    """No such conversation in this business."""


class ChannelAccountNotFound(NotFound):
    """No such number in this business, or at this provider."""


class ChannelAccountTaken(ProliError):
    """Another business owns this number."""


class TokenRefused(ProliError):
    """What was shown is not the token that this account was set up with."""

    status = 401


class QuickReplyNotFound(NotFound):
    """No such quick reply in this business."""


class QuickReplyChanged(ProliError):
    """Somebody has changed the quick reply since it was read; `version` is its present one."""


class TooManyQuickReplies(ProliError):
    """There are as many quick replies as there may be; `most` says how many."""
