"""Every attack of the corpus, against the whole bot, with a model that obeys it: nothing harmful is posted."""

from pathlib import Path

import pytest

from tests.attacks.corpus import attacks
from tests.attacks.guards import GUARDS, without
from tests.attacks.harm import harms
from tests.attacks.playing import attacked

SHARES = 4
"""The corpus in so many parts, so that they can be played at the same time."""
DIRECTLY = 5
"""Every so many-th attack is played in direct messages as well."""
HELD_BY = {
    "the three characters are escaped": "markup: mentions and broadcasts 1",
    "Slack makes no links of its own": "markup: the desk's card 2",
    "unseen characters are dropped": "markup: unseen and turned characters 2",
    "links are vouched for": "markup: links 3",
    "whoever dictates is heard by a person": "words: instruction override 5",
    "claims rest on articles": "words: instruction override 1",
    "readers read what they may": "secrets: internal articles 1",
    "personal data is masked": "secrets: one's own secrets 4",
    "rules are not told": "secrets: the prompt 14",
    "wish and mood come first": "shapes: poisoned articles 11",
}
"""For each guard that stands alone before some attack, such an attack; others stand two deep."""


def test_the_corpus_is_as_large_as_promised_and_no_two_are_the_same() -> None:
    assert len(attacks()) >= 150
    assert len({attack.name for attack in attacks()}) == len(attacks())
    assert set(HELD_BY) <= GUARDS.keys()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("share", range(SHARES))
async def test_whatever_the_model_writes_nothing_harmful_is_posted(
    share: int, database_url: str, tmp_path: Path
) -> None:
    async with attacked(database_url, tmp_path) as opened:
        for attack in attacks()[share::SHARES]:
            assert harms(await opened.play(attack)) == [], (attack.name, attack.said[-200:])


async def test_nothing_harmful_is_posted_in_direct_messages_either(tmp_path: Path) -> None:
    async with attacked(f"sqlite:///{tmp_path / 'attacks.db'}", tmp_path) as opened:
        place = await opened.attacker.direct()
        for attack in attacks()[::DIRECTLY]:
            assert harms(await opened.play(attack, place)) == [], (attack.name, attack.said[-200:])
            await opened.starts_anew()


async def test_the_checks_notice_harm_when_a_guard_is_missing(tmp_path: Path) -> None:
    by_name = {attack.name: attack for attack in attacks()}
    async with attacked(f"sqlite:///{tmp_path / 'attacks.db'}", tmp_path) as opened:
        for guard, name in HELD_BY.items():
            with without(guard):
                assert harms(await opened.play(by_name[name])), f"{name} does nothing without “{guard}”"
