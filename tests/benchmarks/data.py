"""Public data to measure on; the page on benchmarks says where each set is to be had."""

import csv
import os
from pathlib import Path

from bot.knowledge.documents import Reading
from bot.team import ArticleRule

PLACE = "BATON_BENCH_DATA"


def folder() -> Path:
    """Where the public data lie: the folder named by BATON_BENCH_DATA, or `shared/data` beside the project."""
    named = os.environ.get(PLACE)
    return Path(named) if named else Path(__file__).parents[2] / ".." / "shared" / "data"


def bank_knowledge() -> Path | None:
    """The knowledge base of a fictitious bank, 698 documents as JSON Lines."""
    path = folder() / "tau2_banking_kb" / "documents.jsonl"
    return path if path.exists() else None


def bank_scenarios() -> Path | None:
    """97 customer scenarios of that bank, with the documents that each needs."""
    path = folder() / "tau2_banking_kb" / "tasks_required_docs.json"
    return path if path.exists() else None


def bank_reading() -> Reading:
    """How a bank would have these read: what its titles call internal is for agents."""
    return Reading(rules=(ArticleRule(title="Internal:*", audience="internal"),))


def bank_questions(most: int) -> list[str]:
    """Customer questions to a bank, evenly taken from the whole test set; none when it is missing."""
    path = folder() / "banking77" / "test.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        texts = [row["text"].strip() for row in csv.DictReader(file)]
    step = max(1, len(texts) // most)
    return texts[::step][:most]
