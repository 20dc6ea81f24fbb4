"""What is tried instead of what is set."""

import pytest

from bot.rehearsal.grounds import Overrides
from handoff.gate import StartingPolicy
from storage.tables import Topic

PROVED = Topic(
    workspace_id="T1",
    name="returns",
    stage="copilot",
    threshold=0.7,
    tolerance=0.05,
    certificate_id="c1",
    certified_drafter="d",
    certified_confidence="c",
)


@pytest.mark.parametrize(
    ("overrides", "tried"),
    [
        (Overrides(stage="autopilot"), ("autopilot", 0.7, 0.05)),
        (Overrides(threshold=0.0), ("copilot", 0.0, 0.05)),
        (Overrides(tolerance=1.0), ("copilot", 0.7, 1.0)),
    ],
)
def test_what_is_only_thought_of_holds_for_every_topic_and_has_no_certificate(
    overrides: Overrides, tried: tuple[str, float, float]
) -> None:
    topic = overrides.on(PROVED)
    assert (topic.stage, topic.threshold, topic.tolerance) == tried
    assert (topic.certificate_id, topic.certified_drafter, topic.certified_confidence) == ("", "", "")
    start = overrides.on_start(StartingPolicy("copilot", 0.7, 0.6, 0.05))
    assert (start.stage, start.threshold, start.tolerance) == tried
    assert PROVED.certificate_id == "c1"


def test_without_overrides_a_topic_is_as_it_is() -> None:
    assert Overrides().on(PROVED) == PROVED
    start = StartingPolicy("copilot", 0.7, 0.6, 0.05)
    assert Overrides().on_start(start) == start
