"""The ground on which a command decides as the bot would: today's articles, topics, policy and drafter."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot import drafting, team
from bot.checking import building
from bot.knowledge import meaning
from bot.settings import Settings
from bot.thinking import weighing
from bot.thinking.considering import Ground
from handoff.gate import StartingPolicy
from handoff.subjects import Subjects
from storage import workspaces
from storage.database import Database


@asynccontextmanager
async def ground(settings: Settings, database: Database, workspace_id: str) -> AsyncGenerator[Ground]:
    """What decisions rest on by these settings; its drafter is closed at the end."""
    decided = team.read(settings.team_file)
    drafter, panel = drafting.build(settings), building.panel(settings)
    found_by = meaning.build(settings)
    try:
        async with database.reading() as session:
            topics = {topic.name: topic for topic in await workspaces.topics(session, workspace_id)}
            models = await weighing.in_use(session, workspace_id)
        yield Ground(
            database=database,
            workspace_id=workspace_id,
            drafter=drafter,
            topics=topics,
            starting_policy=StartingPolicy(
                settings.starting_stage, settings.confidence_threshold, settings.frustration_limit, settings.tolerance
            ),
            company=settings.company_name,
            weighing=models,
            voice=decided.voice,
            checks=building.checks(settings, panel),
            subjects=Subjects.of(decided.subjects.to_people),
            link_domains=decided.links.domains,
            meaning=found_by,
        )
    finally:
        if found_by:
            await found_by.close()
        await drafter.close()
        if panel:
            await panel.close()
