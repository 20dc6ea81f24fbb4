"""How a reply of the AI reaches its customer: in the thread, or so that only they see it at first."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import renewing
from bot.disclosure import disclosing, readers
from bot.disclosure.disclosing import Circle
from bot.drafting import phrases
from bot.runtime import Runtime
from bot.slack import posts, streaming
from bot.views import customer as customer_view
from bot.views import private as private_view
from bot.views.controls import Shown
from bot.views.customer import SourceLink
from bot.views.ids import ConversationRef
from bot.views.post import Post
from handoff.audience import Reader
from storage import answers, conversations, handoffs
from storage.tables import Conversation, DraftRow, Message

MOST_SHOWN_AGAIN = 3
"""Private replies that are shown once more at a time, the newest."""


async def shown(session: AsyncSession, runtime: Runtime, conversation: Conversation, draft_id: str | None) -> Shown:
    """How the reply that is made of a draft is shown."""
    if conversation.channel_id.startswith(readers.DIRECT):
        return Shown(direct=True)
    if not readers.answers_privately(runtime, conversation.channel_id):
        return Shown()
    await session.flush()  # the decision names what the draft rests on
    circle = await disclosing.circle(session, conversation, draft_id)
    return Shown(private=True, for_everyone=circle == Circle.EVERYONE)


async def put(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    post: Post,
    text: str,
    *,
    how: Shown,
    draft_id: str | None,
    reader: Reader,
    in_place_of: Message | None = None,
) -> Message:
    """Store a reply and put its post into the outbox; a private one after a note that others read.

    `in_place_of` is what was said before the customer corrected the question; a reply that all read takes its place.
    """
    if how.private:
        return await _put_privately(session, runtime, conversation, post, text, draft_id=draft_id)
    if how.direct and runtime.streams and in_place_of is None and streaming.worth_it(post.blocks):
        message = _said(session, runtime, conversation, text, draft_id)
        organisation = reader.organisation or runtime.workspace_id
        posts.to_customer_streamed(session, conversation, post, message_id=message.id, organisation=organisation)
        return message
    message = await renewing.say(session, runtime, conversation, post, text, in_place_of=in_place_of)
    message.draft_id = draft_id or ""
    return message


async def _put_privately(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, post: Post, text: str, *, draft_id: str | None
) -> Message:
    noted = await conversations.has_private(session, conversation)
    message = _said(session, runtime, conversation, text, draft_id)
    message.private = True
    if not noted:
        ref = ConversationRef(conversation_id=conversation.id)
        note = private_view.told(conversation.customer_id, ref, conversation.language)
        posts.to_customer(session, conversation, note, purpose="word")
    posts.to_customer_alone(session, conversation, post, message_id=message.id)
    return message


def _said(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, text: str, draft_id: str | None
) -> Message:
    message = renewing.remembered(session, runtime, conversation, text)
    message.draft_id = draft_id or ""
    return message


async def once_more(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> list[Post]:
    """The newest replies that only the customer may see, oldest first, as they were: Slack forgets them on a reload."""
    kept = await conversations.private_replies(session, conversation, limit=MOST_SHOWN_AGAIN)
    return [await _again(session, runtime, conversation, message) for message in kept]


async def _again(session: AsyncSession, runtime: Runtime, conversation: Conversation, message: Message) -> Post:
    ref = ConversationRef(conversation_id=conversation.id, draft_id=message.draft_id or None)
    language, company = conversation.language, runtime.company
    draft = await handoffs.draft(session, conversation.workspace_id, message.draft_id)
    if draft is None or message.text != draft.text:
        return customer_view.clarify(message.text, ref=ref, first=False, language=language, company=company)
    circle = await disclosing.circle(session, conversation, draft.id)
    if circle == Circle.NOBODY:
        return private_view.stays(language)
    how = Shown(private=True, for_everyone=circle == Circle.EVERYONE)
    links = await _sources(session, draft, language)
    return customer_view.answer(draft.text, links, ref=ref, first=False, language=language, company=company, shown=how)


async def show_everyone(session: AsyncSession, conversation: Conversation, draft_id: str | None) -> Post:
    """Post a private reply into the thread, once, if everyone there may read what it rests on.

    Returns:
        What stands in the place of the private one from now on.
    """
    language = conversation.language
    message = await conversations.private_reply(session, conversation, draft_id or "")
    draft = await handoffs.draft(session, conversation.workspace_id, draft_id)
    if message is None or draft is None:
        return private_view.shown(language)
    if await disclosing.circle(session, conversation, draft_id) != Circle.EVERYONE:
        return private_view.stays(language)
    message.private = False
    session.add(message)
    ref = ConversationRef(conversation_id=conversation.id, draft_id=draft_id)
    post = private_view.for_everyone(
        draft.text,
        await _sources(session, draft, language),
        customer_id=conversation.customer_id,
        ref=ref,
        language=language,
    )
    posts.to_customer(session, conversation, post, message_id=message.id)
    return private_view.shown(language)


def source(title: str, url: str, language: str, *, taught: bool) -> SourceLink:
    """What a customer reads as a source: an article, or that a person answered it; their question is nobody else's."""
    return SourceLink(phrases.of(language).our_team if taught else title, url)


async def _sources(session: AsyncSession, draft: DraftRow, language: str) -> list[SourceLink]:
    """What a stored draft cites, as customers read it."""
    cited = {str(each["article_id"]): each for each in draft.citations}
    taught = {each.article_id for each in await answers.among(session, draft.workspace_id, list(cited))}
    return [
        source(each.get("title", ""), each.get("url", ""), language, taught=article_id in taught)
        for article_id, each in cited.items()
    ]
