"""Says on stderr what takes long, so that nobody wonders whether anything happens."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import typer

QUICK_SECONDS = 2.0
"""What is done within it needs no word."""
NEXT_WORD_SECONDS = 15.0


@asynccontextmanager
async def patience(doing: str) -> AsyncGenerator[None]:
    """Say what is being done once it takes longer than a moment, and again from time to time."""
    word = asyncio.create_task(_keep_saying(doing))
    try:
        yield
    finally:
        word.cancel()


async def _keep_saying(doing: str) -> None:
    waited = QUICK_SECONDS
    await asyncio.sleep(waited)
    typer.echo(f"{doing} …", err=True)
    while True:
        await asyncio.sleep(NEXT_WORD_SECONDS)
        waited += NEXT_WORD_SECONDS
        typer.echo(f"{doing} … {waited:.0f} s", err=True)
