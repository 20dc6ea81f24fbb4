"""What the command line prints. Words of customers and of articles neither move its cursor nor turn its letters."""

import typer

from handoff.visible import visible


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print what may hold words of others, without the characters that a terminal obeys."""
    typer.echo(visible(text), err=err, nl=nl)
