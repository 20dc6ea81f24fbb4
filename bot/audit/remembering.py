"""What is stored of a decision and around it, so that it can be run again, and what of it has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.knowledge import changes
from bot.thinking.considering import Asked
from handoff.audience import Reader
from handoff.draft import Author, Turn, input_hash
from storage import conversations, decisions, handoffs
from storage.evidence import ConfidenceFit
from storage.kinds import Action, DraftRole
from storage.library import Article
from storage.tables import Decision, DraftRow, Message

PRIOR = "prior"
"""How the names of confidence models begin that were set by hand, and are part of Baton."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is stored of a decision and around it."""

    decision: Decision
    draft: DraftRow | None
    messages: Sequence[Message]
    """Of the conversation until the decision, oldest first, as they read now; the one it answers is the last."""
    deleted: int
    earlier: Sequence[Decision]
    unhelpful: int
    """How many replies the customer had found of no help by then."""
    weigher_known: bool = True
    """Whether the confidence model of then is still on record."""
    articles: Mapping[str, Article] = field(default_factory=dict[str, Article])

    @property
    def turns(self) -> list[Turn]:
        """The conversation as the decision read it, as far as it still stands."""
        read = Reader.from_json(self.decision.reader)
        heard = [each for each in self.messages if read.reads_alone or not each.private]
        return [Turn(Author(each.author), each.text, each.created_at) for each in heard]

    @property
    def asked_back_before(self) -> bool:
        """Whether Baton had asked back already."""
        return any(each.action == Action.CLARIFY and each.draft_id for each in self.earlier)

    @property
    def asked(self) -> Asked | None:
        """The message in its conversation, to be considered anew; None when its customer took it back."""
        if not self.messages or self.messages[-1].id != self.decision.message_id:
            return None
        topics = [each.topic for each in self.earlier if each.draft_id and each.topic]
        return Asked(
            self.turns,
            topic=topics[-1] if topics else "",
            has_files=bool(self.messages[-1].files),
            asked_back_before=self.asked_back_before,
            thumbs_down=self.unhelpful,
            reader=Reader.from_json(self.decision.reader),
        )

    def inputs_changed(self) -> list[str]:
        """What the decision rested on and is no longer as it was, a sentence each."""
        decision, told = self.decision, list[str]()
        if self.deleted:
            told.append(f"{self.deleted} message(s) of the conversation were deleted since.")
        elif decision.input_hash and input_hash(self.turns) != decision.input_hash:
            told.append("The conversation reads otherwise now: a message was edited since.")
        told += dict.fromkeys(words for words in map(self._article_changed, decision.passages) if words)
        if not self.weigher_known:
            told.append(f"The confidence model {decision.confidence_version} that weighed it is no longer on record.")
        if decision.role == DraftRole.SHADOW:
            told.append("It was made in silence by a version on trial; the customer never met it.")
        return told

    def _article_changed(self, passage: Mapping[str, Any]) -> str:
        article = self.articles.get(str(passage["article_id"]))
        if article is None:
            return f"The article {passage['article_id']} is gone."
        what = changes.since_then(str(passage.get("content_hash", "")), article)
        return f"The article “{article.title}” was {what}." if what else ""


async def remembered(session: AsyncSession, workspace_id: str, decision_id: str) -> Remembered | None:
    """Read a decision and what it rested on; None when there is none, or it was erased with its conversation."""
    decision = await decisions.by_id(session, workspace_id, decision_id)
    if decision is None:
        return None
    every = (await session.exec(_messages_until(decision))).all()
    standing = [each for each in every if each.deleted_at is None]
    question = [each for each in standing if each.id == decision.message_id]
    before = [each for each in standing if each.id != decision.message_id][-conversations.RECENT :]
    served = await handoffs.decisions(session, workspace_id, decision.conversation_id)
    drafts = await session.exec(
        select(DraftRow.unhelpful_at).where(
            DraftRow.workspace_id == workspace_id,
            DraftRow.conversation_id == decision.conversation_id,
            col(DraftRow.unhelpful_at) <= decision.created_at,
        )
    )
    return Remembered(
        decision=decision,
        draft=await handoffs.draft(session, workspace_id, decision.draft_id),
        messages=[*before, *question],
        deleted=len(every) - len(standing),
        earlier=[each for each in served if each.id < decision.id],
        unhelpful=len(drafts.all()),
        weigher_known=await _weigher_known(session, decision),
        articles=await decisions.articles_of(session, workspace_id, [decision]),
    )


async def _weigher_known(session: AsyncSession, decision: Decision) -> bool:
    version = decision.confidence_version
    if not version or version.startswith(PRIOR):
        return True
    return await session.get(ConfidenceFit, (decision.workspace_id, version)) is not None


def _messages_until(decision: Decision) -> Any:
    return (
        select(Message)
        .where(
            Message.workspace_id == decision.workspace_id,
            Message.conversation_id == decision.conversation_id,
            Message.id < decision.id,
        )
        .order_by(col(Message.id))
    )
