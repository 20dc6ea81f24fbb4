"""What a report looks back on: the topics since their present certificates, and the trend of twelve weeks."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports.topics import NO_TOPIC, by_topic
from handoff.comparison import Tally, compare
from handoff.report import TopicNumbers
from handoff.report_parts import TrendWeek
from handoff.window import Window, days
from storage import certificates, day_tallies, topics
from storage.kinds import ResolvedBy, TopicEvent
from storage.resolutions import Ended
from storage.tables import Topic

WEEKS = 12
BEGINS_ANEW = (
    TopicEvent.PROMOTED,
    TopicEvent.STARTED_UNPROVED,
    TopicEvent.DEMOTED,
    TopicEvent.ALARMED,
    TopicEvent.MERGED,
)
"""After these a topic without a certificate is treated in another way than before."""


async def since_certificates(
    session: AsyncSession,
    workspace_id: str,
    window: Window,
    rows: Sequence[Topic],
    *,
    ended: Sequence[Ended],
    zone: str,
) -> tuple[TopicNumbers, ...]:
    """Count each topic from the first whole local day of its present treatment to the end of the window.

    That is the day after its certificate was first issued, for these versions and without a break; for a topic without
    one, the day after its stage last changed; for one that was always treated alike, the first day of all. What has no
    topic, or one that was deleted, counts since the first of these days: nobody takes bad ratings out of the verdict
    by taking a topic away.

    Args:
        session: to read with.
        workspace_id: the Slack team.
        window: the end of which is the end of the count.
        rows: the topics.
        ended: what was resolved in the window, which is counted already.
        zone: the team's time zone, such as "Europe/Berlin".
    """
    clocks = ZoneInfo(zone)
    begun = await day_tallies.begun(session, workspace_id)
    if begun is None:
        return ()
    stretches: list[tuple[str, str, datetime]] = []
    for topic in rows:
        changed = await _treated_alike_since(session, topic)
        since = max(begun, _next_midnight(changed, clocks) if changed else begun)
        if since <= window.until:  # else the window is older than what holds now
            stretches.append((topic.name, topic.title, since))
    if first := min((since for _, _, since in stretches), default=None if rows else begun):
        seen = {each.topic for each in ended} | await day_tallies.topics(session, workspace_id, first, window.until)
        # People alone have most of what has no topic: left out, the arms would look more alike than they are.
        others = sorted({"", *seen} - {topic.name for topic in rows})
        stretches += [(name, name or NO_TOPIC, first) for name in others if first < window.until]
    found: list[TopicNumbers] = []
    for name, title, since in stretches:
        before = since <= window.since
        end = window.since if before else window.until
        counted = await day_tallies.ended(session, workspace_id, since, end, name)
        if before:
            counted += [each for each in ended if each.topic == name]
        first = since.astimezone(clocks).date()
        found += [each.model_copy(update={"since": first}) for each in by_topic(counted, {name: title})]
    if not found:  # a window that has just begun, and not none: what came before it earns no verdict any more
        begun_so_far = [(name, title, since.astimezone(clocks).date()) for name, title, since in stretches if name]
        found = [TopicNumbers(topic=name, title=title, arms=(), since=first) for name, title, first in begun_so_far]
    return tuple(sorted(found, key=lambda each: (-each.ratings, each.title)))


async def _treated_alike_since(session: AsyncSession, topic: Topic) -> datetime | None:
    if certificate := await certificates.by_id(session, topic.workspace_id, topic.certificate_id):
        return await certificates.unbroken_since(session, certificate)
    changes = await topics.changes(session, topic.workspace_id, topic.name)
    return next((change.at for change in changes if change.event in BEGINS_ANEW), None)


def _next_midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    tomorrow = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)


async def trend(
    session: AsyncSession, workspace_id: str, window: Window, *, ended: Sequence[Ended], zone: str
) -> tuple[TrendWeek, ...]:
    """The twelve weeks that end with a report's window, the oldest first; none from before the first rating.

    `ended` is what was resolved in the window, which is counted already, and `zone` the team's time zone.
    """
    last_day = (window.until - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
    weeks: list[TrendWeek] = []
    for back in reversed(range(WEEKS)):
        last = last_day - timedelta(weeks=back)
        first = last - timedelta(days=6)
        stretch = days(first, last, zone)
        counted = ended
        if stretch != window:
            counted = await day_tallies.ended(session, workspace_id, stretch.since, stretch.until)
        week = _week(first, last, counted)
        if weeks or week.ai.ratings or week.human.ratings:
            weeks.append(week)
    return tuple(weeks)


def _week(first: date, last: date, ended: Sequence[Ended]) -> TrendWeek:
    numbers = by_topic(ended, {})
    compared = compare([each.compared for each in numbers], resolved=sum(each.counts.resolved for each in ended))
    return TrendWeek(
        first_day=first,
        last_day=last,
        ai=sum((each.of(ResolvedBy.AI).tally for each in numbers), Tally()),
        human=sum((each.of(ResolvedBy.HUMAN).tally for each in numbers), Tally()),
        adjusted=compared.adjusted,
        smallest_visible=compared.smallest_visible,
        simulated=sum(each.simulated for each in numbers),
    )
