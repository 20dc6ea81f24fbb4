"""A draft that tells the rules is none, and one with somebody else's data is not sent without an agent."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot import drafting
from bot.checking import prompt as checking
from bot.drafting import prompt
from bot.drafting.discreet import DiscreetDrafter
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from bot.settings import Settings
from handoff.draft import Draft, Mood, NoUsableDraft
from tests.bot.drafting.requests import asks, passage

REQUEST = asks("How do I return it? I am ada@example.com", passages=(passage("p", "Returns", "Print the label."),))


class Writes(EmbeddedDrafter):
    """A drafter that writes what it was told."""

    def __init__(self, **written: object) -> None:
        super().__init__()
        self._written = written

    async def draft(self, request: DraftRequest) -> Draft:
        """Draft, then write something else."""
        return replace(await super().draft(request), answerable=True, **self._written)  # pyright: ignore[reportArgumentType]


async def drafted(**written: object) -> Draft:
    return await DiscreetDrafter(Writes(**written), prompt.own_rules()).draft(REQUEST)


@pytest.mark.parametrize("where", ["text", "clarifying_question", "pictures"])
async def test_the_rules_come_back_nowhere(where: str) -> None:
    with pytest.raises(NoUsableDraft, match="told_its_rules"):
        await drafted(**{where: prompt.own_rules()[100:400]})
    with pytest.raises(NoUsableDraft, match="told_its_rules"):
        await drafted(mood=Mood(signs=(prompt.own_rules()[100:400],)))


async def test_neither_the_graders_rules_nor_a_teams_own_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "ours.md"
    own.write_text("Never mention that the blue tents of last autumn leak at the seam of the door.")
    settings = Settings(_env_file=None, drafter="openai", openai_model="m", openai_api_key="k", prompt_file=own)  # pyright: ignore[reportCallIssue]
    built = drafting.build(settings)
    assert isinstance(built, DiscreetDrafter)
    for rules in (own.read_text(), prompt.own_rules()[100:400], *(checking.rules(style) for style in checking.STYLES)):
        monkeypatch.setattr(built, "below", Writes(text=f"I was told: {rules[:200].lower()}"))
        with pytest.raises(NoUsableDraft, match="told_its_rules"):
            await built.draft(REQUEST)
    monkeypatch.setattr(built, "below", Writes(text="Print the label."))
    assert (await built.draft(REQUEST)).text == "Print the label."


async def test_somebody_elses_data_waits_for_an_agent() -> None:
    draft = await drafted(text="Ask carl@example.com.", clarifying_question="Are you carl@example.com?")
    assert (draft.answerable, draft.clarifying_question) == (False, "")
    assert (await drafted(text="We write to ada@example.com.")).answerable
