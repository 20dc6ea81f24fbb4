"""What the guard lets go of false statements made of an article's own words, and holds back of faithful ones."""

import json
from collections import Counter
from collections.abc import Sequence

from handoff import confidence
from tests.benchmarks import data
from tests.benchmarks.rows import Row
from tests.handoff import labelled_conditions
from tests.handoff.labelled_statements import BANK, Bank, Part, Statement, case, caught, statements

NAME = "support"
MOST_LET_GO, MOST_HELD = 0.15, 0.05
USUAL_THRESHOLD = 0.6
BEFORE = {
    Part.MENDED_ON: (29, 5),
    Part.JUDGED_ONCE: (33, 7),
    Part.JUDGED_SECOND: (25, 7),
    Part.JUDGED_THIRD: (17, 6),
    Part.LAST: (11, 3),
}
"""False ones let go and faithful ones held back before any rule was changed for such statements."""
CONDITIONS_BEFORE = {labelled_conditions.HELD: (14, 2), labelled_conditions.MENDED: (21, 3)}
"""The same of replies that turn what their source lays down (`tests/handoff/conditions.yaml`)."""
FIRST_SIGHT = {Part.JUDGED_ONCE: (16, 11), Part.JUDGED_SECOND: (13, 8), Part.JUDGED_THIRD: (14, 9), Part.LAST: (8, 3)}
"""The same by the rules as they were when the statements were first run; none for those that they began with."""


def rows() -> list[Row]:
    """Both halves; without the bank's documents, the statements about them are left out."""
    bank = _bank()
    known = [each for each in statements() if bank or not each.source.startswith(BANK)]
    of_statements = [row for part in reversed(Part) for row in _of_part(known, bank, part)]
    return [*of_statements, *(row for part in CONDITIONS_BEFORE for row in _of_conditions(part))]


def _of_conditions(part: str) -> list[Row]:
    """Replies that turn a condition, a role, a limit or a degree, and faithful ones, of trades of their own."""
    of_it = [each for each in labelled_conditions.replies() if each.part == part]
    false, faithful = [each for each in of_it if each.turned], [each for each in of_it if not each.turned]
    gone = Counter(each.turned for each in false if not each.caught)
    held = sum(bool(each.caught) for each in faithful)
    gone_before, held_before = CONDITIONS_BEFORE[part]
    ways = ", ".join(f"{count} {way}" for way, count in gone.most_common())
    run = "run once, after the rules" if part == labelled_conditions.HELD else "the rules were mended on these"
    return [
        Row(
            NAME,
            f"replies let go that turn a condition, a role or a limit; {run}",
            round(gone.total() / len(false), 3),
            "share",
            f"{gone.total()} of {len(false)}; {gone_before} before the rules; {ways}",
        ),
        Row(
            NAME,
            f"faithful ones held back; {run}",
            round(held / len(faithful), 3),
            "share",
            f"{held} of {len(faithful)}; {held_before} before the rules",
        ),
    ]


def _bank() -> Bank:
    path = data.bank_knowledge()
    if path is None:
        return {}
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {each["id"]: (each["title"], each["content"]) for each in documents}


def _of_part(known: Sequence[Statement], bank: Bank, part: Part) -> list[Row]:
    of_it, judged = [each for each in known if each.part == part], part == Part.LAST
    false, faithful = [each for each in of_it if not each.faithful], [each for each in of_it if each.faithful]
    gone = [each for each in false if not caught(each, bank)]
    sure = [each for each in gone if confidence.assess(*case(each, bank)).value >= USUAL_THRESHOLD]
    held = [each for each in faithful if caught(each, bank)]
    (gone_before, held_before), first = BEFORE[part], FIRST_SIGHT.get(part)
    at_first = [f"; {each} at first sight" if first else "" for each in first or ("", "")]
    ways = ", ".join(f"{count} {way}" for way, count in Counter(each.false_by for each in gone).most_common())
    share_gone, share_held = len(gone) / len(false), len(held) / len(faithful)
    return [
        Row(
            NAME,
            f"false statements let go at threshold 0, {part}",
            round(share_gone, 3),
            "share",
            f"{len(gone)} of {len(false)}; {gone_before} before the rules{at_first[0]}; {ways}",
            f"<= {MOST_LET_GO}" if judged else "",
            share_gone <= MOST_LET_GO if judged else None,
        ),
        Row(
            NAME,
            f"the same at threshold {USUAL_THRESHOLD} with a model that is certain, {part}",
            round(len(sure) / len(false), 3),
            "share",
            f"{len(sure)} of {len(false)}",
        ),
        Row(
            NAME,
            f"faithful statements held back, {part}",
            round(share_held, 3),
            "share",
            f"{len(held)} of {len(faithful)}; {held_before} before the rules{at_first[1]}",
            f"<= {MOST_HELD}" if judged else "",
            share_held <= MOST_HELD if judged else None,
        ),
    ]
