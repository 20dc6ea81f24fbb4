"""What followed from the reviews of the simulated weeks: a topic was promoted on its certificate, another alarmed."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.demo.past_rows import ID_PREFIX, REPAIRS_UNDER_APPROVAL
from bot.demo.shop import organisation
from bot.settings import Settings
from bot.trust import basis as bases
from bot.trust import looking
from handoff import monitor, stages
from handoff.stages import BATON, Asked
from storage import topics, workspaces
from storage.database import Database
from storage.evidence import Review
from storage.kinds import ReviewVerdict, Stage, TopicEvent

PROMOTED, ALARMED = "delivery", "repairs"
MADE_BY_MANAGER = "The reviews prove it."


async def settle(settings: Settings, database: Database, workspace_id: str, *, until: datetime) -> None:
    """Look at the evidence as the bot would have done, promote what is proved, and tell of the alarm there was."""
    basis = await bases.of_settings(settings, database, workspace_id)
    async with database.transaction() as session:
        for topic in await workspaces.topics(session, workspace_id):
            await looking.look(session, basis, topic.name, topic.tolerance)
        manager = organisation.MANAGERS[0].id
        await stages.promote(session, Asked(workspace_id, PROMOTED, manager, why=MADE_BY_MANAGER), basis.versions)
        await _alarmed(session, workspace_id, until - REPAIRS_UNDER_APPROVAL)


async def _alarmed(session: AsyncSession, workspace_id: str, at: datetime) -> None:
    """The topic that is under approval now broke its promise a week ago."""
    topic = await topics.by_name(session, workspace_id, ALARMED, lock=True)
    if topic is None:
        return
    wanted = (
        select(Review)
        .where(
            Review.workspace_id == workspace_id,
            Review.topic == ALARMED,
            col(Review.answered),
            Review.reading == 1,
            Review.drafted_at < at,
        )
        .order_by(col(Review.drafted_at))
    )
    told = [each.verdict != ReviewVerdict.RIGHT for each in (await session.exec(wanted)).all()]
    found = monitor.alarm(monitor.replay(topic.tolerance, told))
    words = found.words if found else f"{sum(told)} of {len(told)} reviewed autonomous replies were wrong."
    topic.stage, topic.alarmed_at = Stage.COPILOT, at
    session.add(topic)
    change = topics.note(
        session,
        workspace_id,
        ALARMED,
        event=TopicEvent.ALARMED,
        before={"stage": Stage.AUTOPILOT},
        after={"stage": Stage.COPILOT},
        by=BATON,
        why=words,
    )
    change.at, change.id = at, f"{ID_PREFIX}{int(at.timestamp() * 1000):011x}"
