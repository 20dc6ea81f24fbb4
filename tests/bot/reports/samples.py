"""Reports made by hand, for what is written and drawn from them."""

from datetime import date, timedelta

from handoff.intervals import Interval, Tally
from handoff.report import ArmNumbers, Feedback, ReasonCount, Report, TopicArm, TopicNumbers
from handoff.report_parts import (
    Beyond,
    Clock,
    Estimated,
    Excerpt,
    NotAskedCount,
    Policy,
    PolicySide,
    PolicyTopic,
    Saving,
    Span,
    Theme,
    Times,
    TopicMove,
    TrendWeek,
)
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


HOSTILE = "<!channel> *bold* & <https://evil.example|Refund> `x` \u202e<script>alert(1)</script>"
"""What a customer may write, wherever their words are shown."""


def excerpt(number: int, score: int, question: str, *, comment: str = "", who: str = "ai") -> Excerpt:
    """A conversation to read."""
    return Excerpt(
        conversation_id=f"conversation-{number}",
        question=question,
        score=score,
        arm=who,
        topic="Returns",
        comment=comment,
        link=f"https://northpeak.slack.com/archives/C0SUPPORT/p17640000000000{number:02}",
    )


def _week(back: int) -> TrendWeek:
    first = date(2026, 11, 16) - timedelta(weeks=back)
    few = back in (3, 11)
    ai = Tally(4, 5) if few else Tally(22 + (11 - back) % 5, 32)
    human = Tally(3, 4) if few else Tally(17 - back % 3, 22)
    adjusted = None if few else Interval(0.02 - 0.01 * (back % 4), -0.2 + 0.01 * back, 0.22 - 0.01 * (back % 4))
    return TrendWeek(
        first_day=first,
        last_day=first + timedelta(days=6),
        ai=ai,
        human=human,
        adjusted=adjusted,
        smallest_visible=None if few else 0.31,
    )


def _side(conversations: int, resolved: int, answered: int, satisfied: int) -> PolicySide:
    return PolicySide(
        conversations=conversations,
        resolved=resolved,
        asked=resolved,
        answered=answered,
        tally=Tally(satisfied, answered),
    )


def _finals(each: ArmNumbers) -> ArmNumbers:
    return each.model_copy(update={"taken_back": 3, "not_final": 4, "reopened": 2, "dollars": 1.84})


WHOLE = FULL.model_copy(
    update={
        "arms": tuple(_finals(each) for each in FULL.arms),
        "not_asked": (
            NotAskedCount(reason="contact_rule", ai=9, ai_then_human=1, human=4),
            NotAskedCount(reason="customer_gone", human=1),
        ),
        "since_certificates": (
            topic("returns", arm(AI, 140, 170), arm(HUMAN, 52, 66)).model_copy(update={"since": date(2026, 8, 3)}),
        ),
        "policy": Policy(
            holdout_share=0.1,
            randomised=True,
            topics=(
                PolicyTopic(
                    topic="returns", title="Returns", offered=_side(70, 60, 30, 24), straight=_side(9, 8, 8, 6)
                ),
            ),
        ),
        "times": tuple(
            Times(
                span=span,
                clock=clock,
                ai=60,
                human=48,
                ai_median=9.0 if span is Span.FIRST_REPLY else 2400.0,
                human_median=1260.0 if span is Span.FIRST_REPLY else 5400.0,
                difference=Interval(-1200.0, -1500.0, -900.0),
            )
            for span in Span
            for clock in Clock
        ),
        "right": Estimated(
            estimate=Interval(0.94, 0.91, 0.97),
            without_score=Interval(0.93, 0.86, 0.98),
            looked_at=61,
            conversations=412,
        ),
        "satisfied": Estimated(
            estimate=Interval(0.78, 0.7, 0.86),
            without_score=Interval(0.77, 0.59, 0.88),
            looked_at=30,
            conversations=60,
        ),
        "saving": Saving(
            reviews=48.0,
            approvals=62.0,
            corrections=20.0,
            touched=140.0,
            answered=60,
            human_median=11.5,
            saved=690.0,
            net=420.0,
            net_low=300.0,
            net_high=540.0,
        ),
        "beyond": Beyond(outside_hours=31, other_languages=12, within_a_minute=58),
        "best": (
            excerpt(1, 5, "How do I return a tent that I opened?", comment="Perfect, thank you!"),
            excerpt(2, 5, "Is the label free inside the EU?"),
            excerpt(3, 5, "When does my refund arrive?", who="human"),
        ),
        "worst": (
            excerpt(4, 1, "Can I return it after 45 days?", comment="It told me the same thing twice."),
            excerpt(5, 1, "My parcel never came", who="ai_then_human"),
            excerpt(6, 2, "Do you ship to Norway?"),
        ),
        "moves": (
            TopicMove(topic="returns", title="Returns", change="promoted", why="61 reviews, none wrong"),
            TopicMove(topic="repairs", title="Repairs", change="demoted", why="an alarm: 5 of 40 wrong"),
            TopicMove(topic="delivery", title="Delivery", change="close", reviews_missing=12),
        ),
        "themes": (
            Theme(
                key="norway",
                name="shipping to Norway",
                questions=14,
                last_week=9,
                examples=("Do you ship to Norway?", "Customs fees for Oslo?"),
            ),
            Theme(key="gift", name="gift cards", questions=8, examples=("Can I pay with a gift card?",)),
            Theme(key="size", name="tent sizes", questions=5, last_week=7, examples=("Will it fit in a Mini?",)),
        ),
        "trend": tuple(_week(back) for back in reversed(range(12))),
    }
)
"""Every part of a report is there."""
NASTY = WHOLE.model_copy(
    update={
        "topics": (topic("nasty", arm(AI, 20, 24), arm(HUMAN, 9, 12), title=HOSTILE), *FULL.topics),
        "best": (excerpt(1, 5, HOSTILE, comment=HOSTILE),),
        "worst": (excerpt(2, 1, HOSTILE, comment=HOSTILE).model_copy(update={"link": "javascript:alert(1)"}),),
        "moves": (TopicMove(topic="n", title=HOSTILE, change="promoted", why=HOSTILE),),
        "themes": (Theme(key="k", name=HOSTILE, questions=3, examples=(HOSTILE,)),),
    }
)
"""All words that come from outside mean harm."""
ALL_FIVES = report(topic("returns", arm(AI, 24, 24), arm(HUMAN, 12, 12)), opened=72)
FEW = report(topic("returns", arm(AI, 5, 7), arm(HUMAN, 3, 4)), opened=22)
LOSS = WHOLE.model_copy(
    update={
        "saving": Saving(
            reviews=90,
            approvals=60,
            corrections=10,
            touched=200,
            answered=12,
            human_median=8.0,
            saved=96.0,
            net=-264.0,
            net_low=-300.0,
            net_high=-228.0,
        )
    }
)
"""A week in which the AI cost people more time than it saved."""
