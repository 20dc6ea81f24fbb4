"""The policy comparison of a report: conversations offered to the AI beside those that went straight to people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from handoff.comparison import Tally
from handoff.report_parts import Policy, PolicySide, PolicyTopic
from handoff.window import Window
from storage import offerings
from storage.kinds import Offered
from storage.offerings import Offering

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
    randomised = any(each.offered in (Offered.AI_BY_LOT, Offered.PEOPLE_BY_LOT) for each in found)
    to_ai, to_people = RANDOMISED if randomised else OBSERVED
    by_topic: defaultdict[str, list[Offering]] = defaultdict(list)
    for each in found:
        if each.offered in to_ai + to_people:
            by_topic[each.topic].append(each)
    topics = [
        PolicyTopic(
            topic=name,
            title=titles.get(name) or name,
            offered=_side(counted, to_ai),
            straight=_side(counted, to_people),
        )
        for name, counted in by_topic.items()
    ]
    largest_first = sorted(
        topics, key=lambda each: (-each.offered.conversations - each.straight.conversations, each.title)
    )
    return Policy(holdout_share=share, randomised=randomised, topics=tuple(largest_first))


def _side(counted: Sequence[Offering], offered: Sequence[str]) -> PolicySide:
    mine = [each for each in counted if each.offered in offered]
    return PolicySide(
        conversations=sum(each.conversations for each in mine),
        resolved=sum(each.resolved for each in mine),
        asked=sum(each.asked for each in mine),
        answered=sum(each.answered for each in mine),
        tally=Tally(sum(each.satisfied for each in mine), sum(each.ratings for each in mine)),
    )
