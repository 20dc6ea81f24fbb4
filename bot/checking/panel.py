"""The graders of a draft, asked side by side within one deadline."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence

import structlog

from bot.checking.port import Grade, Grader, GradeRequest, NoUsableGrade
from handoff import cross_checks

log = structlog.get_logger(__name__)

VERSION_LENGTH = 8


def version_of(graders: Iterable[str]) -> str:
    """The version of a panel: of its graders, their prompts, their number and the rule by which they are asked."""
    told = (cross_checks.VERSION, *graders)
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:VERSION_LENGTH]


class Panel:
    """Independent graders: none reads what another says."""

    def __init__(self, graders: Sequence[Grader]) -> None:
        self._graders = tuple(graders)
        self.version = version_of(grader.version for grader in self._graders)

    async def grade(self, request: GradeRequest, seconds: float) -> list[Grade]:
        """The grades of those who answered within so many seconds; who failed or was too late is left out."""
        tasks = [asyncio.create_task(_grade(grader, request)) for grader in self._graders]
        try:
            done, late = await asyncio.wait(tasks, timeout=max(0.0, seconds))
        finally:
            for task in tasks:
                task.cancel()
        if late:
            log.warning("graders_late", late=len(late), of=len(tasks))
            await asyncio.wait(late)  # they note in the account what they were asked
        return [grade for task in tasks if task in done and (grade := task.result())]

    async def close(self) -> None:
        """Let go of connections."""
        for grader in self._graders:
            await grader.close()


async def _grade(grader: Grader, request: GradeRequest) -> Grade | None:
    try:
        grade = await grader.grade(request)
    except NoUsableGrade as failure:
        log.warning("no_usable_grade", grader=grader.version, cause=failure.cause)
        return None
    except Exception:
        log.exception("grader_failed", grader=grader.version)
        return None
    return grade if len(grade.claims) == len(request.claims) else None
