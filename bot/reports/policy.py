"""The policy comparison of a report: conversations offered to the AI beside those that went straight to people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports.topics import NO_TOPIC
from handoff.comparison import Tally
from handoff.report_parts import LotMonth, Policy, PolicySide, PolicyTopic
from handoff.window import Window
from storage import day_tallies, offerings, resolutions
from storage.kinds import Offered
from storage.offerings import Offering
from storage.resolutions import Counts

BY_LOT = (Offered.AI_BY_LOT, Offered.PEOPLE_BY_LOT)
RANDOMISED = ((Offered.AI_BY_LOT,), (Offered.PEOPLE_BY_LOT,))
OBSERVED = ((Offered.AI, Offered.AI_BY_LOT), (Offered.PEOPLE,))


async def gather(
    session: AsyncSession, workspace_id: str, window: Window, titles: Mapping[str, str], *, share: float
) -> Policy | None:
    """Count the two sides of what was opened in the window; None when nothing was.

    Args:
        session: to read with.
        workspace_id: the Slack team.
        window: in which they were opened.
        titles: of the topics, by name.
        share: of eligible conversations, 0..1, that the lot sends to people now.

    Returns:
        As soon as the lot was drawn for any of them, only those for which it was: they differ by chance alone.
    """
    found = await offerings.opened(session, workspace_id, window.since, window.until)
    if not found:
        return None
    randomised = any(each.offered in BY_LOT for each in found)
    to_ai, to_people = RANDOMISED if randomised else OBSERVED
    by_topic: defaultdict[str, list[Offering]] = defaultdict(list)
    for each in found:
        if each.offered in to_ai + to_people:
            by_topic[each.topic].append(each)
    topics = [
        PolicyTopic(
            topic=name,
            title=titles.get(name) or name or NO_TOPIC,
            offered=_side(counted, to_ai),
            straight=_side(counted, to_people),
        )
        for name, counted in by_topic.items()
    ]
    largest_first = sorted(
        topics, key=lambda each: (-each.offered.conversations - each.straight.conversations, each.title)
    )
    return Policy(holdout_share=share, randomised=randomised, topics=tuple(largest_first))


async def since_the_first_lot(
    session: AsyncSession, workspace_id: str, until: datetime, zone: str
) -> tuple[LotMonth, ...]:
    """What came of the conversations for which a lot was drawn, month by month from the first on.

    Settled days are summed as they were counted; what lies behind them is counted from the rows.

    Args:
        session: to read with.
        workspace_id: the Slack team.
        until: the end of what is counted.
        zone: the team's time zone, such as "Europe/Berlin".
    """
    clocks = ZoneInfo(zone)
    found, settled = await day_tallies.kept_of(session, workspace_id, until, BY_LOT)
    since = settled or await day_tallies.begun(session, workspace_id)
    while since is not None and since < until:
        end = min(until, _next_month(since, clocks))
        ended = await resolutions.ended(session, workspace_id, since, end, offered=BY_LOT)
        found += [(since, each.offered, each.counts) for each in ended]
        since = end
    months: defaultdict[date, list[tuple[str, Counts]]] = defaultdict(list)
    for moment, offered, counts in found:
        months[moment.astimezone(clocks).date().replace(day=1)].append((offered, counts))
    first_day = min((moment for moment, _, _ in found), default=until).astimezone(clocks).date()
    return tuple(
        LotMonth(
            first_day=max(month, first_day),
            offered=_ended(counted, Offered.AI_BY_LOT),
            straight=_ended(counted, Offered.PEOPLE_BY_LOT),
        )
        for month, counted in sorted(months.items())
    )


def _next_month(moment: datetime, clocks: ZoneInfo) -> datetime:
    later = moment.astimezone(clocks).date().replace(day=1) + timedelta(days=32)
    return datetime.combine(later.replace(day=1), time(), clocks).astimezone(UTC)


def _ended(counted: Sequence[tuple[str, Counts]], offered: str) -> PolicySide:
    counts = sum((each for side, each in counted if side == offered), Counts())
    return PolicySide(
        conversations=counts.resolved + counts.taken_back,
        resolved=counts.resolved,
        asked=counts.asked,
        answered=counts.answered,
        tally=Tally(counts.satisfied, counts.ratings),
    )


def _side(counted: Sequence[Offering], offered: Sequence[str]) -> PolicySide:
    mine = [each for each in counted if each.offered in offered]
    return PolicySide(
        conversations=sum(each.conversations for each in mine),
        resolved=sum(each.resolved for each in mine),
        asked=sum(each.asked for each in mine),
        answered=sum(each.answered for each in mine),
        tally=Tally(sum(each.satisfied for each in mine), sum(each.ratings for each in mine)),
    )
