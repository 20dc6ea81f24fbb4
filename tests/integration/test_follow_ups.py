"""Follow-ups that say little are answered from what was spoken of, and from nothing else."""

import pytest

from tests.integration.dialogue import asks, words
from tests.stage import ADA, SUPPORT, Stage


@pytest.mark.parametrize(
    ("first", "price"),
    [("How long does express delivery take?", "12 euros"), ("How long does standard delivery take?", "4.90 euros")],
)
async def test_how_much_is_that_is_answered_for_what_was_asked_before(stage: Stage, first: str, price: str) -> None:
    ada = await stage.person(ADA)
    asked, _ = await asks(ada, first)
    said = await ada.says(SUPPORT, "How much is that?", thread=asked["ts"])
    reply = await ada.reads(
        SUPPORT, thread=asked["ts"], until=lambda each: bool(each.get("bot_id")) and each["ts"] > said["ts"]
    )
    assert price in words(reply)


async def test_a_price_that_no_article_names_is_asked_of_a_person(stage: Stage) -> None:
    ada = await stage.person(ADA)
    asked, _ = await asks(ada, "How long is the warranty on backpacks?")
    await ada.says(SUPPORT, "How much is that?", thread=asked["ts"])
    await ada.reads(SUPPORT, thread=asked["ts"], until=lambda each: "colleague" in words(each))
