"""Gathers what was not possible before: what AI alone resolved when nobody was there, or spoke the language."""

from bot.reports.times import Timed
from handoff.report_parts import Beyond
from handoff.window import Window
from storage import durations
from storage.database import Database


async def count(
    database: Database, workspace_id: str, window: Window, spoken: tuple[str, ...], timed: Timed
) -> Beyond | None:
    """Count it; None when AI alone resolved nothing, or nothing was measured.

    Args:
        database: where the conversations are.
        workspace_id: the Slack team.
        window: from when to when.
        spoken: codes of the languages that somebody at the desk speaks; without any, languages are not counted.
        timed: what was measured in the window.
    """
    if not timed.resolved or timed.why_not:
        return None
    return Beyond(
        outside_hours=timed.outside_hours,
        other_languages=await _in_others(database, workspace_id, window, spoken) if spoken else None,
        within_a_minute=timed.within_a_minute,
    )


async def _in_others(database: Database, workspace_id: str, window: Window, spoken: tuple[str, ...]) -> int:
    async with database.reading() as session:
        found = await durations.by_language(session, workspace_id, window.since, window.until)
    # A model may name a region too, such as pt-BR.
    others = (count for language, count in found.items() if language and language[:2].lower() not in spoken)
    return sum(others)
