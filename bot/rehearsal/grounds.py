"""What a rehearsal stands on: articles, topics and a drafter, as they are or as somebody thinks of making them."""

import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.knowledge import library
from bot.rehearsal.results import Cited
from bot.settings import Settings
from bot.thinking.considering import Ground
from handoff.gate import StartingPolicy
from storage import past_decisions, workspaces
from storage.database import Database
from storage.library import Article
from storage.tables import Topic

OWN_ID = "T0REHEARSAL"
"""The workspace of articles that are read for a rehearsal alone."""


@dataclass(frozen=True)
class Overrides:
    """What is tried instead of what is set, for every topic; nothing leaves it as it is."""

    stage: str | None = None
    threshold: float | None = None
    tolerance: float | None = None

    def on(self, topic: Topic) -> Topic:
        """The topic as it would be. What is only tried has no certificate, nor one that could stand in its way."""
        changed = Topic.model_validate(topic.model_dump())
        changed.stage = self.stage or topic.stage
        changed.threshold = topic.threshold if self.threshold is None else self.threshold
        changed.tolerance = topic.tolerance if self.tolerance is None else self.tolerance
        if any(given is not None for given in (self.stage, self.threshold, self.tolerance)):
            changed.certificate_id = changed.certified_drafter = changed.certified_confidence = ""
        return changed

    def on_start(self, start: StartingPolicy) -> StartingPolicy:
        """The starting policy as it would be."""
        return replace(
            start,
            stage=self.stage or start.stage,
            threshold=start.threshold if self.threshold is None else self.threshold,
            tolerance=start.tolerance if self.tolerance is None else self.tolerance,
        )


@dataclass(frozen=True)
class Stood:
    """A ground, with the articles on it."""

    ground: Ground
    articles: Sequence[Article]

    @property
    def citable(self) -> dict[str, Cited]:
        """The articles as checks name them, by their id."""
        return {
            article.id: Cited(key=article.source_key, title=article.title, url=article.url) for article in self.articles
        }


async def stand(ground: Ground, overrides: Overrides) -> Stood:
    """The ground with its policies as they would be, and the articles on it."""
    async with ground.database.reading() as session:
        articles = await past_decisions.articles(session, ground.workspace_id)
    topics = {name: overrides.on(topic) for name, topic in ground.topics.items()}
    return Stood(replace(ground, topics=topics, starting_policy=overrides.on_start(ground.starting_policy)), articles)


async def topics_of(database: Database, workspace_id: str) -> dict[str, Topic]:
    """The topics of a workspace by name."""
    async with database.reading() as session:
        return {topic.name: topic for topic in await workspaces.topics(session, workspace_id)}


@asynccontextmanager
async def own_articles(settings: Settings, source: Path) -> AsyncGenerator[Database]:
    """A database in a temporary folder that holds the articles of a folder or file, and nothing else.

    Raises:
        SourceProblem: when there is nothing to read.
    """
    with tempfile.TemporaryDirectory(prefix="baton-rehearsal-") as folder:
        database = await Database.open(f"sqlite:///{folder}/articles.db", connections=4)
        try:
            await database.upgrade()
            async with database.transaction() as session:
                await workspaces.remember(session, OWN_ID, name="", bot_user_id="")
            await library.update(settings, database, OWN_ID, source)
            yield database
        finally:
            await database.close()
