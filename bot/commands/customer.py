"""`baton customer`: what is stored of a customer, and how to erase it."""

import json
import re
from collections.abc import Iterator

import typer

from bot import erasing
from bot.commands import workspace
from bot.commands.patience import patience
from bot.commands.workspace import CommandProblem
from bot.settings import Settings
from storage import erasing as stored
from storage.erasing import Found
from storage.problem import WrongUse

_MEMBER_ID = re.compile(r"[UW][A-Z0-9]{1,20}")
LEFT_ALONE = (
    "What stands in Slack is Slack's: delete it there. Backups and logs of yours are not touched. If they write again, "
    "they are a new customer."
)


async def show(settings: Settings, person: str, *, team: str | None, as_json: bool) -> None:
    """Count what is stored of a customer.

    Raises:
        WrongUse: when this is no id of a person in Slack.
    """
    _check(person)
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await stored.find(session, team_id, person)
    _tell(person, found, as_json=as_json)


async def erase(settings: Settings, person: str, *, team: str | None, ask: bool, as_json: bool) -> None:
    """Erase what is stored of a customer.

    Raises:
        WrongUse: when this is no id of a person in Slack.
        CommandProblem: when the operator thinks better of it.
    """
    _check(person)
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await stored.find(session, team_id, person)
        if found.anything and ask:
            typer.echo("\n".join(_in_words(person, found)), err=True)
            if not typer.confirm("Erase it? It cannot be undone.", err=True):
                raise CommandProblem("Nothing was erased.")
        async with patience(f"Erasing {person}"):
            found = await erasing.erase(database, team_id, person)
    _tell(person, found, as_json=as_json, erased=True)


def _check(person: str) -> None:
    if not _MEMBER_ID.fullmatch(person):
        raise WrongUse(
            f"{person!r} is no member id. It looks like U0ADA0000: open the person's profile in Slack, press ⋮, and "
            "choose Copy member ID."
        )


def _tell(person: str, found: Found, *, as_json: bool, erased: bool = False) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(found, erased=erased), indent=2))
        return
    typer.echo("\n".join(_in_words(person, found, erased=erased)))


def _in_words(person: str, found: Found, *, erased: bool = False) -> Iterator[str]:
    if not found.anything:
        yield f"Nothing is stored of {person}."
        return
    counted = ", ".join(
        f"{count} {noun}{'' if count == 1 else 's'}"
        for count, noun in (
            (len(found.conversations), "conversation"),
            (found.messages, "message"),
            (found.ratings, "rating"),
        )
    )
    yield f"{'Erased of' if erased else 'Stored of'} {person}: {counted}."
    if still := sum(each.is_open for each in found.conversations):
        if erased:
            yield f"{still} of them {'was' if still == 1 else 'were'} still open: tell whoever has it on the desk."
        else:
            yield f"{still} of them {'is' if still == 1 else 'are'} still open, and would end with it if erased."
    if found.taught:
        yield "Answers that people taught from these conversations stay. Read them, and forget what is theirs alone:"
        yield from (f"    baton knowledge answer {article_id}" for article_id in found.taught)
    if erased:
        yield "What was counted of them stays counted, in reports and certificates, without them."
        yield LEFT_ALONE


def _as_json(found: Found, *, erased: bool) -> dict[str, object]:
    return {
        "erased": erased and found.anything,
        "conversations": [each.id for each in found.conversations],
        "open": sum(each.is_open for each in found.conversations),
        "messages": found.messages,
        "ratings": found.ratings,
        "was_asked": found.was_asked,
        "taught_answers": list(found.taught),
    }
