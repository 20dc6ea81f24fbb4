"""Works out how long conversations took, from moments to medians, by all hours and by the desk's.

Run as `python -m bot.timing` it reads what `pack` made and writes JSON, so that numpy's memory is not the server's. It
loads little else, for most of such a process's time is its start.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from handoff.business_hours import BusinessHours, Openings
from handoff.report_parts import Clock, Span, Times
from handoff.times import median_with_open, shift
from handoff.window import Window
from storage.kinds import ResolvedBy

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from storage.durations import Moments

    Numbers = NDArray[float64]

ARMS = (ResolvedBy.AI, ResolvedBy.HUMAN)
OPENED, REPLIED, RESOLVED = range(3)
ENDS = {Span.FIRST_REPLY: REPLIED, Span.RESOLUTION: RESOLVED}
MINUTE = 60.0
HOURS: TypeAdapter[BusinessHours | None] = TypeAdapter(BusinessHours | None)


def pack(
    resolved: Mapping[ResolvedBy, "Moments"],
    open_at_end: Mapping[ResolvedBy, "Moments"],
    hours: BusinessHours | None,
    window: Window,
) -> bytes:
    """A line that says what follows, then the numbers: arm by arm when it opened, replied and resolved.

    First what was resolved in the window, then what was open at its end.
    """
    arms = [found[arm] for found in (resolved, open_at_end) for arm in ARMS]
    about = {
        "hours": HOURS.dump_python(hours, mode="json"),
        "counts": [len(arm.opened) for arm in arms],
        "window": [window.since.timestamp(), window.until.timestamp()],
    }
    numbers = [part.tobytes() for arm in arms for part in (arm.opened, arm.replied, arm.resolved)]
    return b"".join([json.dumps(about).encode(), b"\n", *numbers])


def work_out(packed: bytes) -> dict[str, Any]:
    """The times, and when AI alone answered, of what was packed."""
    import numpy as np  # noqa: PLC0415 - heavy

    line, _, numbers = packed.partition(b"\n")
    about: dict[str, Any] = json.loads(line)
    values, arms = np.frombuffer(numbers, dtype=np.float64), list["Numbers"]()
    for count in about["counts"]:
        arms.append(values[: 3 * count].reshape(3, count))
        values = values[3 * count :]
    ai, human = arms[:2]
    hours = HOURS.validate_python(about["hours"])
    since, until = about["window"]
    watched = _Watched(since, until, arms[2:])
    first = min(float(arm[OPENED].min()) for arm in arms if arm.size)
    last = max(watched.until, *(float(arm[RESOLVED].max()) for arm in arms[:2] if arm.size))
    openings = hours.between(first, last + 1) if hours else None
    times = [_times(span, None, (ai, human), watched) for span in Span]
    times += [_times(span, openings, (ai, human), watched) for span in Span if openings]
    return {
        "times": [each.model_dump(mode="json") for each in times],
        "resolved": int(ai.shape[1]),
        "outside_hours": _while_closed(ai[REPLIED], openings) if openings else None,
        "within_a_minute": int((ai[REPLIED] - ai[OPENED] <= MINUTE).sum()),
    }


@dataclass(frozen=True)
class _Watched:
    """From when to when conversations were watched, and those that were open at the end: of AI, of people."""

    since: float
    until: float
    open: "Sequence[Numbers]"

    def median(
        self, number: int, span: Span, resolved: "Numbers", openings: Openings | None
    ) -> tuple[int, float | None]:
        """How many of an arm (0 AI, 1 people) still waited for an end, and the median with them; None without any."""
        import numpy as np  # noqa: PLC0415 - heavy

        still = self.open[number]
        waiting = int(np.isnan(still[ENDS[span]]).sum()) if still.size else 0
        if not waiting:
            return 0, None
        both = np.concatenate([resolved, still], axis=1)
        # What was resolved without a reply was watched for one until then.
        watched_until = np.fmin(both[RESOLVED], self.until)
        ended = both[ENDS[span]] <= self.until
        left = np.where(ended, both[ENDS[span]], watched_until)
        came = np.maximum(both[OPENED], self.since)
        seen = left >= came
        entered, gone = (_between(both[OPENED][seen], moment[seen], openings) for moment in (came, left))
        # In desk hours, what came and went in one closed time was there for none of them.
        there = (gone > entered) | (gone == 0)
        # Arrays are sequences to it, which makes arrays of them.
        found = median_with_open(entered[there], gone[there], ended[seen][there])  # pyright: ignore[reportArgumentType]
        return waiting, found


def _times(span: Span, openings: Openings | None, arms: "Sequence[Numbers]", watched: _Watched) -> Times:
    """All hours count without openings, else those of an open desk; `arms` are what AI and people resolved."""
    import numpy as np  # noqa: PLC0415 - heavy

    took = [_took(arm[OPENED], arm[ENDS[span]], openings) for arm in arms]
    medians = [round(float(np.median(each)), 3) if each.size else None for each in took]
    # Arrays are sequences to `shift`, which makes arrays of them.
    difference = shift(took[0], took[1])  # pyright: ignore[reportArgumentType]
    (ai_open, ai_with), (human_open, human_with) = (
        watched.median(number, span, arm, openings) for number, arm in enumerate(arms)
    )
    return Times(
        span=span,
        clock=Clock.ALL if openings is None else Clock.BUSINESS,
        ai=took[0].size,
        human=took[1].size,
        ai_median=medians[0],
        human_median=medians[1],
        difference=difference,
        ai_open=ai_open,
        human_open=human_open,
        ai_median_with_open=ai_with,
        human_median_with_open=human_with,
    )


def _took(opened: "Numbers", ended: "Numbers", openings: Openings | None) -> "Numbers":
    """Seconds from opening to an end, of the conversations that have one; with openings, those of an open desk."""
    import numpy as np  # noqa: PLC0415 - heavy

    known = ~np.isnan(ended)
    return _between(opened[known], ended[known], openings)


def _between(start: "Numbers", end: "Numbers", openings: Openings | None) -> "Numbers":
    import numpy as np  # noqa: PLC0415 - heavy

    if openings is not None:
        start, end = _open_before(start, openings), _open_before(end, openings)
    return np.maximum(end - start, 0.0)


def _open_before(moments: "Numbers", openings: Openings) -> "Numbers":
    """The seconds of open desk before each moment: they rise while it is open, and stand still while it is not."""
    import numpy as np  # noqa: PLC0415 - heavy

    if not openings.opens:
        return np.zeros_like(moments)
    opens, closes, before = (np.asarray(each) for each in (openings.opens, openings.closes, openings.before))
    turns = np.column_stack([opens, closes]).ravel()
    seconds = np.column_stack([before, before + closes - opens]).ravel()
    return np.interp(moments, turns, seconds)


def _while_closed(moments: "Numbers", openings: Openings) -> int:
    return sum(not openings.is_open(moment) for moment in moments.tolist() if moment == moment)  # noqa: PLR0124 - not NaN


def main() -> None:
    """Read what was packed from standard input, write JSON to standard output."""
    sys.stdout.write(json.dumps(work_out(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
