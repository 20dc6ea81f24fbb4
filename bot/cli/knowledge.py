"""`baton knowledge`: the articles that Baton answers from, and where they come from."""

import asyncio
from typing import Annotated

import typer

from bot.cli.options import FAILED, AsJson, Team, load_settings

app = typer.Typer(no_args_is_help=True, help="The articles that Baton answers from.")

Audience = Annotated[
    str | None,
    typer.Option(
        metavar="TAGS",
        help="For articles that say nothing themselves: customer, internal, channel:C…, group:NAME or "
        "organisation:T…. Remembered with the source.",
    ),
]


@app.command("sync")
def knowledge_sync(
    source: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Folders or files (Markdown, HTML, PDF, Word, text, JSON Lines), addresses of pages or sitemaps, or "
            "files with an address a line.",
        ),
    ],
    *,
    audience: Audience = None,
    topic: Annotated[
        str | None, typer.Option(metavar="NAME", help="For articles that name no topic. Remembered with the source.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    allow_removal: Annotated[
        bool, typer.Option("--allow-removal", help="Also when more than half of a source's articles are gone.")
    ] = False,
    private_addresses: Annotated[
        bool, typer.Option("--private-addresses", help="Also fetch from addresses of private networks.")
    ] = False,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Make what Baton knows from each source equal to what is in it now. Run it again to undo a change of a source."""
    from bot.commands import knowledge as articles
    from bot.knowledge.library import Options

    options = Options(audience, topic, allow_removal, dry_run, private_addresses)
    if not asyncio.run(articles.bring_in(load_settings(), source, options, team=team, as_json=as_json)):
        raise typer.Exit(FAILED)


@app.command("list")
def knowledge_list(
    *,
    topic: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this topic.")] = None,
    audience: Annotated[str | None, typer.Option(metavar="TAG", help="Only for this audience.")] = None,
    source: Annotated[str | None, typer.Option(metavar="SOURCE", help="Only from this source.")] = None,
    state: Annotated[
        str | None,
        typer.Option(metavar="STATE", help="Such as expired: in use, not yet valid, expired, replaced, removed."),
    ] = None,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """List the articles: topic, audience, whether they hold, age and source."""
    from bot.commands import articles

    wanted = articles.Filter(topic, audience, source, state)
    asyncio.run(articles.show(load_settings(), wanted, team=team, as_json=as_json))


@app.command("sources")
def knowledge_sources(as_json: AsJson = False, team: Team = None) -> None:
    """List where articles come from, and how the last sync of each source ended."""
    from bot.commands import articles

    asyncio.run(articles.sources(load_settings(), team=team, as_json=as_json))


@app.command("forget")
def knowledge_forget(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="As `baton knowledge sources` names it.")],
    team: Team = None,
) -> None:
    """Take all articles of a source out. `baton knowledge sync SOURCE` brings them back."""
    from bot.commands import articles

    asyncio.run(articles.forget(load_settings(), source, team=team))


@app.command("search")
def knowledge_search(
    query: Annotated[str, typer.Argument(help="A question as a customer would ask it.")],
    reading: Annotated[
        list[str] | None,
        typer.Option(
            "--as",
            metavar="WHO",
            help="Who reads it: customer, agent, or what else they may read by, such as group:vip or channel:C0123; "
            "may be given more than once.",
            show_default="customer",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, metavar="N", help="How many passages, at most.")] = 5,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """Show which passages Baton would answer from."""
    from bot.commands import knowledge as articles

    asyncio.run(articles.look_up(load_settings(), query, reading or [], team=team, limit=limit, as_json=as_json))
