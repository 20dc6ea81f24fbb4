"""Baton in a local workspace: no keys, no accounts."""

from collections.abc import Callable
from pathlib import Path

HISTORY_WEEKS = 4


async def run(
    *,
    port: int = 0,
    open_browser: bool = True,
    fast: bool = False,
    data_dir: Path | None = None,
    say: Callable[[str], None] | None = None,
) -> None:
    """Run the demo until it is cancelled; `fast` leaves the simulated weeks out. See `bot.demo.start.run`."""
    import typer  # noqa: PLC0415 - the local workspace alone needs neither

    from bot.demo import start  # noqa: PLC0415

    weeks = 0 if fast else HISTORY_WEEKS
    await start.run(port=port, open_browser=open_browser, history_weeks=weeks, data_dir=data_dir, say=say or typer.echo)
