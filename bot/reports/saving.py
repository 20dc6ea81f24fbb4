"""Gathers what the AI really saves of people's time: what its answers would have taken, less what it took of them."""

from handoff import times
from handoff.comparison import FEWEST_RATINGS
from handoff.report_parts import Saving
from handoff.window import Window
from storage import efforts
from storage.database import Database

FEWEST = FEWEST_RATINGS
"""Conversations of people alone with measured time from which on their median is told."""


async def weigh(database: Database, workspace_id: str, window: Window, answered: int) -> Saving | None:
    """Set what was saved in a window against what was spent in it; None when the AI did nothing and took nothing.

    What is credited is cautious, and what is charged is whole: the median is below the mean of times that have a long
    tail; nothing is credited for conversations that the AI only helped with; and all the work on those that it had
    answered before is charged, though people would have had some of it anyway. So the net is rather too low.

    Its ends are those of the median's 95 % interval; what was spent is counted and has none.

    Args:
        database: where people's deeds are.
        workspace_id: the Slack team.
        window: from when to when.
        answered: conversations that AI alone resolved in it.
    """
    async with database.snapshot() as session:
        spent = await efforts.spent(session, workspace_id, window.since, window.until)
        took = await efforts.times_of_people(session, workspace_id, window.since, window.until)
    costs = [each / 60 for each in (spent.reviews, spent.approvals, spent.corrections, spent.touched)]
    if not answered and not any(costs):
        return None
    measured = sum(took.values())
    median = times.median([seconds / 60 for seconds, count in took.items() for _ in range(count)])
    ends = (median.estimate, median.low, median.high) if median and measured >= FEWEST else (None, None, None)
    nets = [None if minutes is None else answered * minutes - sum(costs) for minutes in ends]
    return Saving(
        reviews=costs[0],
        approvals=costs[1],
        corrections=costs[2],
        touched=costs[3],
        answered=answered,
        human_median=ends[0],
        measured=measured,
        saved=None if ends[0] is None else answered * ends[0],
        net=nets[0],
        net_low=nets[1],
        net_high=nets[2],
    )


def why_no_net(weighed: Saving | None) -> str:
    """Why the net is not told, in a sentence; nothing when it is, or when there is nothing to tell."""
    if weighed is None or weighed.net is not None:
        return ""
    return (
        f"What is saved: it takes the measured time of {FEWEST} conversations that people alone resolved; so far "
        f"{weighed.measured}."
    )
