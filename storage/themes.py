"""Themes of questions asked in vain: known ones, how often each was asked in a window, and what was done about it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import ThemeState
from storage.row import now
from storage.theme_tables import Theme, ThemeSearch, ThemeWindow

REMEMBERED = timedelta(days=400)
"""How long after its last question a theme is known again; one that was settled this long ago is new."""
MOST_KNOWN = 2_000


async def known(session: AsyncSession, workspace_id: str, at: datetime) -> Sequence[Theme]:
    """The themes that a group of a window around `at` may be, those asked last first."""
    wanted = (
        select(Theme)
        .where(
            Theme.workspace_id == workspace_id,
            col(Theme.last_asked_at) >= at - REMEMBERED,
            col(Theme.first_asked_at) <= at + REMEMBERED,
        )
        .order_by(col(Theme.last_asked_at).desc(), col(Theme.key))
        .limit(MOST_KNOWN)
    )
    return (await session.exec(wanted)).all()


async def by_key(session: AsyncSession, workspace_id: str, key: str, *, lock: bool = False) -> Theme | None:
    """The theme with this key."""
    wanted = select(Theme).where(Theme.workspace_id == workspace_id, Theme.key == key)
    return (await session.exec(wanted.with_for_update() if lock else wanted)).first()


async def without_name(session: AsyncSession, workspace_id: str, *, limit: int) -> Sequence[Theme]:
    """The themes that no model was asked about, those asked last first."""
    wanted = (
        select(Theme)
        .where(
            Theme.workspace_id == workspace_id,
            col(Theme.named_by_model).is_(False),
            col(Theme.name_refused).is_(False),
        )
        .order_by(col(Theme.last_asked_at).desc(), col(Theme.key))
        .limit(limit)
    )
    return (await session.exec(wanted)).all()


async def asked_around(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, keys: Collection[str]
) -> dict[str, set[str]]:
    """By theme, the conversations in which it was asked, in windows that overlap with this stretch."""
    wanted = select(ThemeWindow.theme_key, ThemeWindow.asked).where(
        ThemeWindow.workspace_id == workspace_id,
        ThemeWindow.since < until,
        col(ThemeWindow.until) > since,
        col(ThemeWindow.since) >= since - REMEMBERED,  # else the whole history lies before `until`
        col(ThemeWindow.theme_key).in_(sorted(keys)),
    )
    found: dict[str, set[str]] = {}
    for key, asked in (await session.exec(wanted)).all():
        found.setdefault(key, set()).update(conversation_id for conversation_id, _ in asked)
    return found


async def of_window(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> Sequence[ThemeWindow]:
    """What was asked in vain in this very window, by theme."""
    wanted = select(ThemeWindow).where(
        ThemeWindow.workspace_id == workspace_id, ThemeWindow.since == since, ThemeWindow.until == until
    )
    return (await session.exec(wanted)).all()


async def search_of(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> ThemeSearch | None:
    """When themes were last looked for in this very window."""
    return await session.get(ThemeSearch, (workspace_id, since, until))


async def searched(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, *, conversations: int, looked_at: int
) -> None:
    """Note that themes were looked for in this very window just now."""
    row = await search_of(session, workspace_id, since, until)
    row = row or ThemeSearch(
        workspace_id=workspace_id, since=since, until=until, found_at=now(), conversations=0, looked_at=0
    )
    row.found_at, row.conversations, row.looked_at = now(), conversations, looked_at
    session.add(row)


async def forget_searches(session: AsyncSession, workspace_id: str, since: datetime) -> None:
    """Have themes looked for anew in all windows that reach beyond a moment: history was written into them."""
    reaching = (col(ThemeSearch.workspace_id) == workspace_id, col(ThemeSearch.until) > since)
    await (await session.connection()).execute(delete(ThemeSearch).where(*reaching))


async def by_keys(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> dict[str, Theme]:
    """The themes with these keys, by key."""
    wanted = select(Theme).where(Theme.workspace_id == workspace_id, col(Theme.key).in_(sorted(keys)))
    return {each.key: each for each in (await session.exec(wanted)).all()}


async def windows_of(session: AsyncSession, workspace_id: str, key: str, *, limit: int) -> Sequence[ThemeWindow]:
    """The last windows in which a theme was asked, the newest first."""
    wanted = (
        select(ThemeWindow)
        .where(ThemeWindow.workspace_id == workspace_id, ThemeWindow.theme_key == key)
        .order_by(col(ThemeWindow.until).desc(), col(ThemeWindow.since).desc())
        .limit(limit)
    )
    return (await session.exec(wanted)).all()


async def clear(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> set[str]:
    """Forget what was found in this very window, for it is looked at anew; returns the keys of its themes."""
    found = select(ThemeWindow.theme_key).where(
        ThemeWindow.workspace_id == workspace_id, ThemeWindow.since == since, ThemeWindow.until == until
    )
    keys = set((await session.exec(found)).all())
    await (await session.connection()).execute(
        delete(ThemeWindow).where(
            col(ThemeWindow.workspace_id) == workspace_id,
            col(ThemeWindow.since) == since,
            col(ThemeWindow.until) == until,
        )
    )
    return keys


async def forget_unfounded(session: AsyncSession, workspace_id: str, keys: Collection[str]) -> None:
    """Forget those of the themes that no window has and that nobody wrote about."""
    if not keys:
        return
    has_window = select(ThemeWindow.theme_key).where(
        ThemeWindow.workspace_id == workspace_id, col(ThemeWindow.theme_key).in_(sorted(keys))
    )
    await (await session.connection()).execute(
        delete(Theme).where(
            col(Theme.workspace_id) == workspace_id,
            col(Theme.key).in_(sorted(keys)),
            col(Theme.key).not_in(has_window),
            col(Theme.state) == ThemeState.OPEN,
            col(Theme.article_id) == "",
        )
    )


async def drafted(session: AsyncSession, workspace_id: str, until: datetime) -> Sequence[Theme]:
    """Themes that an article was written about: those that may have settled by `until`, or did so then."""
    wanted = select(Theme).where(
        Theme.workspace_id == workspace_id,
        or_(col(Theme.state) == ThemeState.DRAFTED, col(Theme.settled_at) == until),
        col(Theme.last_asked_at) >= until - REMEMBERED,
    )
    return (await session.exec(wanted.order_by(col(Theme.key)))).all()
