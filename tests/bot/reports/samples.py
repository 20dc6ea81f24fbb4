"""Reports made by hand, for what is written and drawn from them."""

from datetime import date

from handoff.report import ArmNumbers, Feedback, ReasonCount, Report, TopicArm, TopicNumbers
from handoff.window import days
from storage.kinds import ResolvedBy

NOBODY = Feedback()
AI, MIXED, HUMAN = ResolvedBy.AI, ResolvedBy.AI_THEN_HUMAN, ResolvedBy.HUMAN


def report(
    *topics: TopicNumbers,
    reasons: tuple[ReasonCount, ...] = (),
    opened: int = 0,
    unresolved: int = 0,
    simulated: int = 0,
    feedback: Feedback = NOBODY,
    first: date = date(2026, 11, 16),
    last: date = date(2026, 11, 22),
    time_zone: str = "Europe/Berlin",
) -> Report:
    """A report whose arms are the sums of its topics; a quarter of the resolutions is confirmed."""
    return Report(
        workspace_id="T1",
        window=days(first, last, time_zone),
        time_zone=time_zone,
        opened=opened,
        unresolved=unresolved,
        arms=tuple(_sum(arm, topics) for arm in ResolvedBy),
        topics=topics,
        handoff_reasons=reasons,
        feedback=feedback,
        simulated=simulated,
        simulated_opened=0,
    )


def topic(name: str, *arms: TopicArm, title: str = "") -> TopicNumbers:
    """A topic with the numbers of its arms."""
    return TopicNumbers(topic=name, title=title or name.capitalize(), arms=arms)


def arm(who: ResolvedBy, satisfied: int, ratings: int, *, resolved: int = 0) -> TopicArm:
    """An arm of a topic: everybody was asked."""
    resolved = resolved or 2 * ratings
    return TopicArm(arm=who, resolved=resolved, asked=resolved, answered=ratings, ratings=ratings, satisfied=satisfied)


def _sum(who: ResolvedBy, topics: tuple[TopicNumbers, ...]) -> ArmNumbers:
    parts = [each.of(who) for each in topics]
    resolved = sum(part.resolved for part in parts)
    return ArmNumbers(
        arm=who,
        opened=resolved,
        resolved=resolved,
        confirmed=resolved // 4,
        assumed=resolved - resolved // 4,
        first_reply_seconds=9 if resolved else None,
        resolution_seconds=4000 if resolved else None,
        asked=sum(part.asked for part in parts),
        answered=sum(part.answered for part in parts),
        ratings=sum(part.ratings for part in parts),
        satisfied=sum(part.satisfied for part in parts),
    )


FULL = report(
    topic("returns", arm(AI, 20, 24), arm(HUMAN, 6, 7), arm(MIXED, 3, 5)),
    topic("billing", arm(AI, 3, 6), arm(HUMAN, 7, 12), arm(MIXED, 4, 6)),
    topic("warranty", arm(HUMAN, 4, 5), title="Warranty & repairs <abroad>"),
    reasons=(
        ReasonCount(reason="low_confidence", handoffs=9),
        ReasonCount(reason="wish", handoffs=7),
        ReasonCount(reason="frustration", handoffs=4),
        ReasonCount(reason="nothing_found", handoffs=3),
        ReasonCount(reason="policy", handoffs=2),
    ),
    opened=140,
    unresolved=10,
    simulated=12,
    feedback=Feedback(answers=96, helpful=31, unhelpful=8),
)
EMPTY = report()
ONE_ARM = report(topic("returns", arm(AI, 24, 24)), opened=48)
