"""The parts that a running bot hands to its listeners, its turn and its sender. `app.py` puts them together."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot import memory
from bot.checking.checks import Checks
from bot.costs.account import Books
from bot.costs.budget import Budget
from bot.drafting.port import Drafter
from bot.knowledge.meaning import Meaning
from bot.slack.channels import Channels
from bot.slack.customer_groups import CustomerGroups
from bot.slack.people import People
from bot.team import Channel, TeamFile
from bot.thinking import weighing
from bot.thinking.challenger import Challenger
from bot.thinking.considering import Ground
from bot.thinking.weighing import Weighing
from handoff.gate import StartingPolicy
from handoff.pace import Pace
from handoff.recognition import Recogniser
from handoff.sampling import RootRisk
from handoff.subjects import Subjects
from handoff.survey import SurveyRules
from storage import workspaces
from storage.database import Database
from storage.tables import Topic

if TYPE_CHECKING:
    from bot.models.endpoint import Endpoint

TOPICS_FRESH_SECONDS = 5.0
MOST_A_MINUTE = 20


@dataclass(frozen=True, slots=True)
class ReviewShares:
    """How many drafts people are asked to review: shares, 0..1, of those that the threshold governs."""

    audit_share: float
    """By the uniform coin."""
    targeted_share: float
    """By the coin that risky drafts lose more often."""


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
    offer_waits: timedelta
    """How long an offer of a person waits for the customer's word; nothing hands off at once."""
    surveys: bool
    sampling_key: str
    """Of the coins that draw drafts for review."""
    reviews: ReviewShares
    certificate_risk: float
    """The accepted chance, 0..1, that a certificate promises too much."""
    team: TeamFile
    """What the team decided about its assistant."""
    posted: Callable[[], None]
    """Called after a transaction that put posts into the outbox, to wake the sender."""
    hastened: Callable[[], None] = lambda: None
    """Called after a transaction that made events due, to wake the worker."""
    daily_budget: float = 0.0
    """The dollars that models may cost a day; 0 for no budget."""
    pace: Pace = field(default_factory=lambda: Pace(MOST_A_MINUTE))
    """How fast each customer writes."""
    streams: bool = False
    """Whether replies in direct messages appear piece by piece."""
    checks: Checks | None = None
    """The independent graders of drafts."""
    meaning: Meaning | None = None
    """Finds articles in other words than the question's, where an embedding model is set."""
    challenger: Challenger | None = None
    """The version on trial beside the present one."""
    namer: "Endpoint | None" = None
    """The model that names themes; where there is none, their words do."""
    root_risk: RootRisk = field(default_factory=RootRisk)
    subjects: Subjects = field(init=False)
    """What the team keeps for people."""
    customer_groups: CustomerGroups = field(init=False)
    """Who is in which group of customers."""
    _topics: dict[str, Topic] = field(default_factory=dict[str, Topic])
    _weighing: Weighing = field(default_factory=Weighing)
    _topics_read_at: float = float("-inf")
    _erased_at: datetime | None = None

    def __post_init__(self) -> None:
        self.subjects = Subjects.of(self.team.subjects.to_people)
        self.customer_groups = CustomerGroups(self.people, self.team.customer_groups)

    def manners(self, channel_id: str) -> Channel:
        """How Baton behaves in a channel, as the team's file says of its id or its #name."""
        name = self.channels.names.get(channel_id)
        return self.team.channel(channel_id, *([name] if name else ()))

    def gathers_for(self, channel_id: str) -> float:
        """Within how many seconds messages of one person in a channel are one question; 0 where each stands alone."""
        return self.manners(channel_id).gather_seconds if channel_id in self.channels.support else 0.0

    def offer_waits_in(self, channel_id: str) -> timedelta:
        """How long an offer of a person waits in a channel."""
        seconds = self.manners(channel_id).offer_before_handoff
        return self.offer_waits if seconds is None else timedelta(seconds=seconds)

    async def topics(self) -> dict[str, Topic]:
        """The topics by name, at most a few seconds old."""
        await self._refresh()
        return self._topics

    async def weighing(self) -> Weighing:
        """The models in use, at most a few seconds old."""
        await self._refresh()
        return self._weighing

    @property
    def known_questions(self) -> Recogniser | None:
        """What recognises the team's known questions, as it was last read; None where none was learned."""
        return self._weighing.recogniser

    def forget(self) -> None:
        """Read topics and models anew at their next use, for they were just changed."""
        self._topics_read_at = float("-inf")

    async def _refresh(self) -> None:
        if time.monotonic() - self._topics_read_at > TOPICS_FRESH_SECONDS:
            async with self.database.reading() as session:
                found = await workspaces.topics(session, self.workspace_id)
                erased_at = await workspaces.last_erased(session, self.workspace_id)
                self._weighing = await weighing.in_use(session, self.workspace_id, self._weighing)
            if erased_at != self._erased_at:
                memory.forget()
                self._erased_at = erased_at
            self._topics = {topic.name: topic for topic in found}
            self._topics_read_at = time.monotonic()

    async def ground(self) -> Ground:
        """What decisions rest on now."""
        return Ground(
            database=self.database,
            workspace_id=self.workspace_id,
            drafter=self.drafter,
            topics=await self.topics(),
            starting_policy=self.starting_policy,
            company=self.company,
            weighing=await self.weighing(),
            checks=self.checks,
            held_back=await self._held_back(),
            voice=self.team.voice,
            subjects=self.subjects,
            link_domains=self.team.links.domains,
            meaning=self.meaning,
        )

    @property
    def survey_rules(self) -> SurveyRules:
        """When customers are asked how it went."""
        return self.team.survey.rules

    @property
    def books(self) -> Books:
        """Where calls of models are written down."""
        return Books(self.database, self.workspace_id, self.time_zone)

    @property
    def budget(self) -> Budget:
        """What models may cost a day."""
        return Budget(self.books, self.daily_budget)

    async def _held_back(self) -> str:
        """Why no topic may act alone now; read anew each time, for other processes spend too."""
        if not self.daily_budget:
            return ""
        async with self.database.reading() as session:
            return await self.budget.held_back(session)

    async def topic_title(self, topic: str) -> str:
        """How people call the topic."""
        row = (await self.topics()).get(topic)
        return row.title if row else topic

    def thread_link(self, channel_id: str, thread_ts: str) -> str:
        """The address of a thread; of its channel while the post that opens it is on its way."""
        if not thread_ts[:1].isdigit():
            return f"{self.team_url}archives/{channel_id}"
        return f"{self.team_url}archives/{channel_id}/p{thread_ts.replace('.', '')}"
