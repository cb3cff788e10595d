"""What staff say to a customer settles what the lead wanted a person for."""

from proli.accounts.actor import BY_STAFF
from proli.conversations.events import PersonAnswered
from proli.conversations.queries import get_conversation
from proli.conversations.reasons import ANSWERED_IN_WRITING
from proli.leads.actions import attend
from proli.leads.queries import list_called
from proli.platform.jobs import on
from proli.platform.runtime import Runtime


@on(PersonAnswered)
async def person_answered(runtime: Runtime, event: PersonAnswered) -> None:
    """The leads of the conversation leave the list of what needs a person, unless one was called again since."""
    async with runtime.db.begin(event.business_id) as session:
        conversation = await get_conversation(session, event.conversation_id)
        leads = await list_called(session, conversation.contact_id, reasons=ANSWERED_IN_WRITING)
        await session.refresh(conversation, ["called_at"])
        if conversation.called_at is not None:
            return
        for lead in leads:
            await attend(session, lead, actor=BY_STAFF, now=runtime.clock.now())
