"""The parts that a running bot hands to its listeners, its turn and its sender. `app.py` puts them together."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.drafting.port import Drafter, TopicName
from bot.people import People
from handoff.gate import Policy
from storage import workspaces
from storage.database import Database
from storage.tables import Topic

TOPICS_FRESH_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Channels:
    """Where Baton works, by channel id."""

    support: frozenset[str]
    desk: str
    managers: str


@dataclass(frozen=True, slots=True)
class StartingPolicy:
    """What holds for a topic nobody has set anything for, and for a question without a topic."""

    stage: str
    threshold: float
    frustration_limit: float


@dataclass
class Runtime:
    """One workspace, as the running bot knows it."""

    database: Database
    client: AsyncWebClient
    people: People
    drafter: Drafter
    channels: Channels
    starting_policy: StartingPolicy
    workspace_id: str
    bot_user_id: str
    team_url: str
    """The workspace's address, https://…/, for links to threads."""
    time_zone: str
    """The team's, for the weeks of the report."""
    company: str
    silence: timedelta
    """After how long a silence an answered conversation counts as solved."""
    surveys: bool
    posted: Callable[[], None]
    """Called after a transaction that put posts into the outbox, to wake the sender."""
    _topics: dict[str, Topic] = field(default_factory=dict[str, Topic])
    _topics_read_at: float = float("-inf")

    async def topics(self) -> dict[str, Topic]:
        """The topics by name, at most a few seconds old."""
        if time.monotonic() - self._topics_read_at > TOPICS_FRESH_SECONDS:
            async with self.database.reading() as session:
                found = await workspaces.topics(session, self.workspace_id)
            self._topics = {topic.name: topic for topic in found}
            self._topics_read_at = time.monotonic()
        return self._topics

    async def topic_names(self) -> list[TopicName]:
        """The topics as a drafter chooses among them."""
        return [TopicName(topic.name, topic.title) for topic in (await self.topics()).values()]

    async def policy(self, topic: str) -> Policy:
        """What the gate holds a question of this topic against."""
        row = (await self.topics()).get(topic)
        start = self.starting_policy
        if row is None:
            return Policy(topic, start.stage, start.threshold, start.frustration_limit)
        return Policy(topic, row.stage, row.threshold, row.frustration_limit)

    async def topic_title(self, topic: str) -> str:
        """How people call the topic."""
        row = (await self.topics()).get(topic)
        return row.title if row else topic

    def thread_link(self, channel_id: str, thread_ts: str) -> str:
        """The address of a thread."""
        return f"{self.team_url}archives/{channel_id}/p{thread_ts.replace('.', '')}"
