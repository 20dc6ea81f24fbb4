"""Which drafts people review, with what probability."""

import hashlib
import hmac
from dataclasses import dataclass
from math import sqrt

from storage.kinds import Drawn, Stage

LEAST = 0.01
MEAN_ROOT_RISK = 0.4
SECOND = 0.1


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances, 0..1, of a draft: by the uniform coin, by the targeted one, and by any."""

    audit: float
    targeted: float
    probability: float


def audit_share_of(stage: str, share: float) -> float:
    """The share of the uniform coin in a stage."""
    return share if stage == Stage.AUTOPILOT else min(1.0, 5 * share)


def plan(risk: float, *, audit_share: float, targeted_share: float, floor: float = LEAST) -> Chances:
    """The chances of a draft with this risk, 0..1, of being wrong."""
    targeted = min(1.0, max(floor, targeted_share * sqrt(max(0.0, risk)) / MEAN_ROOT_RISK)) if targeted_share else 0.0
    return Chances(audit_share, targeted, 1 - (1 - audit_share) * (1 - targeted))


def draw(key: str, draft_id: str, chances: Chances) -> Drawn | None:
    """Toss both coins of a draft."""
    if _toss(key, draft_id, "audit") < chances.audit:
        return Drawn.AUDIT
    return Drawn.TARGETED if _toss(key, draft_id, "targeted") < chances.targeted else None


def second_reading(key: str, draft_id: str) -> bool:
    """Whether a second person reads it too: a tenth."""
    return _toss(key, draft_id, "second") < SECOND


def _toss(key: str, draft_id: str, coin: str) -> float:
    digest = hmac.new(key.encode(), f"{draft_id}|{coin}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
