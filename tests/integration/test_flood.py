"""A customer who floods the channel is answered calmly once, by one card, and costs no further thought."""

from pathlib import Path

from sqlmodel import select

from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from handoff.draft import Draft
from handoff.pace import Pace
from storage.tables import Conversation, Handoff
from tests.integration.dialogue import asks, bot_posts, by_bot, card_for, words
from tests.stage import ADA, ANSWERED, BEN, CARL, DESK, SUPPORT, on_stage


class Counted(EmbeddedDrafter):
    """A drafter that knows how often it was asked."""

    asked = 0

    async def draft(self, request: DraftRequest) -> Draft:
        """Draft, and count."""
        self.asked += 1
        return await super().draft(request)


async def test_a_flood_is_answered_once_and_goes_to_one_card(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path, most_messages_a_minute=3) as stage:
        drafter = stage.bot.runtime.drafter = Counted()
        stage.bot.runtime.pace = Pace(
            stage.bot.runtime.pace.most, clock=lambda: 0.0
        )  # one minute, however long it takes
        ada, ben, carl = await stage.person(ADA), await stage.person(BEN), await stage.person(CARL)
        for _ in range(3):
            await asks(ada, ANSWERED)
        _, calm = await asks(ada, f"{ANSWERED} And quickly, it is the fourth time!")
        assert "30 days" not in words(calm)
        await card_for(ben, "the fourth time")
        silent = await ada.says(SUPPORT, "the fifth, elsewhere")
        await ben.reads(
            DESK, thread=(await card_for(ben, "the fourth time"))["ts"], until=by_bot("the fifth, elsewhere")
        )
        assert await bot_posts(ada, silent["ts"]) == []
        assert drafter.asked == 3
        _, other = await asks(carl, ANSWERED)
        assert "30 days" in words(other)
        async with stage.database.reading() as session:
            assert len((await session.exec(select(Handoff))).all()) == 1
            assert len((await session.exec(select(Conversation))).all()) == 5
