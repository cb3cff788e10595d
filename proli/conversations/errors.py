from typing import ClassVar

from proli.platform.errors import NotFound, ProliError


class ConversationNotFound(NotFound):
    """No such conversation in this business."""


class ChannelAccountNotFound(NotFound):
    """No such number in this business, or at this provider."""


class ChannelAccountTaken(ProliError):
    """Another business owns this number."""


class ChannelAccountUsed(ProliError):
    """Somebody has spoken with this number: it stays, with what was said."""


class TokenRefused(ProliError):
    """What was shown is not the token that this account was set up with."""

    status = 401


class DeadLetterNotFound(NotFound):
    """No such message in this business that could not be sent."""


class MessageNotFound(NotFound):
    """No such message in this conversation."""


class MediaNotFound(NotFound):
    """The message came without a file."""


class QuickReplyNotFound(NotFound):
    """No such quick reply in this business."""


class QuickReplyChanged(ProliError):
    """Somebody has changed the quick reply since it was read; `version` is its present one."""


class TooManyQuickReplies(ProliError):
    """There are as many quick replies as there may be; `most` says how many."""


class WebhookTokenTooShort(ProliError):
    """The token by which a provider shows itself could be guessed."""

    status: ClassVar[int] = 422


class OptedOut(ProliError):
    """Who has this phone does not want to be written to first."""


class TestedJustNow(ProliError):
    """A test message to this phone was queued within the minute."""

    status: ClassVar[int] = 429


class ContactChanging(ProliError):
    """Whoever writes was being merged with somebody else all the while; the provider says it again."""

    status: ClassVar[int] = 503
