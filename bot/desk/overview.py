"""What App Home shows, gathered by role."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import taught
from bot.reports import reporting
from bot.runtime import Runtime
from bot.slack.people import Role
from bot.trust import basis as bases
from bot.trust import fits, standings
from bot.views import answers as answers_view
from bot.views import budget as budget_view
from bot.views import home as home_view
from bot.views import report_entry
from bot.views import review as review_view
from bot.views.home import HomeStats, QueueLine
from bot.views.post import View
from storage import conversations, handoffs, overviews, reviews
from storage.kinds import ConversationState, HandoffReason
from storage.row import now

QUEUE_SHOWN = 15
STATS_DAYS = 7


async def home(runtime: Runtime, user_id: str) -> View:
    """App Home of this person, by their role."""
    profile = await runtime.people.profile(user_id)
    role = await runtime.people.role(user_id, profile.team_id)
    if role is Role.CUSTOMER:
        channels = await runtime.people.among(user_id, runtime.channels.support)
        return home_view.for_customer(runtime.company, channels, profile.language)
    basis = await bases.of_runtime(runtime)
    async with runtime.database.reading() as session:
        stats = await _stats(session, runtime)
        queue = await _queue(session, runtime)
        to_review = review_view.review_entry(await reviews.count_readable(session, runtime.workspace_id, user_id))
        if role is Role.AGENT:
            return home_view.for_agent(stats, queue, reviews=to_review)
        topics = await standings.every(session, basis)
        trust = await fits.trust_of(session, runtime)
        budget = await runtime.budget.standing(session)
        cost = budget_view.today(budget.spent, budget.limit) if budget.spent or budget.limit else ""
        lessons = await taught.listed(session, runtime.workspace_id, limit=answers_view.SHOWN_ON_HOME + 1)
        answers = answers_view.on_home(lessons)
        report = report_entry.on_home(await reporting.last(session, runtime))
        return home_view.for_manager(
            stats, queue, topics, report=report, trust=trust, reviews=to_review, answers=answers, cost=cost
        )


async def _stats(session: AsyncSession, runtime: Runtime) -> HomeStats:
    counts = await conversations.counts_by_state(session, runtime.workspace_id)
    week = await overviews.since(session, runtime.workspace_id, now() - timedelta(days=STATS_DAYS))
    waiting = counts.get(ConversationState.WAITING, 0)
    with_human = counts.get(ConversationState.WITH_HUMAN, 0)
    return HomeStats(
        open_handoffs=waiting + with_human,
        waiting=waiting,
        with_ai=counts.get(ConversationState.WITH_AI, 0),
        with_human=with_human,
        resolved_7d=week.resolved,
        rated_7d=week.rated,
        satisfied_7d=week.satisfied,
        simulated=week.simulated,
    )


async def _queue(session: AsyncSession, runtime: Runtime) -> list[QueueLine]:
    rows = await handoffs.queue(session, runtime.workspace_id, limit=QUEUE_SHOWN)
    return [
        QueueLine(
            handoff_id=handoff.id,
            conversation_id=conversation.id,
            customer_id=conversation.customer_id,
            topic_title=await runtime.topic_title(conversation.topic),
            reason=HandoffReason(handoff.reason),
            reasons=handoff.reasons,
            opened_at=handoff.opened_at,
            claimed_by=handoff.claimed_by,
            link=runtime.thread_link(handoff.desk_channel_id, handoff.desk_ts or ""),
        )
        for handoff, conversation in rows
    ]
