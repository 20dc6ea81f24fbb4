"""An article that is withdrawn while a reply is drafted from it: the reply does not go out, a person comes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.disclosure import holding
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from bot.thinking.considering import Considered
from handoff.draft import Draft
from storage.library import Article
from storage.row import now
from storage.tables import Decision
from tests.integration.dialogue import asks, card_for, words
from tests.stage import ADA, ANSWERED, BEN, Stage, on_stage


class Overtaken(EmbeddedDrafter):
    """Drafts, and meanwhile an article changes."""

    def __init__(self, stage: Stage, key: str, changes: dict[str, Any]) -> None:
        super().__init__()
        self._stage, self._key, self._changes = stage, key, changes

    async def draft(self, request: DraftRequest) -> Draft:
        """Draft from the article as it was found."""
        found = await super().draft(request)
        async with self._stage.database.transaction() as session:
            changed = update(Article).where(col(Article.source_key) == self._key).values(**self._changes)
            await (await session.connection()).execute(changed)
        return found


async def test_the_articles_behind_an_answer_are_read_once_before_it_goes_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    within: list[bool] = []
    hold = holding.considered_again

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if within and "FROM article" in statement:
            asked.append(statement)

    async def hold_seen(session: AsyncSession, workspace_id: str, considered: Considered) -> Considered:
        within.append(True)
        held = await hold(session, workspace_id, considered)
        within.clear()
        return held

    monkeypatch.setattr(holding, "considered_again", hold_seen)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        _, reply = await asks(await stage.person(ADA), ANSWERED)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert "30 days" in words(reply)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("key", "changes", "goes_out"),
    [
        ("returns.md", {"removed_at": now()}, False),
        ("returns.md", {"valid_until": now()}, False),
        ("returns.md", {"replaced_by": "another"}, False),
        ("returns.md", {"content_hash": "other words"}, False),
        ("returns.md", {"audience": "internal"}, False),
        ("delivery.md", {"removed_at": now()}, True),
    ],
    ids=["removed", "expired", "replaced", "changed", "no longer for customers", "another article"],
)
async def test_only_a_reply_whose_articles_still_hold_goes_out(
    database_url: str, tmp_path: Path, key: str, changes: dict[str, Any], goes_out: bool
) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        stage.bot.runtime.drafter = Overtaken(stage, key, changes)
        ada = await stage.person(ADA)
        _, reply = await asks(ada, ANSWERED)
        assert ("30 days" in words(reply)) == goes_out
        async with stage.database.reading() as session:
            decision = (await session.exec(select(Decision))).one()
        assert decision.action == ("answer" if goes_out else "hand_off")
        if not goes_out:
            assert "on which the reply rests" in decision.reasons[0] or decision.reasons == [holding.NOT_FOR_THEM]
            await card_for(await stage.person(BEN), ANSWERED)
