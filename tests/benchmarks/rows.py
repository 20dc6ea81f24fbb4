"""The rows that every benchmark prints."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, beside what, against which target, and whether it holds.

    `holds` is None for a figure that is printed for orientation only.
    """

    benchmark: str
    name: str
    value: float | int | str
    unit: str
    reference: str = ""
    target: str = ""
    holds: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as an object; a figure for orientation holds."""
        return asdict(self) | {"holds": self.holds is not False}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie, nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def median(values: Sequence[float]) -> float:
    """The median, not a number for no values."""
    return statistics.median(values) if values else float("nan")


def ms(seconds: float) -> float:
    """Seconds as milliseconds, to two places."""
    return round(seconds * 1000, 2)


def data_missing(benchmark: str, name: str) -> Row:
    """The row of a benchmark whose public data are not there."""
    return Row(benchmark, name, "data missing", "", target="public data", holds=False)
