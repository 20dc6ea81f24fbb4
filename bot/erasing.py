"""Erases a customer: their conversations, and what themes, kept reports and alerts still say of them.

What was counted stays counted. It is done in steps, each whole in itself: what one leaves behind when it is broken off,
the same command finds again.
"""

import asyncio
import json
from collections.abc import Collection, Sequence
from typing import Any

import structlog
from sqlalchemy import Text, cast, or_
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.themes import grouping
from handoff import recognition, theme_names, words
from storage import asked_in_vain, erasing, fits, labels, themes, workspaces
from storage.database import Database
from storage.erasing import Found, Theirs
from storage.evidence import KnownQuestions
from storage.kept_reports import KeptReport
from storage.theme_tables import Theme, ThemeWindow
from storage.watched import Alert

log = structlog.get_logger(__name__)

NAME = "(erased)"
"""Of a theme that nobody but the erased customer asked about."""
DEADLOCKS, DEADLOCK = 5, "40P01"
"""How often it is begun again, and PostgreSQL's word for why: a sender holds a post while it comes for a conversation,
which is held here until its posts are gone."""
MOST_WINDOWS = 100
AT_ONCE = 100


async def erase(database: Database, workspace_id: str, customer_id: str) -> Found:
    """Erase what is stored of a customer.

    Args:
        database: where it is.
        workspace_id: the Slack team.
        customer_id: their id in Slack, such as U0ADA0000.

    Returns:
        What was found and is gone.
    """
    cleaned = await _out_of_recognisers(database, workspace_id, customer_id)
    for _ in range(DEADLOCKS):
        try:
            found = await _erase(database, workspace_id, customer_id, cleaned)
            break
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != DEADLOCK:
                raise
            log.info("customer_erased_again", cause="deadlock")
    else:
        found = await _erase(database, workspace_id, customer_id, cleaned)
    await erasing.without_mentions(database, workspace_id, customer_id)
    log.info("customer_erased", conversations=len(found.conversations), messages=found.messages)
    return found


async def _erase(database: Database, workspace_id: str, customer_id: str, cleaned: Collection[str]) -> Found:
    """All but the mentions, in one transaction."""
    async with database.transaction() as session:
        await erasing.lock(session, workspace_id, customer_id)
        # After them, as whoever takes a resolution back: nobody finds themes or counts days meanwhile.
        await workspaces.hold(session, workspace_id)
        await workspaces.somebody_is_erased(session, workspace_id)
        questions = await labels.known_of(session, workspace_id, customer_id)
        for version in await _left(session, workspace_id, questions, cleaned):
            await _out_of_recogniser(session, workspace_id, version, questions)
        theirs = (await erasing.find(session, workspace_id, customer_id)).conversations
        touched = await _out_of_themes(session, workspace_id, {each.id for each in theirs})
        await _out_of_reports(session, workspace_id, theirs, touched)
        await _out_of_alerts(session, workspace_id, {each.id for each in theirs})
        return await erasing.erase(session, workspace_id, customer_id)


async def _out_of_recognisers(database: Database, workspace_id: str, customer_id: str) -> Sequence[str]:
    """Take the words that they alone used out of what recognises known questions, while their questions are there.

    Returns:
        The versions of which it was done; one that was learnt meanwhile is left for the great transaction.
    """
    async with database.reading() as session:
        questions = await labels.known_of(session, workspace_id, customer_id)
        versions = await _left(session, workspace_id, questions, ())
    for version in versions:
        async with database.transaction() as session:
            await _out_of_recogniser(session, workspace_id, version, questions)
    return versions


async def _left(
    session: AsyncSession, workspace_id: str, questions: Sequence[str], cleaned: Collection[str]
) -> Sequence[str]:
    """The versions of recognisers that may still know these questions."""
    versions = await fits.with_recogniser(session, workspace_id) if questions else ()
    return [each for each in versions if each not in cleaned]


async def _out_of_recogniser(session: AsyncSession, workspace_id: str, version: str, questions: Sequence[str]) -> None:
    """One that this version of Baton cannot read is of no use to it, and goes."""
    known = await session.get(KnownQuestions, (workspace_id, version), with_for_update=True)
    if known is None:
        return
    if cleaned := await asyncio.to_thread(recognition.without, known.recogniser, questions):
        known.recogniser, known.cleaned = cleaned, known.cleaned + 1
        session.add(known)
    else:
        await session.delete(known)


async def _out_of_themes(session: AsyncSession, workspace_id: str, conversation_ids: Collection[str]) -> dict[str, str]:
    """Take their questions out of the themes; the names of themes that have another one now, by key."""
    windows = (await session.exec(select(ThemeWindow).where(ThemeWindow.workspace_id == workspace_id))).all()
    touched: set[str] = set()
    for window in windows:
        left = [case for case in window.asked if case[0] not in conversation_ids]
        if len(left) < len(window.asked):
            window.asked = left
            touched.add(window.theme_key)
            session.add(window)
    await session.flush()
    renamed: dict[str, str] = {}
    for key in sorted(touched):
        theme = await themes.by_key(session, workspace_id, key, lock=True)
        if theme and (name := await _without_their_words(session, theme, conversation_ids)):
            renamed[key] = name
    return renamed


async def _without_their_words(session: AsyncSession, theme: Theme, conversation_ids: Collection[str]) -> str:
    """Keep of a theme only words that others used as well; returns its name where it is a new one."""
    kept = await themes.windows_of(session, theme.workspace_id, theme.key, limit=MOST_WINDOWS)
    cases = {case[0]: case[1] for window in kept for case in window.asked if case[0] not in conversation_ids}
    texts = [grouping.plain(each.text) for each in await asked_in_vain.read(session, theme.workspace_id, cases.items())]
    said = {stem for text in texts for stem in words.informative(text)}
    theme.terms = {stem: weight for stem, weight in theme.terms.items() if stem in said}
    before = theme.name
    if not set(words.informative(theme.name)) <= said:
        theme.name = theme_names.of(texts, theme.terms) or NAME
        theme.named_by_model, theme.name_refused = False, not texts
    session.add(theme)
    return theme.name if theme.name != before else ""


async def _out_of_reports(
    session: AsyncSession, workspace_id: str, theirs: Sequence[Theirs], renamed: dict[str, str]
) -> None:
    """Take the links to their threads, and the names of themes that were theirs alone, out of the kept reports."""
    ids, text = {each.id for each in theirs}, cast(col(KeptReport.report), Text)
    marks = [*ids, *renamed]
    for start in range(0, len(marks), AT_ONCE):
        holds = or_(*(text.contains(mark) for mark in marks[start : start + AT_ONCE]))
        for kept in (
            await session.exec(select(KeptReport).where(KeptReport.workspace_id == workspace_id, holds))
        ).all():
            kept.report = _cleaned(kept.report, ids, renamed)
            session.add(kept)


def _cleaned(report: str, conversation_ids: Collection[str], renamed: dict[str, str]) -> str:
    """A kept report, of this version of Baton or another, without what tells of these conversations and themes."""
    told: dict[str, Any] = json.loads(report)
    for part in ("best", "worst"):
        for excerpt in told.get(part) or ():
            if excerpt.get("conversation_id") in conversation_ids:
                excerpt.update(conversation_id="", link="", question="", comment="")
    for theme in told.get("themes") or ():
        theme["name"] = renamed.get(theme.get("key"), theme.get("name"))
    return json.dumps(told, ensure_ascii=False)


async def _out_of_alerts(session: AsyncSession, workspace_id: str, conversation_ids: Collection[str]) -> None:
    """Take their conversations out of those that an alert names."""
    for alert in (await session.exec(select(Alert).where(Alert.workspace_id == workspace_id))).all():
        named: list[str] = alert.figures.get("conversations") or []
        left = [each for each in named if each not in conversation_ids]
        if len(left) < len(named):
            alert.figures = {**alert.figures, "conversations": left}
            session.add(alert)
