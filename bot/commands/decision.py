"""`baton decision` and `baton decisions`: run one again, hand all to an auditor, find those that an article misled."""

import json
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import typer

from bot.audit import auditing, remembering, replay
from bot.audit.replay import Asked, Other, Replayed, Side
from bot.commands import grounding, workspace
from bot.commands.workspace import CommandProblem
from bot.knowledge import changes
from bot.settings import Settings
from bot.terminal import say
from bot.trust import basis as bases
from bot.trust import supposing
from bot.trust.basis import Basis
from handoff.certificate import percent
from handoff.report import REASON_TITLES
from storage import decisions, topics
from storage.database import Database
from storage.decisions import ReadVersion, Recorded, Wanted
from storage.kinds import Action, HandoffReason, Stage
from storage.library import Article
from storage.problem import WrongUse
from storage.row import now
from storage.tables import Decision

QUIET_SECONDS = 2.0
"""A shorter export says nothing on the way."""

ACTIONS = {
    Action.ANSWER: "answer the customer",
    Action.CLARIFY: "ask the customer back",
    Action.PROPOSE: "put the draft before an agent",
    Action.HAND_OFF: "hand off to a person",
}


async def run_again(
    settings: Settings, decision_id: str, other: Other, *, draft_again: bool, team: str | None, as_json: bool
) -> None:
    """Run a decision again, and print what would be different.

    Raises:
        CommandProblem: when there is no such decision, or its message is gone.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            known = await remembering.remembered(session, team_id, decision_id)
        if known is None:
            raise CommandProblem(
                f"There is no decision {decision_id}. It may have been erased with its conversation. "
                "`baton conversation show` names the decisions of a conversation."
            )
        basis = await bases.of_settings(settings, database, team_id)
        supposed = await _supposed(basis, known.decision, other)
        async with grounding.ground(settings, database, team_id) as ground:
            asked = Asked(known, ground, supposed.other if supposed else other, basis)
            try:
                told = await replay.draft_again(asked) if draft_again else replay.replay(asked)
            except LookupError as error:
                raise CommandProblem(f"It cannot be drafted again: {error}. Leave out --draft-again.") from error
    if supposed:
        told = supposed.on(told)
    if as_json:
        say(json.dumps(told.as_dict(), indent=2, ensure_ascii=False))
    else:
        say("\n".join(as_text(told, settings.time_zone)))


@dataclass(frozen=True, slots=True)
class _Supposing:
    """A tolerance that is thought of, with the threshold that the reviews prove for it, or copilot."""

    other: Other
    proved: bool
    words: str

    def on(self, told: Replayed) -> Replayed:
        """The replay with what was supposed in it."""
        unproved = told.now.unproved and not self.proved
        return replace(told, now=replace(told.now, unproved=unproved), why=(*told.why, self.words))


async def _supposed(basis: Basis, decision: Decision, other: Other) -> _Supposing | None:
    """What another tolerance comes to; nothing where none is named, or the threshold is named with it."""
    if other.tolerance is None or other.threshold is not None:
        return None
    async with basis.database.reading() as session:
        topic = await topics.by_name(session, basis.workspace_id, decision.topic)
        title = topic.title if topic and topic.title else decision.topic or "No topic"
        found = await supposing.suppose(session, basis, decision.topic, title, other.tolerance)
    proved = found.threshold is not None
    stage = other.stage or (None if proved else Stage.COPILOT)
    return _Supposing(replace(other, threshold=found.threshold, stage=stage), proved, found.words)


def as_text(told: Replayed, time_zone: str) -> Iterator[str]:
    """The replay in words, for people."""
    moment = told.decided_at.astimezone(ZoneInfo(time_zone))
    yield f"Decision {told.decision_id} of {moment:%d %B %Y %H:%M}, conversation {told.conversation_id}"
    if told.other_way:
        yield f"It would go the other way: then {_action(told.then)}, now {_action(told.now)}."
    else:
        yield f"It would go the same way: {_action(told.now)}."
    yield ""
    for name, side in (("then", told.then), ("now ", told.now)):
        yield f"{name}  {_measured(side)}"
        yield from (f"      - {reason}" for reason in side.reasons)
    if told.why:
        yield ""
        yield "What is different:"
        yield from (f"  - {words}" for words in told.why)
    if told.inputs_changed:
        yield ""
        yield "Since then:"
        yield from (f"  - {words}" for words in told.inputs_changed)
    if told.reply:
        yield ""
        yield "The new draft:"
        yield from (f"  {line}" for line in told.reply.splitlines())
    if not told.drafted_again:
        yield ""
        yield "Held against the stored draft and signals; --draft-again searches and drafts anew."


def _action(side: Side) -> str:
    words = ACTIONS[Action(side.action)]
    return f"{words} ({REASON_TITLES[HandoffReason(side.reason)]})" if side.reason else words


def _measured(side: Side) -> str:
    proved = f"certificate {side.certificate_id}" if side.certificate_id else "unproved" if side.unproved else ""
    sure = f"confidence {side.confidence:.2f}, threshold {side.threshold:.2f}" if side.confidence is not None else ""
    mood = f"frustration {side.frustration:.2f}, limit {side.frustration_limit:.2f}"
    topic = f"topic {side.topic}" if side.topic else "no topic"
    parts = (topic, side.stage, proved, sure, mood, f"tolerance {percent(side.tolerance)}")
    return ", ".join(part for part in parts if part)


async def export(
    settings: Settings,
    target: Path | None,
    *,
    first: date | None,
    last: date | None,
    topic: str | None,
    with_text: bool,
    team: str | None,
) -> None:
    """Write every decision as a line of JSON, page by page, so that memory does not grow with their number.

    Raises:
        WrongUse: when the days are the wrong way round.
        CommandProblem: when the file cannot be written.
    """
    since, until = _days(settings, first, last)
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        wanted = Wanted(since=since, until=until, topic=topic)
        try:
            with _writing(target) as out:
                count = await _export(database, team_id, wanted, out, with_text=with_text)
        except OSError as error:
            if target is None:  # whoever read the screen has gone
                raise
            raise CommandProblem(f"{target} cannot be written: {error.strerror}.") from error
    many = "1 decision is" if count == 1 else f"{count:,} decisions are"
    typer.echo(f"{many} in {target}." if target else f"{many} listed.", err=True)


async def _export(database: Database, team_id: str, wanted: Wanted, out: TextIO, *, with_text: bool) -> int:
    started, count = time.monotonic(), 0
    async for page in decisions.pages(database, team_id, wanted):
        for recorded in page:
            out.write(json.dumps(auditing.as_record(recorded, with_text=with_text), ensure_ascii=False) + "\n")
        count += len(page)
        if time.monotonic() - started > QUIET_SECONDS:
            typer.echo(f"\r{count:,} decisions …", err=True, nl=False)
    if time.monotonic() - started > QUIET_SECONDS:
        typer.echo("\r", err=True, nl=False)
    return count


@contextmanager
def _writing(target: Path | None) -> Generator[TextIO]:
    """Where the lines go; a file gets its name only when it is whole."""
    if target is None:
        yield sys.stdout
        return
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as out:
            yield out
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _days(settings: Settings, first: date | None, last: date | None) -> tuple[datetime | None, datetime]:
    """From the first moment of a day to the last of another, in the team's time zone; at most until now."""
    zone = ZoneInfo(settings.time_zone)
    if first and last and last < first:
        raise WrongUse(f"--to {last} is before --from {first}. Write the earlier day after --from.")
    since = datetime.combine(first, time_of_day(), zone) if first else None
    until = datetime.combine(last + timedelta(days=1), time_of_day(), zone) if last else now()
    return since, min(until, now())


async def affected(settings: Settings, named: str | None, *, everything: bool, team: str | None, as_json: bool) -> None:
    """List the decisions that read an article which is no longer as it was then: of one article, or of all.

    Raises:
        WrongUse: when everything is asked of all.
        CommandProblem: when no article, or several, are called that.
    """
    if named is None and everything:
        raise WrongUse("--all lists what read one article: name it with --article.")
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        if named is None:
            await _all_affected(database, team_id, settings, as_json=as_json)
            return
        article = await _article(database, team_id, named)
        async with database.reading() as session:
            versions = await decisions.versions_read(session, team_id, article.id)
        shown = 0
        for version in versions:
            if everything or changes.since_then(version.content_hash, article):
                shown += await _print(database, team_id, version, article, settings, as_json=as_json)
    read = sum(version.decisions for version in versions)
    typer.echo(_summary(article, shown, read, everything=everything), err=True)


async def _all_affected(database: Database, team_id: str, settings: Settings, *, as_json: bool) -> None:
    """Every article that is not as it was read, with the decisions that read it."""
    shown, moment = 0, now()
    async with database.reading() as session:
        every = await decisions.versions_no_longer_so(session, team_id, moment)
    for article, versions in every:
        if not as_json:
            withdrawn = changes.since_then("", article)
            say(f"“{article.title}” ({article.source_key}), {withdrawn or 'changed since'}:")
        for version in versions:
            shown += await _print(database, team_id, version, article, settings, as_json=as_json)
    articles = len(every)
    if not shown:
        typer.echo("Every decision rests on articles as they are now.", err=True)
        return
    many = f"{shown:,} decision{'' if shown == 1 else 's'} rested on"
    one, several = "1 article that changed or no longer holds", f"{articles:,} articles that changed or no longer hold"
    typer.echo(f"{many} {one if articles == 1 else several}.", err=True)


async def _print(
    database: Database, team_id: str, version: ReadVersion, article: Article, settings: Settings, *, as_json: bool
) -> int:
    """Print the decisions that read a version of an article; returns how many."""
    count = 0
    async for page in decisions.that_read(database, team_id, version):
        for recorded in page:
            line = _affected(recorded, version, article)
            say(json.dumps(line, ensure_ascii=False) if as_json else _line(line, settings.time_zone))
        count += len(page)
    return count


async def _article(database: Database, team_id: str, named: str) -> Article:
    async with database.reading() as session:
        found = await decisions.articles_named(session, team_id, named)
    if not found:
        raise CommandProblem(f"There is no article {named}. Give its key (such as returns.md), address, title or id.")
    if len(found) > 1:
        listed = "\n".join(f"  {each.id}  {each.source}: {each.source_key}" for each in found)
        raise CommandProblem(f"Several articles are called {named}; give the id of one:\n{listed}")
    return found[0]


def _affected(recorded: Recorded, version: ReadVersion, article: Article) -> dict[str, Any]:
    """What is listed of a decision."""
    decision, draft = recorded.decision, recorded.draft
    return {
        "decision_id": decision.id,
        "article_id": article.id,
        "conversation_id": decision.conversation_id,
        "decided_at": decision.created_at.isoformat(),
        "topic": decision.topic,
        "action": decision.action,
        "role": decision.role,
        "cited": any(cited.get("article_id") == article.id for cited in (draft.citations if draft else ())),
        "since_then": changes.since_then(version.content_hash, article),
        "verdicts": [each.verdict for each in recorded.reviews if each.verdict],
    }


def _line(line: dict[str, Any], time_zone: str) -> str:
    moment = datetime.fromisoformat(line["decided_at"]).astimezone(ZoneInfo(time_zone))
    how = "cited it" if line["cited"] else "read it"
    silent = ", in silence" if line["role"] != "serving" else ""
    told = f"{moment:%Y-%m-%d %H:%M}  {line['decision_id']}  {line['action']}{silent}, {how}"
    return f"{told}, {line['since_then'] or 'unchanged'}  (conversation {line['conversation_id']})"


def _summary(article: Article, shown: int, read: int, *, everything: bool) -> str:
    if not read:
        return f"No decision read “{article.title}”."
    many = f"{read:,} decision{'' if read == 1 else 's'} read “{article.title}”"
    if everything:
        return f"{many}."
    if not shown:
        return f"{many}, all as it is now."
    return f"{many}, {shown:,} of them as it no longer is. `baton decision replay ID --draft-again` tells what changes."
