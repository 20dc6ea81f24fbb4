"""How much of what people give away is found, and how often something else is taken for it, on labelled sentences."""

from collections.abc import Callable

from handoff.personal_data import Kind
from tests.benchmarks.rows import Row
from tests.handoff.personal_data import LATER, LEARNED, UNSEEN, Counts, count

NAME = "masking"
KINDS = (Kind.EMAIL, Kind.CARD, Kind.IBAN, Kind.PHONE, Kind.SECRET)
PRECISION = 0.95
FILES = {
    LEARNED: "written before the rules, which were mended on them",
    UNSEEN: "written before the rules, which were never mended on them",
    LATER: "written after the rules, which were never mended on them; too few for a target",
}


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Count, by kind; there is no quicker form."""
    del quick
    rows: list[Row] = []
    for name, what in FILES.items():
        progress(name)
        counts = count(name)
        rows += [row for kind in KINDS for row in _rows(kind, name, what, counts)]
    return rows


def _rows(kind: Kind, name: str, what: str, counts: Counts) -> list[Row]:
    least = 0.95 if kind == Kind.PHONE else 0.98
    recall, precision = round(counts.recall(kind), 3), round(counts.precision(kind), 3)
    there = f"{counts.hidden[kind]} of {counts.there[kind]} {what}"
    right = f"{counts.right[kind]} of {counts.found[kind]}"
    if name == LATER:
        return [
            Row(NAME, f"{kind}: found ({name})", recall, "share", there),
            Row(NAME, f"{kind}: rightly so ({name})", precision, "share", right),
        ]
    return [
        Row(NAME, f"{kind}: found ({name})", recall, "share", there, f">= {least}", recall >= least),
        Row(NAME, f"{kind}: rightly so ({name})", precision, "share", right, f">= {PRECISION}", precision >= PRECISION),
    ]
