"""What is said in a busy channel and asks nothing: a greeting, thanks, an emoji. It opens no conversation."""

from bot.runtime import Runtime
from bot.slack import posts
from bot.slack.inbound import Said
from bot.views import flow as flow_view
from handoff import language, smalltalk
from storage import inbox
from storage.inbox import Claimed


def only_pleasant(said: Said) -> bool:
    """Whether a message in a channel opens no conversation: a courtesy to everybody, and none to the bot by name.

    In direct messages, and to whoever calls the bot by name, a friendly question is the better answer.
    """
    if said.direct or said.mentions_bot or said.files or said.thread_ts is not None:
        return False
    text = said.text
    return smalltalk.is_greeting(text) or smalltalk.is_thanks(text) or smalltalk.nothing_said(text)


async def greet(runtime: Runtime, event: Claimed, said: Said) -> None:
    """A greeting gets a friendly word that its author alone sees; thanks and emoji need none."""
    async with runtime.database.transaction() as session:
        if smalltalk.is_greeting(said.text):
            word = flow_view.hello(language.detect(said.text) or smalltalk.greeted_in(said.text))
            posts.only_to(session, runtime.workspace_id, said.user_id, word, channel_id=said.channel_id)
        await inbox.done(session, event)
    runtime.posted()


async def point_to_own_thread(runtime: Runtime, said: Said) -> None:
    """Somebody asks the bot in another one's thread: they alone read where they get a thread of their own."""
    word = flow_view.for_bystander(said.channel_id, language.detect(said.text))
    async with runtime.database.transaction() as session:
        posts.only_to(
            session,
            runtime.workspace_id,
            said.user_id,
            word,
            channel_id=said.channel_id,
            thread_ts=said.thread_ts,
        )
    runtime.posted()
