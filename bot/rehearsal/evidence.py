"""Risk against coverage, from reviews of past replies that would be the same today. Pure."""

from collections.abc import Sequence

from bot.rehearsal.results import Replayed, Rung, TopicRisk
from handoff.binomial import upper_bound
from handoff.gate import Policy
from storage.kinds import Action, ReviewVerdict

THRESHOLDS = tuple(round(0.4 + 0.05 * step, 2) for step in range(12))
RISK = 0.1
"""The accepted chance, 0..1, that the share of wrong replies is above `at_most`."""


def risk_by_topic(replayed: Sequence[Replayed], policies: dict[str, Policy]) -> list[TopicRisk]:
    """What each topic would answer and how much of it people called wrong, at its threshold and at others.

    Only reviews that the uniform coin drew count, weighted by the inverse of its chance (Hájek), and only where
    today's reply is the reviewed one. A verdict other than `right` counts as wrong, also "cannot tell".

    Args:
        replayed: past decisions, taken again.
        policies: by topic, what they were held against now.
    """
    topics = sorted({each.now.topic for each in replayed})
    return [_topic(name, [each for each in replayed if each.now.topic == name], policies[name]) for name in topics]


def _topic(name: str, replayed: Sequence[Replayed], policy: Policy) -> TopicRisk:
    answered = [each for each in replayed if each.answers_now]
    here = _rung(policy.threshold, answered, len(replayed))
    return TopicRisk(
        topic=name,
        tolerance=policy.tolerance,
        decisions=len(replayed),
        answered_then=sum(each.then.action == Action.ANSWER for each in replayed),
        answered_now=len(answered),
        unreviewed=sum(not _known(each) for each in answered),
        at_threshold=here,
        at_most=upper_bound(here.wrong, here.reviewed, RISK) if here.reviewed else 1.0,
        rungs=tuple(_rung(threshold, _able(replayed, threshold), len(replayed)) for threshold in THRESHOLDS),
    )


def _able(replayed: Sequence[Replayed], threshold: float) -> list[Replayed]:
    return [each for each in replayed if each.able_at is not None and each.able_at >= threshold]


def _known(each: Replayed) -> bool:
    return bool(each.same_reply and each.verdict and each.audited_at > 0)


def _rung(threshold: float, answered: Sequence[Replayed], decisions: int) -> Rung:
    reviewed = [each for each in answered if _known(each)]
    wrong = [each for each in reviewed if each.verdict != ReviewVerdict.RIGHT]
    weight = sum(1 / each.audited_at for each in reviewed)
    return Rung(
        threshold=threshold,
        share_answered=len(answered) / decisions if decisions else 0.0,
        reviewed=len(reviewed),
        wrong=len(wrong),
        share_wrong=sum(1 / each.audited_at for each in wrong) / weight if weight else None,
    )
