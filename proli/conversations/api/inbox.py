"""The inbox of the console: threads, who answers, and what staff say."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.conversations.inbox import hand_back, take_over
from proli.conversations.lists import Line, Place, State, get_line, list_conversations, list_messages
from proli.conversations.models import Author, Delivery, Direction, Message, MessageKind, Owner
from proli.conversations.opening import write_to
from proli.conversations.outbox import note_words, queue_text
from proli.conversations.queries import get_conversation
from proli.conversations.reasons import PersonReason
from proli.conversations.waiting import note_answer
from proli.platform.doors.values import Moment

router = APIRouter(prefix="/api/businesses/{slug}/conversations", tags=["conversations"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]


class MessageOut(BaseModel):
    id: int
    direction: Direction
    author: Author
    kind: MessageKind
    text: str
    sent_at: datetime
    delivery: Delivery | None
    buttons: list[dict[str, Any]]
    media: Annotated[dict[str, Any] | None, Field(description="Of an attached file: its kind and name.")]


class ConversationOut(BaseModel):
    id: int
    contact_id: int
    name: str
    phone: str | None
    owner: Annotated[Owner, Field(description="Who answers.")]
    owner_since: datetime | None
    unanswered: int
    called_for: Annotated[PersonReason | None, Field(description="Why a person was called to it and has not answered.")]
    last_inbound_at: datetime | None
    last_message_at: datetime | None
    last: MessageOut | None


class ConversationPage(BaseModel):
    conversations: list[ConversationOut]


class Thread(BaseModel):
    conversation_id: int
    owner: Owner
    messages: Annotated[list[MessageOut], Field(description="Oldest first.")]


class NewConversation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    contact_id: int


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    key: Annotated[str, Field(min_length=8, max_length=64, description="Made by the page: sent twice, said once.")]


@router.get("")
async def get_conversations(
    inside: Viewer,
    state: State = "all",
    before_at: Moment | None = None,
    before_id: int | None = None,
    before_called_for: PersonReason | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> ConversationPage:
    """Conversations, the newest words of either side first, and among those that wait dangers before all.

    `before_*` are `last_message_at`, `id` and `called_for` of the last one shown.
    """
    before = None
    if before_at is not None and before_id is not None:
        before = Place(before_at, before_id, in_danger=before_called_for == PersonReason.danger)
    lines = await list_conversations(inside.session, state=state, before=before, limit=limit)
    return ConversationPage(conversations=[shown(line) for line in lines])


@router.post("", status_code=201)
@deed("conversation.opened", "conversation")
async def post_conversation(body: NewConversation, inside: Agent) -> ConversationOut:
    """Begin to write to somebody, who may never have written; with whom there is a conversation, that one goes on."""
    conversation = await write_to(inside.session, body.contact_id)
    return shown(await get_line(inside.session, conversation.id))


@router.get("/{conversation_id}")
async def get_thread(
    conversation_id: int,
    inside: Viewer,
    before: int | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Thread:
    """The newest messages of a conversation, or those before one."""
    conversation = await get_conversation(inside.session, conversation_id)
    messages = await list_messages(inside.session, conversation_id, before=before, limit=limit)
    return Thread(
        conversation_id=conversation_id, owner=conversation.owner, messages=[shown_message(one) for one in messages]
    )


@router.get("/{conversation_id}/about")
async def get_about(conversation_id: int, inside: Viewer) -> ConversationOut:
    """One conversation as the list shows it."""
    return shown(await get_line(inside.session, conversation_id))


@router.post("/{conversation_id}/take-over", status_code=204)
@deed("conversation.taken_over", "conversation:{conversation_id}")
async def post_take_over(conversation_id: int, inside: Agent) -> None:
    """People answer from now on; what the agent has not sent yet stays unsent."""
    await get_conversation(inside.session, conversation_id)
    await take_over(inside.session, conversation_id=conversation_id, now=inside.now)


@router.post("/{conversation_id}/hand-back", status_code=204)
@deed("conversation.handed_back", "conversation:{conversation_id}")
async def post_hand_back(conversation_id: int, inside: Agent) -> None:
    """The agent answers again, beginning with what was left unanswered."""
    await get_conversation(inside.session, conversation_id)
    await hand_back(inside.session, conversation_id=conversation_id, now=inside.now)


@router.post("/{conversation_id}/attended", status_code=204)
@deed("conversation.attended", "conversation:{conversation_id}")
async def post_attended(conversation_id: int, inside: Agent) -> None:
    """A person has seen to it in another way than by writing: nothing that was said so far waits for an answer."""
    await get_conversation(inside.session, conversation_id, lock=True)
    await note_answer(inside.session, conversation_id=conversation_id, until=inside.now, now=inside.now)


@router.post("/{conversation_id}/messages", status_code=201)
@deed("message.written", "conversation:{conversation_id}")
async def post_message(conversation_id: int, body: Said, inside: Agent) -> Thread:
    """Say something to the customer; whoever does takes the conversation over."""
    conversation = await get_conversation(inside.session, conversation_id, lock=True)
    await take_over(inside.session, conversation_id=conversation_id, now=inside.now)
    queued = await queue_text(
        inside.session, conversation, body.text, dedup_key=f"staff:{inside.member.user_id}:{body.key}",
        author=Author.human, now=inside.now,
    )  # fmt: skip
    if queued is not None:
        await note_words(inside.session, conversation_id=conversation_id, at=inside.now)
        await note_answer(inside.session, conversation_id=conversation_id, until=inside.now, now=inside.now)
    return await get_thread(conversation_id, inside, before=None, limit=50)


def shown(line: Line) -> ConversationOut:
    conversation, contact = line.conversation, line.contact
    return ConversationOut(
        id=conversation.id,
        contact_id=contact.id,
        name=contact.name,
        phone=contact.phone_e164,
        owner=conversation.owner,
        owner_since=conversation.owner_since,
        unanswered=line.unanswered,
        called_for=conversation.called_for,
        last_inbound_at=conversation.last_inbound_at,
        last_message_at=conversation.last_message_at,
        last=shown_message(line.last) if line.last else None,
    )


def shown_message(message: Message) -> MessageOut:
    media = {name: value for name, value in (message.media or {}).items() if name in {"mime_type", "file_name"}}
    return MessageOut(
        id=message.id,
        direction=message.direction,
        author=message.author,
        kind=message.kind,
        text=message.text,
        sent_at=message.sent_at,
        delivery=message.delivery,
        buttons=message.buttons,
        media=media if message.media is not None else None,
    )
