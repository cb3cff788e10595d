"""Words that staff have at hand: the business's own, and until it has any, a few of ours."""

from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import func, select

from proli.conversations.errors import QuickReplyChanged, QuickReplyNotFound, TooManyQuickReplies
from proli.conversations.models import QuickReply
from proli.platform.db import BusinessSession, locked

Language = Literal["he", "en"]
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Reply:
    """A quick reply; without an id and a version it is one of ours."""

    id: int | None
    version: int | None
    title: str
    text: str
    language: str
    position: int


STANDARD_REPLIES: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "he": (
        ("שלום", "שלום, תודה על הפנייה! במה אפשר לעזור?"),
        ("כבר חוזרים", "הפנייה התקבלה, נחזור עם תשובה בהקדם."),
        ("כתובת מלאה", "אפשר לקבל כתובת מלאה: רחוב, מספר בית, קומה ועיר?"),
        ("תמונה", "תמונה או סרטון קצר יעזרו להבין את התקלה. אפשר לשלוח כאן?"),
        ("מועד נוח", "באילו ימים ושעות נוח לקבל את הביקור?"),
        ("תודה", "תודה רבה, אנחנו כאן לכל שאלה."),
    ),
    "en": (
        ("Hello", "Hello, thank you for getting in touch! How can we help?"),
        ("Back soon", "We have received your message and will get back to you shortly."),
        ("Full address", "Could you send us the full address: street, house number, floor and city?"),
        ("Picture", "A picture or a short video would help us understand the problem. Could you send one here?"),
        ("Good time", "Which days and hours suit you for a visit?"),
        ("Thanks", "Thank you very much, we are here for any question."),
    ),
}


async def list_quick_replies(session: BusinessSession, language: Language) -> list[Reply]:
    """The business's own in their order, whatever their language; ours in this language while there are none."""
    own = await session.scalars(select(QuickReply).order_by(QuickReply.position, QuickReply.id))
    ours = [Reply(None, None, *words, language, place) for place, words in enumerate(STANDARD_REPLIES[language])]
    return [reply_of(one) for one in own] or ours


async def add_quick_reply(session: BusinessSession, *, title: str, text: str, language: Language) -> Reply:
    """One more, after the others.

    Raises:
        TooManyQuickReplies: there are a hundred.
    """
    counted = select(func.count(), func.coalesce(func.max(QuickReply.position), -1)).select_from(QuickReply)
    count, last = (await session.execute(counted)).one()
    if count >= MOST:
        raise TooManyQuickReplies(most=MOST)
    made = QuickReply(title=title, text=text, language=language, position=last + 1)
    session.add(made)
    await session.flush()
    return reply_of(made)


async def get_quick_reply(session: BusinessSession, reply_id: int, *, version: int | None = None) -> QuickReply:
    """The quick reply, locked.

    Raises:
        QuickReplyNotFound: none of this business.
        QuickReplyChanged: not of that version any more.
    """
    found = await session.scalar(locked(select(QuickReply).where(QuickReply.id == reply_id)))
    if found is None:
        raise QuickReplyNotFound(reply_id=reply_id)
    if version is not None and found.version != version:
        raise QuickReplyChanged(reply_id=reply_id, version=found.version)
    return found


def reply_of(one: QuickReply) -> Reply:
    return Reply(one.id, one.version, one.title, one.text, one.language, one.position)
