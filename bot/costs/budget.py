"""The budget of a day: a warning near its end, and at its end every topic acts as in copilot until midnight.

It bounds what Baton does alone, not what it costs to the cent: drafts are still made, for the agents who approve them,
and calls under way when it ends are paid for. Any number of processes may spend; what they spent is read where a reply
would go out, and the managers are told once.
"""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.costs.account import Books
from bot.slack import posts
from bot.views import budget as budget_view
from bot.views.ids import BudgetRef
from bot.views.post import Post
from storage import budgets, costs
from storage.spending import BudgetDay

PURPOSE = "budget"
WARNED_FROM = 0.8
"""The share of the budget from which the managers are warned."""
RAISED_BY = 0.5
"""The share of the budget that one press adds for the day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a day stands, in dollars."""

    spent: float
    limit: float
    """What may be spent today, with what managers added; 0 for no budget."""
    raised: float = 0.0

    @property
    def used_up(self) -> bool:
        """Whether the AI may no longer act alone."""
        return self.limit > 0 and self.spent >= self.limit

    @property
    def nearly(self) -> bool:
        """Whether most of it is spent."""
        return self.limit > 0 and self.spent >= WARNED_FROM * self.limit


@dataclass(frozen=True, slots=True)
class Budget:
    """The dollars that a day may cost."""

    books: Books
    dollars: float
    """0 for no budget."""

    async def standing(self, session: AsyncSession) -> Standing:
        """How today stands."""
        day, team = self.books.day(), self.books.workspace_id
        spent = await costs.spent_on(session, team, day)
        known = await budgets.of_day(session, team, day) if self.dollars else BudgetDay(workspace_id=team, day=day)
        return Standing(spent, self.dollars and self.dollars + known.raised, known.raised)

    async def held_back(self, session: AsyncSession) -> str:
        """Why the AI may not act alone now, in words; empty when it may."""
        if not self.dollars:
            return ""
        standing = await self.standing(session)
        return budget_view.held_back(standing.limit) if standing.used_up else ""

    async def tell(self, session: AsyncSession, channel_id: str) -> bool:
        """Warn the managers near the end of the budget, and at its end say what holds now; each once.

        Returns:
            Whether there was something to tell: a post lies in the outbox then.
        """
        if not self.dollars:
            return False
        standing = await self.standing(session)
        post = await self._news(session, standing) if standing.nearly else None
        if post:
            posts.to_channel(session, self.books.workspace_id, channel_id, post, purpose=PURPOSE)
        return post is not None

    async def _news(self, session: AsyncSession, standing: Standing) -> Post | None:
        day, team = self.books.day(), self.books.workspace_id
        ref = BudgetRef(day=day, raised=standing.raised)
        more = RAISED_BY * self.dollars
        if standing.used_up:
            if await budgets.claim(session, team, day, "stopped_at", standing.limit):
                return budget_view.used_up(standing.spent, standing.limit, more, ref)
        elif await budgets.claim(session, team, day, "warned_at", standing.limit):
            return budget_view.nearly(standing.spent, standing.limit, more, ref)
        return None

    async def raise_today(self, session: AsyncSession, channel_id: str, ref: BudgetRef, by: str) -> Post | None:
        """Add to today's budget what the button said.

        Returns:
            Why nothing was added; None when it was, and the managers are told by whom.
        """
        if not self.dollars or ref.day != self.books.day():
            return budget_view.too_late()
        raised = ref.raised + RAISED_BY * self.dollars
        team = self.books.workspace_id
        if not await budgets.raise_to(session, team, ref.day, before=ref.raised, more=raised, by=by):
            return budget_view.raised_already((await self.standing(session)).limit)
        post = budget_view.raised(by, self.dollars + raised)
        posts.to_channel(session, team, channel_id, post, purpose=PURPOSE)
        return None
