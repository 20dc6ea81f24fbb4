"""Gathers the numbers of a report from the database."""

from collections import defaultdict
from collections.abc import Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import excerpts, moves
from bot.reports.excerpts import ThreadLink
from bot.themes import finding
from handoff.report import ArmNumbers, Feedback, ReasonCount, Report, TopicArm, TopicNumbers
from handoff.window import Window
from storage import resolutions, workspaces
from storage.database import Database
from storage.kinds import ResolvedBy
from storage.resolutions import Ended, Opened

NO_TOPIC = "no topic"

Medians = tuple[float | None, float | None]


async def build(
    database: Database, workspace_id: str, window: Window, time_zone: str, *, thread_link: ThreadLink | None = None
) -> Report:
    """Gather the report of one workspace on a window.

    Args:
        database: where the conversations are.
        workspace_id: the Slack team.
        window: from when to when; see `handoff.window`.
        time_zone: in which the report shows its days, such as "Europe/Berlin".
        thread_link: where a conversation can be read; None where Slack's address is not known.
    """
    async with database.reading() as session:
        report = await _build(session, workspace_id, window, time_zone)
        titles = {topic.name: topic.title for topic in await workspaces.topics(session, workspace_id)}
        best, worst = await excerpts.gather(session, workspace_id, window, titles, thread_link)
        moved = await moves.gather(session, workspace_id, window, titles)
    beside = {"best": best, "worst": worst, "moves": moved}
    return report.model_copy(update=beside | await finding.of_report(database, workspace_id, window))


async def _build(session: AsyncSession, workspace_id: str, window: Window, time_zone: str) -> Report:
    stretch = (session, workspace_id, window.since, window.until)
    ended = await resolutions.ended(*stretch)
    opened = {each.arm: each for each in await resolutions.opened(*stretch)}
    medians = await resolutions.median_seconds(*stretch)
    reasons = await resolutions.handoff_reasons(*stretch)
    answers, helpful, unhelpful = await resolutions.feedback(*stretch)
    titles = {topic.name: topic.title for topic in await workspaces.topics(session, workspace_id)}
    return Report(
        workspace_id=workspace_id,
        window=window,
        time_zone=time_zone,
        opened=sum(each.opened for each in opened.values()),
        unresolved=sum(each.unresolved for each in opened.values()),
        arms=tuple(
            _arm(arm, [each for each in ended if each.arm == arm], opened.get(arm), medians.get(arm))
            for arm in ResolvedBy
        ),
        topics=_topics(ended, titles),
        handoff_reasons=tuple(
            ReasonCount(reason=reason, handoffs=count)
            for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        ),
        feedback=Feedback(answers=answers, helpful=helpful, unhelpful=unhelpful),
        simulated=sum(each.simulated for each in ended),
        simulated_opened=sum(each.simulated for each in opened.values()),
    )


def _arm(arm: ResolvedBy, ended: list[Ended], opened: Opened | None, medians: Medians | None) -> ArmNumbers:
    first_reply, resolution = medians or (None, None)
    resolved, confirmed = sum(each.resolved for each in ended), sum(each.confirmed for each in ended)
    return ArmNumbers(
        arm=arm,
        opened=opened.opened if opened else 0,
        resolved=resolved,
        confirmed=confirmed,
        assumed=resolved - confirmed,
        reopened=sum(each.reopened for each in ended),
        first_reply_seconds=first_reply,
        resolution_seconds=resolution,
        asked=sum(each.asked for each in ended),
        answered=sum(each.answered for each in ended),
        ratings=sum(each.ratings for each in ended),
        satisfied=sum(each.satisfied for each in ended),
    )


def _topics(ended: list[Ended], titles: Mapping[str, str]) -> tuple[TopicNumbers, ...]:
    arms: defaultdict[str, list[TopicArm]] = defaultdict(list)
    for each in ended:
        arms[each.topic].append(
            TopicArm(
                arm=ResolvedBy(each.arm),
                resolved=each.resolved,
                asked=each.asked,
                answered=each.answered,
                ratings=each.ratings,
                satisfied=each.satisfied,
            )
        )
    topics = [
        TopicNumbers(topic=name, title=titles.get(name) or name or NO_TOPIC, arms=tuple(numbers))
        for name, numbers in arms.items()
    ]
    return tuple(sorted(topics, key=lambda topic: (-topic.ratings, topic.title)))
