"""Keeps reports as they were posted, so that details, tables and earlier weeks show the same numbers later."""

from dataclasses import dataclass

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports.words_again import without_words
from handoff.report import Report
from storage import kept_reports
from storage.kept_reports import KeptReport
from storage.problem import Problem


class Unreadable(Problem):
    """A kept report was made by another version of Baton, which told other numbers; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a report was made: by which schedule and for what it reports on; neither when somebody asked for it."""

    schedule: str = ""
    every: str = ""
    channel: str = ""
    """How the settings call the channel that it goes to."""


ASKED_FOR = Occasion()


def keep(
    session: AsyncSession, workspace_id: str, report: Report, channel_id: str, occasion: Occasion = ASKED_FOR
) -> str:
    """Keep a report, in the caller's transaction; returns its id."""
    kept = kept_reports.keep(
        session,
        workspace_id,
        schedule=occasion.schedule,
        every=occasion.every,
        since=report.window.since,
        until=report.window.until,
        first_day=report.first_day.isoformat(),
        last_day=report.last_day.isoformat(),
        time_zone=report.time_zone,
        headline=report.comparison.headline,
        report=without_words(report).model_dump_json(),
        channel_id=channel_id,
        channel=occasion.channel or channel_id,
    )
    return kept.id


def read(kept: KeptReport) -> Report:
    """The report as it was made.

    Raises:
        Unreadable: when this version of Baton cannot read it.
    """
    try:
        return Report.model_validate_json(kept.report)
    except ValidationError as error:
        raise Unreadable(
            f"The report on {kept.first_day} to {kept.last_day} was made by another version of Baton and cannot be "
            f"shown any more. `baton report --from {kept.first_day} --to {kept.last_day}` makes it anew."
        ) from error
