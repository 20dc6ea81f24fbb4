"""What people read about the money that models cost."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    PlainTextObject,
)

from bot.views import block
from bot.views.ids import ActionId, BudgetRef
from bot.views.post import Post

CENT = 0.01
HOW_TO_SET = "`BATON_DAILY_BUDGET` sets it for every day."


def money(dollars: float) -> str:
    """An amount as people write it; what is below a cent with the digits that tell something."""
    if dollars and abs(dollars) < CENT:
        return f"${dollars:.4f}"
    return f"${dollars:,.2f}"


def held_back(limit: float) -> str:
    """Why an agent approves a draft although its topic is on autopilot."""
    return f"Today's budget for models, {money(limit)}, is spent, so an agent approves every draft until midnight."


def nearly(spent: float, limit: float, more: float, ref: BudgetRef) -> Post:
    """Most of the day's budget is spent."""
    title = f"Models have cost {money(spent)} of today's {money(limit)}"
    words = (
        "Nothing changes yet. When the budget is spent, agents approve every reply until midnight, and no more drafts "
        f"are cross-checked. {HOW_TO_SET}"
    )
    return Post.of(title, [block.header(title), block.section(words), _raise(more, ref)])


def used_up(spent: float, limit: float, more: float, ref: BudgetRef) -> Post:
    """The day's budget is spent."""
    title = f"Today's budget for models is spent: {money(spent)} of {money(limit)}"
    words = (
        "Until midnight every topic acts as in copilot: Baton still drafts, an agent approves each reply, and no draft "
        f"is cross-checked. Customers still get every answer, once an agent has approved it. {HOW_TO_SET}"
    )
    return Post.of(title, [block.header(title), block.section(words), _raise(more, ref)])


def raised(by: str, limit: float) -> Post:
    """A manager added to the day's budget."""
    text = f"<@{by}> raised today's budget for models to {money(limit)}."
    return Post.of(text, [block.section(text)])


def raised_already(limit: float) -> Post:
    """Somebody was faster."""
    text = f"It was raised already: today's budget for models is {money(limit)}."
    return Post.of(text, [block.section(text)])


def too_late() -> Post:
    """The day is over, or there is no budget any more."""
    text = "That was another day's budget. Today has its own."
    return Post.of(text, [block.section(text)])


def today(spent: float, limit: float) -> str:
    """A line for App Home."""
    if not limit:
        return f"Models today: *{money(spent)}*"
    after = " · agents approve every reply until midnight" if spent >= limit else ""
    return f"Models today: *{money(spent)}* of {money(limit)}{after}"


def _raise(more: float, ref: BudgetRef) -> Block:
    confirm = ConfirmObject(
        title="Raise today's budget?",
        text=f"Models may cost {money(more)} more until midnight.",
        confirm="Raise it",
        deny="Not now",
    )
    button = ButtonElement(
        text=PlainTextObject(text=f"Allow {money(more)} more today"),
        action_id=ActionId.RAISE_BUDGET,
        value=ref.pack(),
        confirm=confirm,
    )
    return ActionsBlock(elements=[button])
