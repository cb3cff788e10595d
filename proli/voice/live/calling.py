"""A person is called to a call that cannot go on by itself."""

from proli.conversations.queries import get_conversation
from proli.conversations.reasons import PersonReason
from proli.knowledge.dangers import find_danger
from proli.knowledge.said import as_said
from proli.notifications.calling import call_staff
from proli.playbooks.texts import say_danger
from proli.voice.live.notes import Host, Notes


async def call_person_to(notes: Notes, reason: PersonReason) -> None:
    """The conversation of the call waits for a person; staff hear of it once. Nothing happens without one."""
    if not notes.conversation_id:
        return
    async with notes.db.begin(notes.call.business_id) as session:
        conversation = await get_conversation(session, notes.conversation_id, lock=True)
        key = f"call:{notes.call.call_id}"
        await call_staff(session, conversation, reason=reason, key=key, now=notes.clock.now())


def danger_words(text: str, host: Host) -> str:
    """What to do at once in the danger that the words tell of; empty where they tell of none."""
    danger = find_danger(as_said(text))
    return "" if danger is None else str(say_danger(danger, host.language, host.texts))
