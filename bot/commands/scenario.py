"""`baton scenario`: a scenario from a real conversation, with personal data masked."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import typer

from bot.commands import conversation, workspace
from bot.commands.workspace import CommandProblem
from bot.rehearsal import from_conversation
from bot.settings import Settings
from handoff.draft import Author
from storage import past_decisions
from storage.past_decisions import Past


async def from_one(settings: Settings, named: str, *, names: Sequence[str], out: Path | None, team: str | None) -> None:
    """Write the scenario of one conversation, to a file or to the terminal.

    The names of the people in it are asked of Slack where a token is set; `names` are masked besides.

    Raises:
        CommandProblem: when there is no such conversation, nothing in it to play, or the file cannot be written.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await conversation.find(session, team_id, named)
            past = await past_decisions.read(session, team_id, found.id) if found else None
            articles = await past_decisions.articles(session, team_id)
    if past is None:
        raise CommandProblem(f"There is no conversation {named}. Give the link of the customer's thread, or its id.")
    known = [*names, *await _names(settings, past)]
    try:
        text = from_conversation.write(past, known, {article.id: article.source_key for article in articles})
    except ValueError as error:
        raise CommandProblem(f"Conversation {named} cannot become a scenario: {error}.") from error
    if not known:
        typer.echo("No names were told (--name) and Slack was not asked: read the text for names.", err=True)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        await asyncio.to_thread(_write_new, out, text)
    except OSError as error:
        raise CommandProblem(f"The scenario cannot be written to {out}: {error.strerror}") from error
    typer.echo(f"The scenario is in {out}. Read it through, then say in its checks what should happen.", err=True)


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet: a scenario that somebody has edited is not overwritten."""
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


async def _names(settings: Settings, past: Past) -> list[str]:
    """What Slack calls the people in the conversation; nothing when it does not tell."""
    if settings.slack_bot_token is None:
        return []
    from slack_sdk.errors import SlackClientError  # noqa: PLC0415 - heavy, and without a token not needed
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415

    people = {each.author_id for each in past.messages if each.author != Author.BOT and each.author_id}
    client = AsyncWebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=20)
    names: list[str] = []
    for user_id in sorted(people):
        try:
            user = (await client.users_info(user=user_id)).get("user") or {}
        except (SlackClientError, OSError, TimeoutError):
            typer.echo(f"Slack does not tell the name of {user_id}: read the text for it.", err=True)
            continue
        profile = user.get("profile") or {}
        told = (user.get("name"), user.get("real_name"), profile.get("display_name"), profile.get("real_name"))
        names.extend(str(each) for each in told if each)
    return list(dict.fromkeys(names))
