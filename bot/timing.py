"""Works out how long conversations took, from moments to medians, by all hours and by the desk's.

Run as `python -m bot.timing` it reads what `pack` made and writes JSON, so that numpy's memory is not the server's. It
loads little else, for most of such a process's time is its start.
"""

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from handoff.business_hours import BusinessHours, Openings
from handoff.report_parts import Clock, Span, Times
from handoff.times import shift
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


def pack(found: Mapping[ResolvedBy, "Moments"], hours: BusinessHours | None) -> bytes:
    """A line that says what follows, then the numbers: arm by arm when it opened, replied and resolved."""
    arms = [found[arm] for arm in ARMS]
    about = {"hours": HOURS.dump_python(hours, mode="json"), "counts": [len(arm.opened) for arm in arms]}
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
    ai, human = arms
    hours = HOURS.validate_python(about["hours"])
    opened, resolved = (np.concatenate([ai[row], human[row]]) for row in (OPENED, RESOLVED))
    openings = hours.between(float(opened.min()), float(resolved.max()) + 1) if hours else None
    times = [_times(span, Clock.ALL, ai, human, None) for span in Span]
    times += [_times(span, Clock.BUSINESS, ai, human, openings) for span in Span if openings]
    return {
        "times": [each.model_dump(mode="json") for each in times],
        "resolved": int(ai.shape[1]),
        "outside_hours": _while_closed(ai[REPLIED], openings) if openings else None,
        "within_a_minute": int((ai[REPLIED] - ai[OPENED] <= MINUTE).sum()),
    }


def _times(span: Span, clock: Clock, ai: "Numbers", human: "Numbers", openings: Openings | None) -> Times:
    import numpy as np  # noqa: PLC0415 - heavy

    took = [_took(arm[OPENED], arm[ENDS[span]], openings) for arm in (ai, human)]
    medians = [round(float(np.median(each)), 3) if each.size else None for each in took]
    # Arrays are sequences to `shift`, which makes arrays of them.
    difference = shift(took[0], took[1])  # pyright: ignore[reportArgumentType]
    return Times(
        span=span,
        clock=clock,
        ai=took[0].size,
        human=took[1].size,
        ai_median=medians[0],
        human_median=medians[1],
        difference=difference,
    )


def _took(opened: "Numbers", ended: "Numbers", openings: Openings | None) -> "Numbers":
    """Seconds from opening to an end, of the conversations that have one; with openings, those of an open desk."""
    import numpy as np  # noqa: PLC0415 - heavy

    known = ~np.isnan(ended)
    start, end = opened[known], ended[known]
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
