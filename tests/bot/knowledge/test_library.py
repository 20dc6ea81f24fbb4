"""Articles bring their topics along."""

from pathlib import Path

from bot.knowledge import library
from bot.settings import Settings
from storage import workspaces
from storage.database import Database
from storage.tables import Topic
from tests import weeks
from tests.stage import write_articles


def settings() -> Settings:
    return Settings(starting_stage="copilot", confidence_threshold=0.8, frustration_limit=0.5)


async def topics(database: Database) -> dict[str, Topic]:
    async with database.reading() as session:
        return {topic.name: topic for topic in await workspaces.topics(session, weeks.WORKSPACE)}


async def test_a_topic_that_articles_name_begins_with_the_starting_policy(database: Database, tmp_path: Path) -> None:
    await weeks.add_workspace(database)
    await library.update(settings(), database, weeks.WORKSPACE, write_articles(tmp_path / "articles"))
    found = await topics(database)
    assert list(found) == ["delivery", "repairs", "returns"]
    returns = found["returns"]
    assert (returns.title, returns.stage) == ("Returns", "copilot")
    assert (returns.threshold, returns.frustration_limit) == (0.8, 0.5)


async def test_what_a_manager_has_set_for_a_topic_stays(database: Database, tmp_path: Path) -> None:
    await weeks.add_workspace(database)
    async with database.transaction() as session:
        session.add(Topic(workspace_id=weeks.WORKSPACE, name="returns", title="Sending back", stage="shadow"))
    await library.update(settings(), database, weeks.WORKSPACE, write_articles(tmp_path / "articles"))
    returns = (await topics(database))["returns"]
    assert (returns.title, returns.stage) == ("Sending back", "shadow")
