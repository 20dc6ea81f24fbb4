"""Which drafts people review, with what known chance, and what the reviewed ones say of all. Pure.

Two coins are tossed for each draft, keyed by the workspace and the draft's id, so that an auditor can toss them again:
the *audit* coin treats all drafts alike, and certificates and monitors rest on what it draws alone; the *targeted* coin
falls more often on risky drafts, where reviews teach most. As every chance is known, estimates weigh each review by its
inverse, and the targeting biases nothing (Horvitz and Thompson 1952). What an event makes certain to be reviewed is
weighed by 1 only if every reply with such an event is, those that a coin drew too; otherwise leave out what the event
added, and keep the coins' chances.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from storage.kinds import Drawn, Stage

LEAST_TARGETED = 0.005
"""The targeted chance of the surest draft: no draft is beyond reach, and no weight beyond measure."""
MEAN_ROOT_RISK = 0.35
"""The mean square root of the risk where nothing better is known: that of drafts of which about 15 % are wrong."""
LEAST_ROOT_RISK, FORGETTING = 0.02, 0.02
"""The running mean never falls below the first, and each draft moves it by the second's part."""
WHILE_OTHERS_ANSWER = 5.0
"""In shadow and copilot evidence is what is missing, so the audit share is this many times as large."""
READ_TWICE = 0.1
ENOUGH_WRONG = 5
"""Wrong replies drawn by a coin from which their spread tells how sure the estimate is."""
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances, 0..1, of a draft: by the uniform coin, by the targeted one, and by either."""

    audit: float
    targeted: float
    probability: float


@dataclass(frozen=True, slots=True)
class Weighted:
    """A reviewed reply, and the chance, above 0 and at most 1, that it was drawn."""

    wrong: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share, 0..1, of wrong replies among all, with its 95 % interval."""

    value: float
    low: float
    high: float
    reviews: int
    effective_reviews: float
    """As many reviews of a uniform sample would say as much."""


@dataclass
class RootRisk:
    """The mean square root of the risk of late, by which the targeted coin keeps its share."""

    mean: float = MEAN_ROOT_RISK

    def before(self, risk: float) -> float:
        """The mean without the draft of this risk, 0..1, which is then counted: a chance never depends on itself."""
        known = self.mean
        root = sqrt(risk) if 0 <= risk <= 1 else 1.0
        self.mean = max(LEAST_ROOT_RISK, known + FORGETTING * (root - known))
        return known


def audit_share_of(stage: str, share: float) -> float:
    """The chance of the uniform coin in a stage, 0..1; `share` is the one on autopilot."""
    return share if stage == Stage.AUTOPILOT else min(1.0, WHILE_OTHERS_ANSWER * share)


def plan(
    risk: float,
    *,
    audit_share: float,
    targeted_share: float,
    floor: float = LEAST_TARGETED,
    mean_root_risk: float = MEAN_ROOT_RISK,
) -> Chances:
    """The chances of one draft.

    Args:
        risk: the estimated chance, 0..1, that the draft is wrong; out of range or not a number counts as 1.
        audit_share: the chance, 0..1, of the uniform coin.
        targeted_share: the share, 0..1, that the targeted coin is to draw; 0 puts it away.
        floor: the least targeted chance, 0..1.
        mean_root_risk: the mean of the square roots of the risks of all drafts, so that the share is kept.

    Returns:
        The targeted chance is proportional to the square root of the risk, which makes the variance of the estimate
        least when a reply is wrong with just that risk (Neyman allocation).
    """
    root = sqrt(risk) if 0 <= risk <= 1 else 1.0
    targeted = min(1.0, max(floor, targeted_share * root / mean_root_risk)) if targeted_share > 0 else 0.0
    return Chances(audit_share, targeted, 1 - (1 - audit_share) * (1 - targeted))


def draw(key: str, draft_id: str, chances: Chances) -> Drawn | None:
    """Toss the coins of a draft: `audit` when the uniform one draws it, whatever the other says."""
    if audited(key, draft_id, chances.audit):
        return Drawn.AUDIT
    return Drawn.TARGETED if tossed(key, draft_id, "targeted") < chances.targeted else None


def audited(key: str, draft_id: str, share: float) -> bool:
    """Whether the uniform coin alone, with this chance, draws a draft: it can be tossed before the draft is weighed."""
    return tossed(key, draft_id, "audit") < share


def second_reading(key: str, draft_id: str) -> bool:
    """Whether a second person reads a drawn draft as well: a tenth of them."""
    return tossed(key, draft_id, "second") < READ_TWICE


def estimate(reviewed: Sequence[Weighted]) -> Estimate | None:
    """The share of wrong replies among all from which the reviewed ones were drawn; None without any.

    Args:
        reviewed: what was drawn and judged; all that was drawn, or as good as all.

    Returns:
        The sum of 1/p over the wrong ones, divided by that over all (Hájek 1971), and a Wilson interval on the
        effective number of reviews: that of the linearised variance, and at most (sum w)^2 / sum w^2 (Kish 1965) while
        fewer than `ENOUGH_WRONG` wrong replies came by chance: what was certain to be reviewed shows no spread, and
        says nothing of the replies that were not.
    """
    if not reviewed:
        return None
    weights = [1 / each.probability for each in reviewed]
    total = sum(weights)
    value = sum(weight for weight, each in zip(weights, reviewed, strict=True) if each.wrong) / total
    kish = total**2 / sum(weight**2 for weight in weights)
    spread = sum(
        (weight * (each.wrong - value)) ** 2 * (1 - each.probability)
        for weight, each in zip(weights, reviewed, strict=True)
    )
    variance = spread / total**2
    effective = value * (1 - value) / variance if variance > 0 and 0 < value < 1 else kish
    if sum(each.wrong and each.probability < 1 for each in reviewed) < ENOUGH_WRONG:
        effective = min(effective, kish)
    low, high = _wilson(value, effective)
    return Estimate(value, low, high, len(reviewed), effective)


def _wilson(share: float, reviews: float) -> tuple[float, float]:
    """Wilson's interval (1927) for a share of so many reviews, which need not be a whole number."""
    spread = Z95**2 / reviews
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / reviews + spread / (4 * reviews)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def tossed(key: str, what: str, coin: str) -> float:
    """A number, 0..1, that looks random and is the same each time: HMAC-SHA256 of the coin and the id tossed for."""
    digest = hmac.digest(key.encode(), f"{coin}|{what}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") / 2**64
