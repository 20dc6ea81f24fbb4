"""Gathers the numbers of a report from the database."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import memory
from bot.reports import excerpts, moves, over_time, policy, settled, worth
from bot.reports.excerpts import ThreadLink
from bot.reports.topics import by_topic, satisfaction
from bot.team import TeamFile
from bot.themes import finding
from handoff.report import ArmNumbers, Feedback, ReasonCount, Report
from handoff.report_parts import NotAskedCount
from handoff.window import Window
from storage import day_tallies, resolutions, workspaces
from storage.database import Database
from storage.kinds import ResolvedBy
from storage.resolutions import Counts, Ended, Opened
from storage.row import now
from storage.tables import Topic

Medians = tuple[float | None, float | None]


async def build(
    database: Database,
    workspace_id: str,
    window: Window,
    time_zone: str,
    team: TeamFile | None = None,
    *,
    thread_link: ThreadLink | None = None,
    at: datetime | None = None,
) -> Report:
    """Gather the report of one workspace on a window.

    Args:
        database: where the conversations are.
        workspace_id: the Slack team.
        window: from when to when; see `handoff.window`.
        time_zone: in which the report shows its days, such as "Europe/Berlin".
        team: what the team decided; everything as usual when not told.
        thread_link: where a conversation can be read; None where Slack's address is not known.
        at: the present moment, for what is final by now.
    """
    team, moment = team or TeamFile(), at or now()
    await settled.settle(database, workspace_id, time_zone, team, moment)
    # Side by side, for themes and times wait for processes of their own.
    counting = asyncio.create_task(
        _counted(database, About(workspace_id, window, time_zone, team, moment), thread_link)
    )
    report, themes, value = await asyncio.gather(
        counting,
        finding.of_report(database, workspace_id, window),
        worth.of_report(database, workspace_id, window, team.desk, time_zone=time_zone, counting=counting),
    )
    await database.let_go_of_pages()
    await asyncio.to_thread(memory.give_back)
    return report.model_copy(update={**themes, **value})


@dataclass(frozen=True, slots=True)
class About:
    """What a report is gathered of."""

    workspace_id: str
    window: Window
    time_zone: str
    team: TeamFile
    """What the team decided."""
    moment: datetime
    """The present one."""


async def _counted(database: Database, about: About, thread_link: ThreadLink | None) -> Report:
    """What is counted in the database, with the excerpts and the moves, all of one moment.

    So who is erased meanwhile, and becomes a count of what was, is counted once.
    """
    workspace_id, window = about.workspace_id, about.window
    async with database.snapshot() as session:
        rows = await workspaces.topics(session, workspace_id)
        titles = {topic.name: topic.title for topic in rows}
        report = await _report(session, about, rows)
        best, worst = await excerpts.gather(session, workspace_id, window, titles, thread_link)
        moved = await moves.gather(session, workspace_id, window, titles)
    return report.model_copy(update={"best": best, "worst": worst, "moves": moved})


async def _report(session: AsyncSession, about: About, rows: Sequence[Topic]) -> Report:
    workspace_id, window = about.workspace_id, about.window
    stretch = (session, workspace_id, window.since, window.until)
    ended = await day_tallies.ended(*stretch)
    opened = {each.arm: each for each in await resolutions.opened(*stretch)}
    medians = await resolutions.median_seconds(*stretch)
    reasons = await resolutions.handoff_reasons(*stretch)
    not_asked = _not_asked(await resolutions.not_asked(*stretch))
    answers, helpful, unhelpful = await resolutions.feedback(*stretch)
    titles = {topic.name: topic.title for topic in rows}
    counted: dict[str, Any] = {"ended": ended, "zone": about.time_zone}
    since = await over_time.since_certificates(session, workspace_id, window, rows, **counted)
    trend = await over_time.trend(session, workspace_id, window, **counted)
    share = about.team.comparison.holdout
    offered = await policy.gather(session, workspace_id, window, titles, share=share)
    by_lot = await policy.since_the_first_lot(session, workspace_id, window.until, about.time_zone)
    may_return = max(window.since, about.moment - timedelta(days=about.team.comparison.resolution_days))
    not_final = await resolutions.not_final(session, workspace_id, may_return, window.until)
    dollars = await resolutions.dollars(*stretch)
    return Report(
        workspace_id=workspace_id,
        window=window,
        time_zone=about.time_zone,
        opened=sum(each.opened for each in opened.values()),
        unresolved=sum(each.unresolved for each in opened.values()),
        arms=tuple(
            _arm(arm, _of(ended, arm), opened.get(arm), medians.get(arm)).model_copy(
                update={"not_final": not_final.get(arm, 0), "dollars": round(dollars.get(arm, 0.0), 6)}
            )
            for arm in ResolvedBy
        ),
        topics=by_topic(ended, titles),
        handoff_reasons=tuple(
            ReasonCount(reason=reason, handoffs=count)
            for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        ),
        not_asked=not_asked,
        feedback=Feedback(answers=answers, helpful=helpful, unhelpful=unhelpful),
        simulated=sum(each.counts.simulated for each in ended),
        simulated_opened=sum(each.simulated for each in opened.values()),
        resolution_days=about.team.comparison.resolution_days,
        since_certificates=since,
        trend=trend,
        policy=offered,
        by_lot=by_lot,
    )


def _not_asked(found: Mapping[tuple[str, str], int]) -> tuple[NotAskedCount, ...]:
    by_reason: dict[str, dict[str, int]] = {}
    for (arm, reason), count in found.items():
        by_reason.setdefault(reason, {})[arm] = count
    counts = [NotAskedCount.model_validate({"reason": reason, **arms}) for reason, arms in by_reason.items()]
    return tuple(sorted(counts, key=lambda each: (-each.customers, each.reason)))


def _of(ended: Sequence[Ended], arm: ResolvedBy) -> Counts:
    return sum((each.counts for each in ended if each.arm == arm), Counts())


def _arm(arm: ResolvedBy, counts: Counts, opened: Opened | None, medians: Medians | None) -> ArmNumbers:
    first_reply, resolution = medians or (None, None)
    return ArmNumbers(
        arm=arm,
        opened=opened.opened if opened else 0,
        resolved=counts.resolved,
        confirmed=counts.confirmed,
        assumed=counts.resolved - counts.confirmed,
        reopened=counts.reopened,
        taken_back=counts.taken_back,
        first_reply_seconds=first_reply,
        resolution_seconds=resolution,
        **satisfaction(counts),
    )
