"""Agents search the articles by themselves, all that they may read: those for agents alone too."""

import asyncio

from bot.costs import account
from bot.knowledge import search
from bot.runtime import Runtime
from bot.views import lookup as view
from bot.views.lookup import FoundArticle
from bot.views.post import Post
from handoff.audience import Reader
from handoff.draft import FoundPassage
from storage import knowledge

MOST = 5
SECONDS = 1.5
"""For the search by meaning: a command must be answered within three seconds, and words alone find something too."""
MOST_READ = 500
"""Characters of what is looked for."""


async def answer(runtime: Runtime, wanted: str) -> Post:
    """What the articles say about some words, for an agent's eyes."""
    wanted = wanted.strip()[:MOST_READ]
    if not wanted:
        return view.nothing_asked()
    found = await _found(runtime, wanted)
    async with runtime.database.reading() as session:
        articles = await knowledge.by_ids(session, runtime.workspace_id, [each.article_id for each in found])
    return view.found(
        wanted,
        [
            FoundArticle(each.title, each.heading_path, each.url, each.text, articles[each.article_id].audience)
            for each in found
            if each.article_id in articles
        ],
    )


async def _found(runtime: Runtime, wanted: str) -> list[FoundPassage]:
    reader = Reader(is_agent=True)
    if runtime.meaning:
        async with account.kept(runtime.books):
            try:
                return await asyncio.wait_for(
                    search.find(
                        runtime.database,
                        runtime.workspace_id,
                        wanted,
                        MOST,
                        reader=reader,
                        meaning=runtime.meaning,
                        company=runtime.company,
                    ),
                    SECONDS,
                )
            except TimeoutError:
                pass
    return await search.find(
        runtime.database, runtime.workspace_id, wanted, MOST, reader=reader, company=runtime.company
    )
