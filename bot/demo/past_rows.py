"""What is stored of a conversation that never happened, as the bot would have stored it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.demo import past_questions as past
from bot.demo.odds import EvenDraws
from bot.demo.past_evidence import AUDIT_SHARE, Versions, review
from bot.demo.past_questions import PastQuestion
from bot.demo.shop import organisation, topics
from handoff import mood
from handoff.confidence import Confidence
from handoff.draft import Author, Turn
from storage.kinds import Action, Offered, Stage

SIMULATED = "simulated"
"""Stands where a real row names its drafter, model and versions."""
ID_PREFIX = "00sim"
"""Sorts before every id that `storage.ids` makes."""

REPAIRS_UNDER_APPROVAL = timedelta(days=7)

Row = dict[str, Any]


@dataclass
class Rows:
    """What was played, by table."""

    conversations: list[Row] = field(default_factory=list[Row])
    resolutions: list[Row] = field(default_factory=list[Row])
    messages: list[Row] = field(default_factory=list[Row])
    drafts: list[Row] = field(default_factory=list[Row])
    decisions: list[Row] = field(default_factory=list[Row])
    handoffs: list[Row] = field(default_factory=list[Row])
    surveys: list[Row] = field(default_factory=list[Row])
    ratings: list[Row] = field(default_factory=list[Row])
    reviews: list[Row] = field(default_factory=list[Row])
    efforts: list[Row] = field(default_factory=list[Row])

    def add(self, other: "Rows") -> None:
        """Put the rows of another play behind these."""
        for name, rows in vars(other).items():
            getattr(self, name).extend(rows)


@dataclass(frozen=True, slots=True)
class ArticleTitle:
    """What a citation shows of an article."""

    title: str
    url: str


@dataclass
class Transcript:
    """One conversation as it is written down while it is played."""

    workspace_id: str
    articles: Mapping[str, ArticleTitle]
    chance: Random
    even: EvenDraws
    numbers: Iterator[int]
    now: datetime
    until: datetime
    topic: str
    versions: Versions
    rows: Rows = field(default_factory=Rows)
    turns: list[Turn] = field(default_factory=list[Turn])
    sure: dict[str, Confidence] = field(default_factory=dict[str, Confidence])
    """The confidence in each draft, by its id."""

    def __post_init__(self) -> None:
        guest = self.chance.random() < 0.1  # noqa: PLR2004 - few come from the club next door
        customer = organisation.GUEST if guest else self.chance.choice(organisation.CUSTOMERS)
        self.customer_id = customer.id
        self.agent_id = self.chance.choice(organisation.AGENTS).id
        self.values = {
            "order": f"LF{self.chance.randrange(2_000_000, 3_000_000)}",
            "item": self.chance.choice(past.ITEMS),
            "country": self.chance.choice(past.COUNTRIES),
        }
        self.row: Row = {
            **self._keys(),
            "channel_id": organisation.SHARED if guest else organisation.SUPPORT,
            "thread_ts": self._ts(),
            "customer_id": self.customer_id,
            "topic": self.topic,
            "language": "en",
            "opened_at": self.now,
            "simulated": True,
            "ai_replied": False,
            "first_reply_at": None,
            "first_human_reply_at": None,
            "reopened": 0,
            "offered": Offered.AI,
        }
        self.rows.conversations.append(self.row)

    @property
    def stage(self) -> Stage:
        """What the topic was allowed to do at that time."""
        approval_from = self.until - REPAIRS_UNDER_APPROVAL
        return Stage.COPILOT if self.topic == "repairs" and self.now >= approval_from else Stage.AUTOPILOT

    def _says(self, author: Author, text: str) -> Row:
        ids = {Author.CUSTOMER: self.customer_id, Author.AGENT: self.agent_id}
        said = text.format(**self.values)
        message: Row = {
            **self._keys("message"),
            "author": author,
            "author_id": ids.get(author, organisation.APP.bot_user_id),
            "text": said,
            "channel_id": self.row["channel_id"],
            "ts": self._ts() if self.rows.messages else self.row["thread_ts"],
            "created_at": self.now,
        }
        self.rows.messages.append(message)
        self.turns.append(Turn(author, said))
        return message

    def _draft(self, question: PastQuestion, asked: Row, sure: Confidence) -> Row:
        article = self.articles[question.article]
        felt = mood.read(self.turns)
        draft: Row = {
            **self._keys("draft"),
            "message_id": asked["id"],
            "text": question.answer.format(**self.values),
            "citations": [
                {"passage_id": "", "article_id": "", "title": article.title, "url": article.url, "heading_path": ""}
            ],
            "topic": self.topic,
            "answerable": True,
            "own_confidence": sure.signals["own_confidence"],
            "sentiment": felt.sentiment,
            "frustration": felt.frustration,
            "language": "en",
            "drafter": SIMULATED,
            "model": SIMULATED,
            "prompt_version": SIMULATED,
            "drafter_version": self.versions.drafter,
            "audit_share": AUDIT_SHARE,
            "review_probability": AUDIT_SHARE,
            "created_at": self.now,
        }
        self.rows.drafts.append(draft)
        self.sure[draft["id"]] = sure
        return draft

    def _decide(self, asked: Row, action: Action, reason: str, reasons: Sequence[str], *, draft: Row | None) -> None:
        felt = mood.read(self.turns)
        policy = next(each for each in topics.TOPICS if each.name == self.topic)
        sure = self.sure[draft["id"]] if draft else None
        decision: Row = {
            **self._keys("decision"),
            "message_id": asked["id"],
            "draft_id": draft["id"] if draft else None,
            "action": action,
            "reason": reason,
            "reasons": [*reasons, *felt.signs],
            "signals": sure.signals if sure else {},
            "confidence": sure.value if sure else None,
            "confidence_version": self.versions.confidence if sure else "",
            "contributions": [[name, round(part, 4)] for name, part in sure.contributions] if sure else [],
            "imputed": list(sure.imputed) if sure else [],
            "drafter_version": self.versions.drafter,
            "sentiment": felt.sentiment,
            "frustration": felt.frustration,
            "topic": self.topic,
            "stage": self.stage,
            "threshold": policy.threshold,
            "tolerance": policy.tolerance,
            "unproved": self.stage is Stage.AUTOPILOT,
            "frustration_limit": policy.frustration_limit,
            "elapsed_ms": round(self.chance.uniform(2, 9), 2),
            "created_at": self.now,
        }
        self.rows.decisions.append(decision)
        if draft:
            self.rows.reviews.extend(review(self.chance, draft, decision, self.versions, until=self.until))

    def _keys(self, kind: str = "") -> Row:
        number = f"{ID_PREFIX}{int(self.now.timestamp() * 1000):011x}{next(self.numbers):05x}"
        keys = {"workspace_id": self.workspace_id, "id": number}
        return keys | {"conversation_id": self.row["id"]} if kind else keys

    def _ts(self) -> str:
        return f"{int(self.now.timestamp())}.{next(self.numbers) % 1_000_000:06d}"

    def _wait(self, *, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
