"""Has the chart drawn in a process of its own.

Drawing takes matplotlib a second of computing and 50 MB, which a server would not get back from a thread.
"""

import asyncio
import os
import sys
from pathlib import Path

from handoff.report import Report

PATIENCE_SECONDS = 60.0
TOLD = 300
"""How many characters of a failed drawing's last words are kept."""


class CannotDraw(Exception):
    """The chart could not be drawn; the message is the end of what the drawing process said."""


async def chart_png(report: Report) -> bytes:
    """The report's chart as a PNG.

    Raises:
        CannotDraw: when the drawing fails or takes longer than a minute.
    """
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.reports.chart"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    try:
        png, said = await asyncio.wait_for(process.communicate(report.model_dump_json().encode()), PATIENCE_SECONDS)
    except TimeoutError as error:
        raise CannotDraw(f"No picture within {PATIENCE_SECONDS:.0f} s.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise CannotDraw(said.decode(errors="replace")[-TOLD:])
    return png
