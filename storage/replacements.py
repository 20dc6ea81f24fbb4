"""Which article stands in for which: written on the one that is no longer found."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, text
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import passage_index


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A replacement that could not be carried out, and why."""

    source: str
    key: str
    """Of the article that says what it replaces."""
    why: str


@dataclass(frozen=True, slots=True)
class _Article:
    id: str
    source: str
    key: str
    url: str = ""
    names: tuple[str, ...] = ()


async def settle(session: AsyncSession, workspace_id: str, at: datetime) -> list[Unsettled]:
    """Bring `replaced_by` in line with what the articles that hold at `at` say they replace.

    An article that is not yet valid replaces nothing yet, and one that was removed gives back what it replaced. A
    name means the article with that key in the same source; else one with that id, address, or key in another source.
    Only articles that replace or are replaced are read, so that the cost does not grow with the others.

    Returns:
        What could not be carried out: names of no article, and circles.
    """
    connection = await session.connection()
    rows = (await connection.execute(_REPLACING, {"workspace": workspace_id, "at": at})).all()
    replacing = [_Article(id_, source, key, names=tuple(names.split("\n"))) for id_, source, key, names in rows]
    replaced = (await connection.execute(_REPLACED, {"workspace": workspace_id})).all()
    before: dict[str, str] = {row.id: row.replaced_by for row in replaced}
    if not replacing and not before:
        return []
    named = sorted({name for each in replacing for name in each.names})
    found = (await connection.execute(_NAMED, {"workspace": workspace_id, "names": named})).all() if named else []
    wanted, unsettled = _resolved(replacing, [_Article(*row) for row in found])
    changes = [
        {"workspace": workspace_id, "id": id_, "by": wanted.get(id_, "")}
        for id_ in sorted({*before, *wanted})
        if before.get(id_, "") != wanted.get(id_, "")
    ]
    if changes:
        await connection.execute(_SET, changes)
        await passage_index.reshelve(session, workspace_id, [each["id"] for each in changes])
    return unsettled


def _resolved(replacing: Sequence[_Article], known: Sequence[_Article]) -> tuple[dict[str, str], list[Unsettled]]:
    by_name: dict[str, list[_Article]] = defaultdict(list)
    for article in known:
        for name in {article.id, article.key, article.url} - {""}:
            by_name[name].append(article)
    wanted: dict[str, str] = {}
    unsettled: list[Unsettled] = []
    for article in replacing:
        for name in article.names:
            target = next(_meant(name, article, by_name.get(name, ())), None)
            if target is None:
                unsettled.append(Unsettled(article.source, article.key, f"replaces {name}, which is no other article"))
            elif _leads_to(wanted, article.id, target.id):
                why = f"replaces {name}, which replaces it: one of the two must go"
                unsettled.append(Unsettled(article.source, article.key, why))
            else:
                wanted[target.id] = article.id
    return wanted, unsettled


def _meant(name: str, article: _Article, known: Sequence[_Article]) -> Iterator[_Article]:
    others = [each for each in known if each.id != article.id]
    yield from (each for each in others if each.key == name and each.source == article.source)
    yield from others


def _leads_to(replaced: Mapping[str, str], start: str, end: str) -> bool:
    """Whether following who replaces whom from `start` comes to `end`."""
    place: str | None = start
    while place is not None:
        if place == end:
            return True
        place = replaced.get(place)
    return False


_REPLACING = text(
    "SELECT id, source, source_key, replaces FROM article WHERE workspace_id = :workspace AND replaces <> '' "
    "AND removed_at IS NULL AND (valid_from IS NULL OR valid_from <= :at) ORDER BY id"
).bindparams(bindparam("at", type_=UTCDateTime()))
_REPLACED = text("SELECT id, replaced_by FROM article WHERE workspace_id = :workspace AND replaced_by <> ''")
_NAMED = text(
    "SELECT id, source, source_key, url FROM article WHERE workspace_id = :workspace "
    "AND (id IN :names OR source_key IN :names OR url IN :names) ORDER BY removed_at IS NOT NULL, id"
).bindparams(bindparam("names", expanding=True))
_SET = text("UPDATE article SET replaced_by = :by WHERE workspace_id = :workspace AND id = :id")
