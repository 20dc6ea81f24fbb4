"""The button by which managers raise the day's budget."""

from slack_bolt.async_app import AsyncApp

from bot.listeners.press import Press, for_managers, listener
from bot.runtime import Runtime
from bot.views.ids import ActionId, BudgetRef
from bot.views.post import Post


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the button."""
    app.action(ActionId.RAISE_BUDGET)(listener(runtime, for_managers(raise_budget)))


async def raise_budget(runtime: Runtime, press: Press) -> Post | None:
    """Add to today's budget."""
    ref = BudgetRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        return await runtime.budget.raise_today(session, runtime.channels.managers, ref, press.user_id)
