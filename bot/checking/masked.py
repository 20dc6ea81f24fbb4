"""Keeps personal data from graders as it is kept from drafters: they judge placeholders."""

import asyncio
from dataclasses import replace

from bot.checking.port import Grade, Grader, GradeRequest
from handoff.masking import Masking, unplanted

MARK = "-masked"


class MaskedGrader:
    """A grader that never sees what customers give away about themselves."""

    def __init__(self, inside: Grader) -> None:
        self._inside = inside

    @property
    def version(self) -> str:
        """Another one than inside: the same words reach the model in another form."""
        return f"{self._inside.version}{MARK}"

    async def grade(self, request: GradeRequest) -> Grade:
        """Judge a reply.

        Raises:
            NoUsableGrade: as the grader inside does.
        """
        return await self._inside.grade(await asyncio.to_thread(_masked, request))

    async def close(self) -> None:
        """Close the grader inside."""
        await self._inside.close()


def _masked(request: GradeRequest) -> GradeRequest:
    masking = Masking.of(request.turns, request.passages)
    return GradeRequest(
        turns=[replace(turn, text=masking.hide(turn.text)) for turn in request.turns],
        passages=[unplanted(passage) for passage in request.passages],
        claims=[replace(claim, text=masking.hide(claim.text)) for claim in request.claims],
    )
