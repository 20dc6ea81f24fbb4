"""`baton cost`: what models cost, by day, topic, conversation, model or purpose."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta

import typer

from bot.commands import workspace
from bot.costs.account import Books
from bot.costs.budget import Budget, Standing
from bot.settings import Settings
from bot.views.budget import money
from storage import costs
from storage.costs import Total
from storage.kinds import CostBy
from storage.problem import WrongUse

DAYS = 30
"""How far back it looks when nothing is said."""
WITHOUT = {CostBy.TOPIC: "(no topic)", CostBy.CONVERSATION: "(no conversation)"}
HEADS = ("calls", "failed", "tokens in", "cached", "tokens out", "cost")
CELL = 11


async def show(
    settings: Settings, *, team: str | None, first: date | None, last: date | None, by: CostBy, as_json: bool
) -> None:
    """Print the costs of the days from `first` to `last`; the last thirty when nothing is said.

    Raises:
        WrongUse: when the days are in the wrong order.
        CommandProblem: when no workspace is known.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        books = Books(database, team_id, settings.time_zone)
        until = last or max(date.fromisoformat(books.day()), first or date.min)
        since = first or until - timedelta(days=DAYS - 1)
        if since > until:
            raise WrongUse(f"--to {until} is before --from {since}. Write the earlier day after --from.")
        async with database.reading() as session:
            found = await costs.totals(session, team_id, since.isoformat(), until.isoformat(), by)
            today = await Budget(books, settings.daily_budget).standing(session)
    if as_json:
        told = {
            "from": since.isoformat(),
            "to": until.isoformat(),
            "by": by.value,
            "costs": [asdict(each) for each in found],
            "dollars": round(sum(each.dollars for each in found), 6),
            "today": {"dollars": round(today.spent, 6), "budget": today.limit or None},
        }
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(as_text(found, by, since, until, today)))


def as_text(found: Sequence[Total], by: CostBy, since: date, until: date, today: Standing) -> Iterator[str]:
    """The costs as people read them."""
    if not found:
        yield f"No model was asked from {since} to {until}. The embedded drafter costs nothing."
    else:
        rows = [(_name(each, by), each) for each in found]
        width = max(len(by.value), len("together"), *(len(name) for name, _ in rows))
        yield _line(by.value, HEADS, width)
        yield from (_line(name, _cells(each), width) for name, each in rows)
        if len(rows) > 1:
            yield _line("together", _cells(_together(found)), width)
    budget = f" of the budget of {money(today.limit)}" if today.limit else ""
    yield f"Today: {money(today.spent)}{budget}."


def _name(total: Total, by: CostBy) -> str:
    return total.name or WITHOUT.get(by, "(none)")


def _cells(total: Total) -> tuple[str, ...]:
    counts = (total.calls, total.failed, total.tokens_in, total.tokens_cached, total.tokens_out)
    return (*(f"{count:,}" for count in counts), money(total.dollars))


def _line(name: str, cells: Sequence[str], width: int) -> str:
    return f"{name:<{width}}" + "".join(f"{cell:>{CELL}}" for cell in cells)


def _together(found: Sequence[Total]) -> Total:
    return Total(
        "",
        sum(each.calls for each in found),
        sum(each.failed for each in found),
        sum(each.tokens_in for each in found),
        sum(each.tokens_cached for each in found),
        sum(each.tokens_out for each in found),
        sum(each.dollars for each in found),
    )
