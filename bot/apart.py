"""Runs what is heavy in a process of its own: fits and pictures take memory that a server would not get back."""

import asyncio
import os
import sys
from pathlib import Path

TOLD = 300
"""How many characters of a failed process's last words are kept."""


class Failed(Exception):
    """The process failed or took too long; the message is the end of what it said."""


async def run(module: str, given: bytes, *, patience: float) -> bytes:
    """Run `python -m module` with `given` as its input.

    Args:
        module: of this house, such as "bot.charts.chart"; it reads standard input and writes standard output.
        given: what it reads.
        patience: seconds it may take.

    Returns:
        What it wrote.

    Raises:
        Failed: when it fails or takes longer.
    """
    root = str(Path(__file__).parents[1])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        # One thread: the numbers are small, and several that wait for each other are slower on a busy machine.
        env={"OMP_NUM_THREADS": "1", **os.environ, "PYTHONPATH": paths},
    )
    try:
        wrote, said = await asyncio.wait_for(process.communicate(given), patience)
    except TimeoutError as error:
        raise Failed(f"Nothing came within {patience:.0f} s.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise Failed(said.decode(errors="replace")[-TOLD:])
    return wrote
