"""`baton topics` and `baton topic`: where topics stand, and what is changed about them at the terminal."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typer
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import terminal
from bot.charts.picture import CannotDraw
from bot.commands import workspace
from bot.commands.workspace import CommandProblem
from bot.settings import Settings
from bot.trust import basis as bases
from bot.trust import fits, governing, plotted, standings
from bot.trust.basis import Basis
from bot.views import fit as fit_view
from bot.views import topic_words
from bot.views.topic_words import Standing
from handoff import stages
from handoff.agreement import agreement
from handoff.stages import Asked, Changed, Outcome
from storage import audits, topics, workspaces
from storage.evidence import TopicChange
from storage.kinds import Stage
from storage.problem import WrongUse
from storage.row import now

Change = Callable[[AsyncSession, Basis, Asked], Awaitable[Changed]]


@dataclass(frozen=True, slots=True)
class Request:
    """Which topic is to be changed, by whom and why, in which workspace."""

    name: str
    by: str
    why: str = ""
    team: str | None = None


@asynccontextmanager
async def _basis(settings: Settings, team: str | None) -> AsyncGenerator[Basis]:
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        yield await bases.of_settings(settings, database, team_id)


async def show_all(settings: Settings, *, team: str | None, as_json: bool) -> None:
    """Show where every topic stands."""
    async with _basis(settings, team) as basis, basis.database.reading() as session:
        found = await standings.every(session, basis)
        agreed = agreement(await audits.read_twice(session, basis.workspace_id))
        candidate = await fits.offered(session, basis.workspace_id, "")
        effect = await fits.foreseen(session, candidate, basis.drafter_version) if candidate else ""
    if as_json:
        waiting = {"version": candidate.version, "metrics": candidate.metrics, "effect": effect} if candidate else None
        told = {"topics": [as_dict(each) for each in found], "agreement": asdict(agreed), "candidate": waiting}
        terminal.say(json.dumps(told, indent=2, ensure_ascii=False, default=_plain))
        return
    if not found:
        typer.echo("No topics yet. `baton knowledge sync` adds those that your articles name.")
        return
    terminal.say("\n\n".join("\n".join(map(terminal.broken, _lines(each))) for each in found))
    typer.echo(f"\nHow far readers agree: {agreed.words}.")
    if candidate:
        figures = fit_view.metrics(candidate.metrics)
        words = f"A better confidence model waits ({candidate.version}). {figures} {effect} `baton adopt` adopts it."
        terminal.say(terminal.broken(words))


async def show(settings: Settings, name: str, *, team: str | None, as_json: bool, png: Path | None) -> None:
    """Show the evidence of a topic; `png` names a file for its plot.

    Raises:
        CommandProblem: when there is no such topic, or the plot cannot be written.
    """
    async with _basis(settings, team) as basis, basis.database.reading() as session:
        standing = await _named(session, basis, name)
        shown = await standings.plotted(session, basis, standing)
        versions = basis.versions
    if as_json:
        points = [asdict(point) for point in shown.points]
        told = as_dict(standing) | {"versions": asdict(versions), "risk_coverage": points}
        terminal.say(json.dumps(told, indent=2, ensure_ascii=False, default=_plain))
    else:
        lines = [*_lines(standing), *_more_lines(standing, basis), "", *shown.in_words().splitlines()]
        terminal.say("\n".join(map(terminal.broken, lines)))
    if png:
        try:
            await asyncio.to_thread(png.write_bytes, await plotted.picture(shown))
        except (CannotDraw, OSError) as error:
            raise CommandProblem(f"The plot cannot be written to {png}: {error}") from error
        typer.echo(f"The plot is in {png}.", err=True)


async def change(settings: Settings, request: Request, *, tolerance: float | None, stage: str | None) -> bool:
    """Set the tolerance or the stage, or both; tells whether everything was done."""
    done = True
    if tolerance is not None:
        share = tolerance
        done &= await _carry_out(settings, request, lambda s, b, a: governing.set_tolerance(s, b, a, share))
    if stage is not None:
        wanted = Stage(stage)
        done &= await _carry_out(settings, request, lambda s, _, a: governing.hold(s, a, wanted))
    return done


async def promote(settings: Settings, request: Request, *, ask: bool, unproved: bool) -> bool:
    """Promote a topic after showing its evidence; tells whether it was done.

    Raises:
        CommandProblem: when there is no such topic.
    """
    async with _basis(settings, request.team) as basis, basis.database.reading() as session:
        standing = await _named(session, basis, request.name)
    typer.echo("\n".join(topic_words.promises(standing)))
    if unproved and standing.proof is None:
        typer.echo(
            "Nothing proves this topic yet: Baton would answer alone, and nobody has shown how often it is wrong. "
            f"It starts with threshold {settings.confidence_threshold:.2f} and is marked unproved everywhere."
        )
    elif standing.proof is None:
        typer.echo(topic_words.missing(standing))
        typer.echo("Without a certificate it stays where it is. `--unproved` starts it knowingly without one.")
        return False
    if ask and not typer.confirm(f"Promote {standing.shown_title} to autopilot?"):
        typer.echo("Nothing was changed.")
        return True
    return await _carry_out(settings, request, _starting(settings, unproved=unproved), revision=standing.revision)


def _starting(settings: Settings, *, unproved: bool) -> Change:
    if not unproved:
        return governing.promote
    threshold = settings.confidence_threshold
    return lambda session, basis, asked: governing.start_unproved(session, basis, asked, threshold)


async def rename(settings: Settings, request: Request, new_name: str, *, title: str) -> bool:
    """Rename a topic; tells whether it was done."""
    done = await _carry_out(settings, request, lambda s, _, a: stages.rename(s, a, new_name, title=title))
    if done and new_name != request.name:
        typer.echo(f"Write `topic: {new_name}` into your articles too, or their next change brings the old name back.")
    return done


async def merge(settings: Settings, request: Request, into: str) -> bool:
    """Merge a topic into another one; tells whether it was done.

    Raises:
        WrongUse: when it is to be merged into itself.
        CommandProblem: when there is no topic to merge it into.
    """
    async with _basis(settings, request.team) as basis, basis.database.reading() as session:
        await _named(session, basis, into)
    if into == request.name:
        raise WrongUse("A topic cannot be merged into itself: name another one.")
    done = await _carry_out(settings, request, lambda s, _, a: stages.merge(s, a, into))
    if done:
        typer.echo(f"Write `topic: {into}` into the articles of {request.name} too.")
    return done


async def delete(settings: Settings, request: Request, *, ask: bool) -> bool:
    """Delete a topic; tells whether it was done."""
    if ask and not typer.confirm(f"Delete the topic {request.name} with its certificates?"):
        typer.echo("Nothing was changed.")
        return True
    return await _carry_out(settings, request, lambda s, _, a: stages.delete(s, a))


async def adopt(settings: Settings, request: Request, *, ask: bool) -> bool:
    """Put a fitted confidence model into use after showing what that does; tells whether it was done."""
    async with _basis(settings, request.team) as basis:
        async with basis.database.reading() as session:
            fit = await fits.offered(session, basis.workspace_id, request.name)
            if fit is None:
                typer.echo("No fitted confidence model waits to be adopted.", err=True)
                return False
            effect = await fits.foreseen(session, fit, basis.drafter_version)
        typer.echo(f"{fit.version}: {fit_view.metrics(fit.metrics)}\n{effect}")
        if ask and not typer.confirm("Put it into use?"):
            typer.echo("Nothing was changed.")
            return True
        async with basis.database.transaction() as session:
            locked = await fits.offered(session, basis.workspace_id, fit.version)
            if locked is None:
                typer.echo(fits.GONE, err=True)
                return False
            await fits.put_into_use(session, locked, request.by, drafter=basis.drafter_version)
    typer.echo(f"{fit.version} weighs every draft from now on; a running Baton takes it up within seconds.")
    return True


async def history(settings: Settings, name: str, *, team: str | None, as_json: bool) -> None:
    """Show who changed what about a topic, the newest first.

    Raises:
        CommandProblem: when nothing is known of such a topic.
    """
    async with _basis(settings, team) as basis, basis.database.reading() as session:
        changes = await topics.changes(session, basis.workspace_id, name)
        if not changes:
            await _named(session, basis, name)
    if as_json:
        rows = [each.model_dump(mode="json") | {"words": _words(each)} for each in changes]
        terminal.say(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for each in changes:
        why = f" ({each.why})" if each.why else ""
        by = "Baton" if each.by == "baton" else each.by
        terminal.say(f"{each.at:%Y-%m-%d %H:%M} UTC  {by} {_words(each)}{why}")
    if not changes:
        typer.echo("Nothing was changed yet.")


def as_dict(standing: Standing) -> dict[str, Any]:
    """A topic's standing for JSON, with its words."""
    return asdict(standing) | {
        "unproved": standing.unproved,
        "can_be_promoted": standing.can_be_promoted,
        "evidence_words": topic_words.evidence(standing),
        "monitor_words": topic_words.monitor(standing),
    }


def _lines(standing: Standing) -> Iterator[str]:
    yield f"{standing.shown_title} ({standing.name}): {topic_words.stage(standing)}"
    yield from (f"  {line}" for line in topic_words.promises(standing, named=False))
    if why := topic_words.missing(standing):
        yield f"  {why}"
    yield f"  {topic_words.tolerance(standing)}; {topic_words.share(standing)}"
    yield f"  {topic_words.error(standing)}; {topic_words.waiting(standing)}"
    yield f"  {topic_words.monitor(standing)}"


def _more_lines(standing: Standing, basis: Basis) -> Iterator[str]:
    yield f"  {topic_words.ask_of_tolerance(standing.tolerance, basis.risk)}"
    yield f"  drafter {basis.versions.drafter}, confidence model {basis.versions.confidence}"


async def _carry_out(settings: Settings, request: Request, wanted: Change, *, revision: int | None = None) -> bool:
    """Make a change in one transaction, and print what came of it."""
    async with _basis(settings, request.team) as basis:
        async with basis.database.transaction() as session:
            asked = Asked(basis.workspace_id, request.name, request.by, revision, request.why)
            changed = await wanted(session, basis, asked)
        if changed.outcome == Outcome.GONE:
            async with basis.database.reading() as session:
                await _named(session, basis, request.name)
    if changed.done and changed.change:
        title = changed.topic.title or changed.topic.name if changed.topic else request.name
        terminal.say(f"{title}: {_words(changed.change)}.")
        return True
    who = changed.change.by if changed.change else "Somebody"
    typer.echo(topic_words.refusal(changed, who=who, now=now()), err=True)
    return changed.outcome == Outcome.SAME


async def _named(session: AsyncSession, basis: Basis, name: str) -> Standing:
    standing = await standings.named(session, basis, name)
    if standing is None:
        known = ", ".join(each.name for each in await workspaces.topics(session, basis.workspace_id)) or "none"
        raise CommandProblem(f"There is no topic {name}. Known: {known}.")
    return standing


def _words(change: TopicChange) -> str:
    return topic_words.change(change.event, change.before, change.after)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
