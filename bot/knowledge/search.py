"""Finds the passages that may answer a customer: the query from what was said, and the ranking of what is near."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.knowledge import asking, ranking
from bot.knowledge.meaning import Meaning
from handoff import spelling
from handoff.audience import Reader
from handoff.draft import FoundPassage, Turn
from handoff.spelling import Meant
from storage import passage_search, vocabulary
from storage.database import Database
from storage.passage_search import Nearest, OpenTo
from storage.row import now

CANDIDATES, CANDIDATES_OF_LONG = 24, 120
"""How many near passages are ranked, for a question and for a long message; more when many are wanted."""
CANDIDATES_PER_WANTED = 5

USUAL_LIMIT = 8
MOST_STRANGE = 4
"""Words that no article holds, of a question, for which others are looked for."""

VERSION = "bm25f-6"
"""Changes whenever the same question may find other passages in the same articles."""

STRANGER = Reader()
"""Reads what everybody may read."""


async def search(
    session: AsyncSession,
    workspace_id: str,
    asked: str | Sequence[Turn],
    limit: int = USUAL_LIMIT,
    *,
    reader: Reader = STRANGER,
    at: datetime | None = None,
    meant: Sequence[str] = (),
) -> list[FoundPassage]:
    """Find the passages that are nearest to a question, best first, among those that the reader may read.

    The reader is whoever a reply is for. A draft that an agent is shown is for the customer as well: it may be sent
    as it is, so that it too is looked for with the customer's eyes. Only what an agent looks up for themselves
    (`baton knowledge search`) is found with an agent's. `at` is when articles must hold, now if not given;
    `meant` are the ids of passages that are nearest in meaning, nearest first.

    Runs one statement; when no article holds some of the words, one more that looks for those that may be meant, and
    the first one again with what it found (`handoff.spelling`). At most two passages come from one article; none when
    the question holds no informative word or nothing in the knowledge base holds any of them. `asked` is a text, or
    the conversation so far.
    """
    query = asking.query(asked)
    if not query.terms:
        return []
    open_to = OpenTo(None if reader.is_agent else reader.tags, at or now())
    least, much = (CANDIDATES_OF_LONG if query.is_long else CANDIDATES), CANDIDATES_PER_WANTED * limit
    candidates = max(least, much if limit > USUAL_LIMIT else 0)
    terms = list(query.spread)
    near = await passage_search.nearest(session, workspace_id, terms, candidates, open_to)
    strange = [term for term in query.terms if not near.passages_with.get(term) and spelling.is_asked(term)]
    if strange and not query.is_long and (meant_by := await _meant(session, workspace_id, asked, strange, open_to)):
        query = asking.as_meant(query, meant_by)
        terms = list(query.spread)
        near = await passage_search.nearest(session, workspace_id, terms, candidates, open_to)
    here = {each.passage_id for each in near.candidates}
    if missing := [each for each in meant if each not in here]:
        more = await passage_search.these(session, workspace_id, missing, terms, open_to)
        near = Nearest([*near.candidates, *more.candidates], near.passages_with or more.passages_with)
    return ranking.best(near, query, limit, meant)


async def _meant(
    session: AsyncSession, workspace_id: str, asked: str | Sequence[Turn], strange: Sequence[str], open_to: OpenTo
) -> dict[str, Meant]:
    """By word that no open article holds, those of their words that may be meant by it."""
    strange, as_written = strange[:MOST_STRANGE], asking.written(asked)
    typed = {term: spelling.one_mistake(as_written.get(term, term)) for term in strange}
    named = {*spelling.all_parts(strange), *(each for some in typed.values() for each in some)}
    shelves = await passage_search.open_shelves(session, workspace_id, open_to)
    known = await vocabulary.near(session, workspace_id, set(map(spelling.prefix, strange)), named, shelves)
    return {term: found for term in strange if (found := spelling.meant(term, known, typed[term])).terms}


async def find(
    database: Database,
    workspace_id: str,
    asked: str | Sequence[Turn],
    limit: int = USUAL_LIMIT,
    *,
    reader: Reader = STRANGER,
    meaning: Meaning | None = None,
    company: str = "",
) -> list[FoundPassage]:
    """The same, by words and by meaning where an embedding endpoint is configured; by words alone when it fails.

    The name of the company that is asked is no word to search by. No database session is open while the endpoint is
    awaited.
    """
    meant: list[str] = []
    vectors = await meaning.question(asking.meant(asked)) if meaning and asking.query_terms(asked) else None
    if meaning and vectors:
        open_to = OpenTo(None if reader.is_agent else reader.tags, now())
        many = max(CANDIDATES, CANDIDATES_PER_WANTED * limit)
        meant = await meaning.nearest(database, workspace_id, vectors, many, open_to)
    named = asking.without_name(asked, company)
    async with database.reading() as session:
        return await search(session, workspace_id, named, limit, reader=reader, meant=meant)
