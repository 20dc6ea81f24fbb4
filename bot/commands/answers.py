"""`baton knowledge answers`, `answer` and `forget-answer`: what people taught, from where, and how to take it back."""

import json
from collections.abc import Iterator, Sequence

import typer

from bot.commands import workspace
from bot.settings import Settings
from bot.terminal import say
from storage import answers
from storage.answer_pairs import AnswerChange, AnswerPair
from storage.database import Database
from storage.problem import Problem
from storage.row import now

OPERATOR = "operator"
"""Who forgot it, when a terminal did."""
MOST_LISTED, EXCERPT, SHORT_ID = 1_000, 90, 12


class NoSuchAnswer(Problem):
    """No taught answer has this id."""


async def show_all(settings: Settings, *, team: str | None, as_json: bool) -> None:
    """List the taught answers, the latest first."""
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            pairs = await answers.listed(session, team_id, limit=MOST_LISTED)
            changed = await answers.outdated(session, team_id, pairs)
    if as_json:
        told = [_as_json(pair, changed.get(pair.article_id, [])) for pair in pairs]
        say(json.dumps(told, indent=2, ensure_ascii=False))
    elif pairs:
        say("\n".join(line for pair in pairs for line in _lines(pair, changed.get(pair.article_id, []))))
    else:
        typer.echo("No answer was taught yet. A closed card on the desk offers “Teach Baton this answer”.")


async def show(settings: Settings, article_id: str, *, team: str | None, as_json: bool) -> None:
    """Show one in full, with everything that was done to it.

    Raises:
        NoSuchAnswer: when there is none, or the beginning of an id fits several.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        pair = await _found(database, team_id, article_id)
        async with database.reading() as session:
            changes = await answers.changes(session, pair)
            outdated = (await answers.outdated(session, team_id, [pair])).get(pair.article_id, [])
    if as_json:
        told = _as_json(pair, outdated) | {"changes": [_change(each) for each in changes]}
        say(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        say("\n".join(_in_full(pair, outdated, changes)))


async def forget(settings: Settings, article_id: str, *, team: str | None) -> None:
    """Take one out of the knowledge.

    Raises:
        NoSuchAnswer: when there is none, or the beginning of an id fits several.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        pair = await _found(database, team_id, article_id)
        async with database.transaction() as session:
            pair = await session.merge(pair)
            done = await answers.forget(session, pair, by=OPERATOR, at=now())
    typer.echo("Forgotten; Baton does not answer with it any more." if done else "It was forgotten already.")


async def _found(database: Database, team_id: str, article_id: str) -> AnswerPair:
    async with database.reading() as session:
        pair = await answers.by_id(session, team_id, article_id)
    if pair is None:
        raise NoSuchAnswer(f"No taught answer has the id {article_id}; `baton knowledge answers` lists them.")
    return pair


def _lines(pair: AnswerPair, outdated: list[str]) -> Iterator[str]:
    yield f"{pair.article_id}  {_short(pair.question)}"
    yield f"    {_short(pair.answer)}"
    yield f"    taught by {pair.taught_by} on {pair.taught_at:%Y-%m-%d}, used {pair.used} time(s)"
    if outdated:
        yield f"    maybe outdated: {', '.join(outdated)} changed since"


def _in_full(pair: AnswerPair, outdated: list[str], changes: Sequence[AnswerChange]) -> Iterator[str]:
    yield f"Question: {pair.question}"
    yield f"Answer: {pair.answer}"
    yield f"{_origin(pair)}; used {pair.used} time(s)"
    if outdated:
        yield f"Maybe outdated: {', '.join(outdated)} changed since."
    yield from (f"{each.at:%Y-%m-%d %H:%M} {each.event} by {each.by}" for each in changes)


def _origin(pair: AnswerPair) -> str:
    if pair.conversation_id.startswith(answers.ABOUT_THEME):
        return f"Written about the theme {pair.conversation_id.removeprefix(answers.ABOUT_THEME)} by {pair.given_by}"
    return f"From conversation {pair.conversation_id}, answered by {pair.given_by}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= EXCERPT else f"{plain[: EXCERPT - 1]}…"


def _as_json(pair: AnswerPair, outdated: list[str]) -> dict[str, object]:
    return {
        "id": pair.article_id,
        "question": pair.question,
        "answer": pair.answer,
        "conversation": pair.conversation_id,
        "given_by": pair.given_by,
        "taught_by": pair.taught_by,
        "taught_at": pair.taught_at.isoformat(),
        "used": pair.used,
        "forgotten_at": pair.forgotten_at.isoformat() if pair.forgotten_at else None,
        "outdated": outdated,
    }


def _change(each: AnswerChange) -> dict[str, str]:
    return {
        "event": each.event,
        "by": each.by,
        "at": each.at.isoformat(),
        "question": each.question,
        "answer": each.answer,
    }
