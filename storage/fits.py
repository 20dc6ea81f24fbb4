"""Models that were fitted on the team's reviews: of confidence, and of mood."""

from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import ConfidenceFit, KnownQuestions, MoodFit
from storage.kinds import FitState

Fit = TypeVar("Fit", ConfidenceFit, MoodFit)

KEPT = 20
"""How many are listed."""


async def serving(session: AsyncSession, table: type[Fit], workspace_id: str) -> Fit | None:
    """The model in use; None while the prior is."""
    return await newest(session, table, workspace_id, FitState.SERVING)


async def newest(session: AsyncSession, table: type[Fit], workspace_id: str, state: FitState) -> Fit | None:
    """The newest model in this state."""
    wanted = (
        select(table)
        .where(col(table.workspace_id) == workspace_id, col(table.state) == state)
        .order_by(col(table.created_at).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first()


async def every(session: AsyncSession, table: type[Fit], workspace_id: str) -> Sequence[Fit]:
    """The models of the workspace, the newest first."""
    wanted = (
        select(table).where(col(table.workspace_id) == workspace_id).order_by(col(table.created_at).desc()).limit(KEPT)
    )
    return (await session.exec(wanted)).all()


async def recogniser(session: AsyncSession, workspace_id: str, version: str) -> KnownQuestions | None:
    """The recogniser of known questions that belongs to a confidence model, as it is stored."""
    return await session.get(KnownQuestions, (workspace_id, version))


async def cleaned(session: AsyncSession, workspace_id: str, version: str) -> int | None:
    """How often words of erased customers were taken out of a recogniser; None when it is gone."""
    wanted = select(KnownQuestions.cleaned).where(
        KnownQuestions.workspace_id == workspace_id, KnownQuestions.version == version
    )
    return (await session.exec(wanted)).first()


async def with_recogniser(session: AsyncSession, workspace_id: str) -> Sequence[str]:
    """The versions of the confidence models that a recogniser belongs to."""
    return (await session.exec(select(KnownQuestions.version).where(KnownQuestions.workspace_id == workspace_id))).all()


async def offer(session: AsyncSession, fit: Fit, recogniser: bytes = b"") -> Fit:
    """Store a fresh model as the only candidate; an older one is retired. The same one again changes nothing.

    `recogniser` is what was trained with it to recognise known questions; empty for none.
    """
    known = await session.get(type(fit), (fit.workspace_id, fit.version))
    if known is not None:
        return known
    before = await newest(session, type(fit), fit.workspace_id, FitState.CANDIDATE)
    if before:
        before.state = FitState.RETIRED
        session.add(before)
    session.add(fit)
    if recogniser:
        session.add(KnownQuestions(workspace_id=fit.workspace_id, version=fit.version, recogniser=recogniser))
    return fit


async def adopt(session: AsyncSession, fit: Fit) -> None:
    """Serve this model; the one before it is retired."""
    before = await serving(session, type(fit), fit.workspace_id)
    if before and before.version != fit.version:
        before.state = FitState.RETIRED
        session.add(before)
        await session.flush()
    fit.state = FitState.SERVING
    session.add(fit)
