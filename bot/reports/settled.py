"""When a day's counts no longer change, and who counts it: every night, and every report what is missing."""

from datetime import datetime, timedelta

from bot.team import TeamFile
from storage import day_tallies
from storage.database import Database

GRACE = timedelta(days=1)


async def settle(database: Database, workspace_id: str, time_zone: str, team: TeamFile, moment: datetime) -> int:
    """Count the days that are settled by a moment and not counted yet; returns how many."""
    asked = team.survey.rules
    final_after = max(timedelta(days=team.comparison.resolution_days), asked.delay + asked.expires) + GRACE
    return await day_tallies.settle(database, workspace_id, time_zone, before=moment - final_after)
