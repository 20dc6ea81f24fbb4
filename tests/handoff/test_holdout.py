"""The lot that sends conversations straight to people: its share, its memory, and who takes part."""

import pytest

from handoff import holdout
from handoff.draft import Mood
from handoff.gate import Policy
from storage.kinds import Offered, Stage

KEY = "a key of the workspace"
IDS = [f"conversation-{number:05d}" for number in range(20_000)]


def _drawn(share: float, key: str = KEY) -> set[str]:
    return {each for each in IDS if holdout.offered(key, each, share, takes_part=True) is Offered.PEOPLE_BY_LOT}


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 0.2])
def test_the_share_that_is_drawn_is_the_share_that_was_set(share: float) -> None:
    spread = (share * (1 - share) / len(IDS)) ** 0.5
    assert abs(len(_drawn(share)) / len(IDS) - share) < 4 * spread


def test_a_larger_share_keeps_those_that_were_drawn() -> None:
    small, large = _drawn(0.05), _drawn(0.2)
    assert small < large
    assert _drawn(0.05) == small


def test_another_workspace_draws_others() -> None:
    assert len(_drawn(0.1) & _drawn(0.1, "another key")) < 0.02 * len(IDS)


def test_without_a_share_there_is_no_lot_and_the_others_know_that_there_was_one() -> None:
    assert holdout.offered(KEY, "c1", 0, takes_part=True) is Offered.AI
    assert {holdout.offered(KEY, each, 0.2, takes_part=True) for each in IDS[:200]} == {
        Offered.AI_BY_LOT,
        Offered.PEOPLE_BY_LOT,
    }
    assert holdout.offered(KEY, "c1", 1, takes_part=False) is Offered.PEOPLE


@pytest.mark.parametrize(
    ("mood", "stage", "by_words", "takes_part"),
    [
        (Mood(), Stage.AUTOPILOT, False, True),
        (Mood(), Stage.COPILOT, False, True),
        (Mood(), Stage.SHADOW, False, False),
        (Mood(), Stage.AUTOPILOT, True, False),
        (Mood(wants_person=True), Stage.AUTOPILOT, False, False),
        (Mood(frustration=0.7), Stage.AUTOPILOT, False, False),
    ],
)
def test_only_what_the_ai_would_get_takes_part(mood: Mood, stage: Stage, by_words: bool, takes_part: bool) -> None:
    policy = Policy("returns", stage, threshold=0.6, frustration_limit=0.6)
    assert holdout.eligible(mood, policy, by_words=by_words) is takes_part
