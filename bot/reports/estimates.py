"""Gathers the estimates for every conversation, not only the reviewed and the rated ones."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from handoff import reviewed_replies, satisfaction
from handoff.comparison import FEWEST_RATINGS
from handoff.prediction_powered import estimate_satisfied
from handoff.report_parts import Estimated
from handoff.reviewed_replies import Read, Reply
from handoff.satisfaction import USUAL_CONFIDENCE, Alike, Signs
from handoff.window import Window
from storage import estimates
from storage.database import Database
from storage.estimates import Answers, Kind

LEARNED_FROM, LEARNED_OF = timedelta(weeks=12), 5_000
"""How far back from a window the score of satisfaction learns from ratings, and of how many conversations at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """An estimate; else why there is none, in a sentence, or nothing where there is nothing to estimate."""

    estimated: Estimated | None = None
    why_not: str = ""


async def right_replies(database: Database, workspace_id: str, window: Window) -> Found:
    """The share of right replies among all that the AI sent alone; none with too few reviews.

    The labels are the reviews that the uniform coin drew, the score is the machine's own confidence. "Cannot tell"
    counts as not right. The queue goes by age, so the estimate ends where as good as all were read
    (`handoff.reviewed_replies`).
    """
    async with database.snapshot() as session:
        drawn = await estimates.reviewed(session, workspace_id, window.since, window.until)
        read = reviewed_replies.read(
            [Reply(each.drafted_at, each.confidence, each.share, each.right) for each in drawn]
        )
        answers = await estimates.answers(session, workspace_id, window.since, read.until or window.until)
    return await asyncio.to_thread(_right, answers, read, waiting=sum(each.right is None for each in drawn))


def _right(answers: Answers, read: Read, *, waiting: int) -> Found:
    labels = len(read.labels)
    if labels < FEWEST_RATINGS:
        why = f"Right replies among {answers.count:,}: {_too_few(labels, 'reviews of a uniform sample')}"
        return Found(why_not=why if answers.count else "")
    found = reviewed_replies.right_share(read, mean_score=answers.mean_confidence, conversations=answers.count)
    told = {"waiting": waiting, "unread": len(read.replies) - labels, "until": read.until}
    return Found(found and found.model_copy(update=told))


async def satisfied_customers(database: Database, workspace_id: str, window: Window) -> Found:
    """The share of satisfied customers among all that AI alone resolved; none with too few ratings.

    The score learns from the weeks before the window and never from the window itself. Ratings are no uniform sample:
    the estimate assumes that of conversations with the same score, those who rate are as satisfied as those who do not.
    """
    async with database.snapshot() as session:
        kinds = await estimates.kinds(session, workspace_id, window.since, window.until)
        rated, conversations = sum(each.rated for each in kinds), sum(each.conversations for each in kinds)
        if rated < FEWEST_RATINGS:
            why = f"Satisfied customers among {conversations:,} of AI alone: {_too_few(rated, 'ratings')}"
            return Found(why_not=why if conversations else "")
        before = (window.since - LEARNED_FROM, window.since)
        earlier = await estimates.kinds(session, workspace_id, *before, newest=LEARNED_OF)
    return await asyncio.to_thread(satisfied_of, kinds, earlier)


def _too_few(count: int, what: str) -> str:
    return f"it takes {FEWEST_RATINGS} {what} to estimate them; so far {count}."


def satisfied_of(kinds: Sequence[Kind], earlier: Sequence[Kind]) -> Found:
    """The same of conversations kind by kind, with a score that learned from earlier ones."""
    weights = satisfaction.learn([_alike(each) for each in earlier])
    conversations, total = 0, 0.0
    rated: list[tuple[bool, float]] = []
    for each in map(_alike, kinds):
        score = satisfaction.score(each.signs, weights)
        conversations += each.conversations
        total += each.conversations * score
        rated += [(True, score)] * each.satisfied + [(False, score)] * (each.rated - each.satisfied)
    return Found(estimate_satisfied(rated, mean_score=total / conversations, conversations=conversations))


def _alike(kind: Kind) -> Alike:
    signs = Signs(
        confirmed=kind.confirmed,
        helpful=kind.helpful,
        unhelpful=kind.unhelpful,
        reopened=kind.reopened,
        returned=kind.returned,
        confidence=USUAL_CONFIDENCE if kind.confidence is None else kind.confidence,
        frustration=kind.frustration or 0.0,
    )
    return Alike(signs, kind.conversations, kind.rated, kind.satisfied)
