"""The assistant pane: questions to begin with when somebody opens it, and a name for each of its threads.

Slack has two of them. In the newer one (`agent_view` in the manifest) the pane is the app's messages, and opening them
is told by `app_home_opened`; in the older one (`assistant_view`) each chat begins with `assistant_thread_started`. What
is shown there is a courtesy: when Slack refuses it, nothing else changes.
"""

import asyncio
from dataclasses import dataclass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import turnstile
from bot.runtime import Runtime
from bot.slack.inbound import Opened, Said
from bot.views import mrkdwn, reply_words
from handoff import personal_data
from handoff.audience import Reader
from handoff.visible import visible
from storage import inbox, most_cited
from storage.inbox import Claimed

log = structlog.get_logger(__name__)

MOST_PROMPTS = 4
"""Slack shows no more."""
LONGEST_TITLE = 60
CALL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to begin with."""

    title: str
    message: str

    def as_payload(self) -> dict[str, str]:
        """As Slack takes it."""
        return {"title": mrkdwn.clip(self.title, LONGEST_TITLE), "message": self.message}


async def opened(runtime: Runtime, event: Claimed, opening: Opened) -> None:
    """Somebody opened the pane: offer questions that Baton can answer."""
    async with runtime.database.transaction() as session:
        await inbox.done(session, event)
    prompts = await _prompts(runtime, opening.user_id)
    if not prompts:
        return
    words = reply_words.of((await runtime.people.profile(opening.user_id)).language)
    try:
        async with turnstile.aside(), asyncio.timeout(CALL_SECONDS):
            await runtime.client.assistant_threads_setSuggestedPrompts(
                channel_id=opening.channel_id,
                thread_ts=opening.thread_ts,  # the newer pane takes none, and would ignore the call with one
                title=words.prompts_title,
                prompts=[each.as_payload() for each in prompts],
            )
    except (SlackApiError, TimeoutError, aiohttp.ClientError, SlackClientError) as error:
        log.info("no_prompts", error=_code(error))


async def name_thread(runtime: Runtime, said: Said) -> None:
    """Name a thread of the pane by its first question, so that its customer finds it again."""
    if not said.direct or said.thread_ts is None or not said.text.strip():
        return
    words = personal_data.redact(visible(said.text))  # a title stays in sight, long after the chat
    title = mrkdwn.clip(" ".join(words.split()), LONGEST_TITLE)
    try:
        async with turnstile.aside(), asyncio.timeout(CALL_SECONDS):
            await runtime.client.assistant_threads_setTitle(
                channel_id=said.channel_id, thread_ts=said.thread_ts, title=title
            )
    except (SlackApiError, TimeoutError, aiohttp.ClientError, SlackClientError) as error:
        log.info("no_title", error=_code(error))


async def _prompts(runtime: Runtime, user_id: str) -> list[Prompt]:
    """The team's own questions; without any, the titles of the articles cited most that this person may read."""
    if runtime.team.pane.prompts:
        return [Prompt(each, each) for each in runtime.team.pane.prompts[:MOST_PROMPTS]]
    organisation = (await runtime.people.profile(user_id)).team_id or runtime.workspace_id
    reader = Reader("", organisation, await runtime.customer_groups.of(user_id, organisation))
    async with runtime.database.reading() as session:
        found = await most_cited.articles(session, runtime.workspace_id)
    titles = [each.title for each in found if reader.may_read(each.audience)]
    return [Prompt(title, title) for title in dict.fromkeys(titles)][:MOST_PROMPTS]


def _code(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
