"""Runs benchmarks by name, prints a row per figure, and ends with 1 when a row does not hold."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.rows import Row

BENCHMARKS = {
    "main_job": "1,000 questions of bank customers through the whole bot, on both databases",
    "ack": "events stored and acknowledged a second, beside a bare Bolt app",
    "in_flight": "200 turns at once with a slow model, beside a bare loop that stores nothing",
    "turn": "from stored event to posted reply, beside the bare parts of the same work",
    "sign": "from a customer's message to the sign that Baton is on it, while a model thinks",
    "confidence": "how far the confidence tells right answers from wrong ones, on bank customers' questions",
    "certificate": "how often a certificate is false and how much it answers, beside the naive rule",
    "monitor": "false alarms, and reviews until a broken promise is noticed",
    "alerts": "false alarms a year between reports, and days until a change of .15 is noticed",
    "sampling": "what 200 reviews tell of 2,000 replies",
    "intervals": "the report's intervals beside scipy and statsmodels, and how often they hold the truth",
    "case_mix": "the AI gets the easy topics: what raw and adjusted differences say",
    "weekly_looks": "a year of weekly looks: false verdicts, and the week in which a true difference is called",
    "every_conversation": "right replies among all, from reviews and a score of every one: coverage and width",
    "same_matter": "questions asked again in other words, and others on the same topic, told apart",
    "support": "how well words tell whether a reply rests on its evidence, and what the guard catches",
    "mood": "wishes for a person heard, and frustration beside VADER, on labelled conversations",
    "retrieval": "needed documents among the first found, beside plain FTS5, bm25s and TF-IDF",
    "attacks": "attacks on a bot whose model obeys them: harm done, and what gets through without each guard",
    "masking": "personal data found, and rightly so, by kind, on labelled sentences",
    "cross_checks": "calls and errors with no graders, always, and where they could change who answers",
    "search_scale": "the time of a search at 200,000 passages, beside 10,000 and a bare query; the time of a sync",
    "vector_scale": "the nearest of 200,000 vectors by pgvector, beside the memory of a process: time, memory, recall",
    "themes": "how far themes agree with the intents of bank customers' questions, beside k-means",
    "report_scale": "a report on a busy week among a million conversations, beside the same week alone; memory",
    "gate": "the time of a decision",
    "start": "time and memory until ready, beside a bare interpreter",
}
Benchmark = Callable[[Callable[[str], None], bool], Awaitable[list[Row]]]


def main() -> int:
    """Run what the command line names; everything in a quick form when it names nothing."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="benchmarks to run at full size; all, quickly, without"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows as a list of objects as well")
    parser.add_argument("--list", action="store_true", help="name the benchmarks and end")
    given = parser.parse_args()
    if given.list:
        for name, what in BENCHMARKS.items():
            print(f"{name:10}  {what}")
        return 0
    if unknown := [name for name in given.names if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {', '.join(unknown)}; --list names them")
    rows = asyncio.run(_run(given.names or list(BENCHMARKS), quick=not given.names))
    _show(rows)
    if given.json:
        given.json.write_text(json.dumps([row.as_json() for row in rows], indent=2) + "\n")
    return 0 if all(row.holds is not False for row in rows) else 1


async def _run(names: list[str], *, quick: bool) -> list[Row]:
    console = Console(stderr=True)
    rows: list[Row] = []
    for name in names:
        run: Benchmark = import_module(f"tests.benchmarks.{name}").run
        started = time.monotonic()
        with console.status(f"{name} …") as status:
            rows += await run(lambda words, name=name: status.update(f"{name}: {words}"), quick)
        console.print(f"{name} took {time.monotonic() - started:.0f} s")
    return rows


def _show(rows: list[Row]) -> None:
    table = Table(show_edge=False)
    for column in ("benchmark", "name", "value", "unit", "reference", "target", "holds"):
        table.add_column(column, justify="right" if column == "value" else "left")
    for row in rows:
        holds = {True: "yes", False: "NO", None: "–"}[row.holds]
        value = f"{row.value:,}" if isinstance(row.value, int | float) else row.value
        table.add_row(row.benchmark, row.name, value, row.unit, row.reference, row.target, holds)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


if __name__ == "__main__":
    sys.exit(main())
