"""The button by which managers raise the day's budget."""

from slack_bolt.async_app import AsyncApp

from bot.listeners.press import Press, listener
from bot.people import Role
from bot.runtime import Runtime
from bot.views import help as help_view
from bot.views.ids import ActionId, BudgetRef
from bot.views.post import Post

ONLY_MANAGERS = "Only the managers can do that."


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the button."""
    app.action(ActionId.RAISE_BUDGET)(listener(runtime, raise_budget))


async def raise_budget(runtime: Runtime, press: Press) -> Post | None:
    """Add to today's budget."""
    if await runtime.people.role(press.user_id, press.team_id) is not Role.MANAGER:
        return help_view.refusal(ONLY_MANAGERS)
    ref = BudgetRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        return await runtime.budget.raise_today(session, runtime.channels.managers, ref, press.user_id)
