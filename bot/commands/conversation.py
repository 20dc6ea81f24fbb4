"""`baton conversation`: the whole story of one conversation."""

import json
import re

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import terminal
from bot.audit import story
from bot.commands import workspace
from bot.commands.workspace import CommandProblem
from bot.settings import Settings
from storage import conversations, stories
from storage.tables import Conversation

_LINK = re.compile(
    r"/archives/(?P<channel>[A-Z0-9]+)/p(?P<seconds>\d+)(?P<micros>\d{6})(?:\?thread_ts=(?P<root>[\d.]+))?"
)


async def show(settings: Settings, named: str, *, team: str | None, as_json: bool) -> None:
    """Tell the story of the conversation with this id, or of the Slack thread with this link.

    Raises:
        CommandProblem: when there is no such conversation.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await find(session, team_id, named)
            told = await stories.read(session, found) if found else None
    if told is None:
        raise CommandProblem(
            f"There is no conversation {named}. Give the link of the customer's thread (in Slack: Copy link), or the "
            "id that `baton cost --by conversation` and an export name."
        )
    if as_json:
        terminal.say(json.dumps(story.as_json(told), indent=2, ensure_ascii=False))
    else:
        terminal.say(story.tell(told, settings.time_zone, width=terminal.width()), nl=False)


async def find(session: AsyncSession, workspace_id: str, named: str) -> Conversation | None:
    """The conversation with this id, or of the Slack thread with this link."""
    link = _LINK.search(named)
    if link is None:
        return await conversations.by_id(session, workspace_id, named)
    thread_ts = link["root"] or f"{link['seconds']}.{link['micros']}"
    return await conversations.by_thread(session, workspace_id, link["channel"], thread_ts)
