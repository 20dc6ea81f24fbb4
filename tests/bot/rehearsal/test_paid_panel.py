"""Graders in a rehearsal are paid from its purse, and are the same version as in the bot."""

from bot.checking.panel import Panel
from bot.checking.port import ClaimToGrade, Grade, GradeRequest
from bot.costs import account
from bot.rehearsal.purse import PaidPanel, Purse
from handoff.cross_checks import Judgement
from handoff.draft import Usage
from storage.kinds import CallPurpose

REQUEST = GradeRequest([], [], [ClaimToGrade("It takes 3 days.", ())])


class Double:
    version = "double"

    async def grade(self, request: GradeRequest) -> Grade:
        with account.call(CallPurpose.CROSS_CHECK, "judge") as made:
            made.paid(Usage(10, 1, 0.25))
        return Grade(Judgement.SUPPORTED, (Judgement.SUPPORTED,) * len(request.claims))

    async def close(self) -> None:
        """Nothing to let go of."""


async def test_graders_are_paid_from_the_purse() -> None:
    panel, purse = Panel([Double(), Double()]), Purse(1.0)
    paid = PaidPanel(panel, purse)
    with account.counted() as spent:
        assert len(await paid.grade(REQUEST, 5.0)) == 2
    assert purse.spent == spent.spent_for(CallPurpose.CROSS_CHECK) == 0.5
    assert spent.spent_for(CallPurpose.DRAFT) == 0.0
    assert paid.version == panel.version
