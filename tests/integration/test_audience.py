"""An article for some reaches nobody else: not in a reply, not as a source, not by what was said before."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from storage.library import Article
from storage.tables import DraftRow
from tests.integration.dialogue import Json, asks, has_button, words
from tests.stage import ADA, ANSWERED, CARL, EVE, SHARED, SUPPORT, Stage, on_stage

SECRET = "30 days"
TEAM = f"""
[customer_groups]
wholesale = ["{ADA}"]

[channels."#support-partners"]
privately_first = true
"""


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A team with a group of customers, whose article on returns is not for everybody."""
    async with on_stage(database_url, tmp_path, team=TEAM) as opened:
        yield opened


async def _only_for(stage: Stage, audience: str, folder: Path) -> None:
    """Write the article on returns anew, for this audience alone, and read it as the team would."""
    from bot.knowledge import sync

    path = folder / "articles" / "returns.md"
    text = path.read_text()
    path.write_text(text.replace("---\ntitle:", f"---\naudience: {audience}\ntitle:", 1))
    await sync.sync(stage.database, stage.workspace.seed.team_id, folder / "articles")
    async with stage.database.reading() as session:
        kept = (await session.exec(select(Article.audience).where(col(Article.title) == "Returning an item"))).one()
    assert kept == audience


def _everything(messages: list[Json]) -> str:
    return " ".join(words(each) for each in messages[1:])


async def test_in_a_channel_nobody_reads_what_is_for_a_group_not_even_who_is_in_it(
    stage: Stage, tmp_path: Path
) -> None:
    await _only_for(stage, "group:wholesale", tmp_path)
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    thread = _everything(await ada.history(SUPPORT, question["ts"]))
    assert SECRET not in thread
    assert "help.example.com/returns" not in thread
    async with stage.database.reading() as session:
        drafts = (await session.exec(select(DraftRow))).all()
    assert not any(SECRET in draft.text or "returns" in str(draft.citations) for draft in drafts)


async def test_in_direct_messages_it_reaches_its_group_and_nobody_else(stage: Stage, tmp_path: Path) -> None:
    await _only_for(stage, "group:wholesale", tmp_path)
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    _, for_ada = await asks(ada, ANSWERED, await ada.direct())
    assert SECRET in words(for_ada)
    place = await carl.direct()
    question, _ = await asks(carl, ANSWERED, place)
    assert SECRET not in _everything(await carl.history(place, question["ts"]))


async def test_what_is_internal_reaches_no_customer_anywhere(stage: Stage, tmp_path: Path) -> None:
    await _only_for(stage, "internal", tmp_path)
    ada, eve = await stage.person(ADA), await stage.person(EVE)
    for person, place in ((ada, await ada.direct()), (ada, SUPPORT), (eve, SHARED)):
        question, _ = await asks(person, ANSWERED, place)
        assert SECRET not in _everything(await person.history(place, question["ts"]))


async def test_an_article_of_an_organisation_is_answered_privately_and_stays_there(
    stage: Stage, tmp_path: Path
) -> None:
    await _only_for(stage, "organisation:T0OTHER00", tmp_path)
    eve = await stage.person(EVE)
    question = await eve.says(SHARED, ANSWERED)
    reply = await eve.reads(
        SHARED, thread=question["ts"], until=lambda each: each.get("is_ephemeral", False) and SECRET in words(each)
    )
    assert not has_button("show_everyone")(reply)
    channel = stage.workspace.state.channels[SHARED]
    assert SECRET not in _everything(channel.thread(question["ts"]))


async def test_an_article_of_a_channel_is_answered_there_alone(stage: Stage, tmp_path: Path) -> None:
    await _only_for(stage, f"channel:{SUPPORT}", tmp_path)
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert SECRET in words(reply)
    place = await ada.direct()
    question, _ = await asks(ada, ANSWERED, place)
    assert SECRET not in _everything(await ada.history(place, question["ts"]))
