"""Short conversations of our own, labelled before any code read them, and which half of them rules may learn from."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from handoff.draft import Author, Turn

FILE = Path(__file__).with_suffix(".jsonl")
OTHER_TRADES = FILE.with_name("mood_other_trades.jsonl")
"""Of banks, hospitals, libraries and the like: each round showed what the rules did not know, then they learned it."""
UNSEEN = FILE.with_name("mood_unseen.jsonl")
"""Of stadiums, nurseries and tax offices: written after the rules, and no rule was changed for them."""
STARTED = datetime(2026, 3, 2, 9, tzinfo=UTC)
_AUTHORS = {"B: ": Author.BOT, "A: ": Author.AGENT}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One conversation, what its customer feels, and whether their last turn wishes for a person."""

    language: str
    kind: str
    """wish, nearmiss, calm, anger, polite (that hides anger), sarcasm, threat, repeat, waiting or thumbs."""
    turns: tuple[Turn, ...]
    thumbs_down: int
    frustrated: bool
    wants_person: bool
    tuned: bool
    """Whether the rules were improved with its misreadings in sight; those of the other half were never looked up. But
    one hand wrote all conversations and all rules: the figures to trust are those of `UNSEEN`."""

    @property
    def said(self) -> str:
        """All that the customer said."""
        return "\n".join(turn.text for turn in self.turns if turn.author is Author.CUSTOMER)


def load(file: Path = FILE) -> list[Labelled]:
    """Every labelled conversation, in the order of the file."""
    return [_labelled(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _labelled(row: dict[str, object]) -> Labelled:
    lines = row["turns"]
    assert isinstance(lines, list)
    minutes = row.get("minutes_after", [0] * len(lines))
    assert isinstance(minutes, list)
    at, turns = STARTED, list[Turn]()
    for line, after in zip(lines, minutes, strict=True):
        at += timedelta(minutes=after)
        author = _AUTHORS.get(line[:3])
        turns.append(Turn(author or Author.CUSTOMER, line[3:] if author else line, at if any(minutes) else None))
    return Labelled(
        language=str(row["language"]),
        kind=str(row["kind"]),
        turns=tuple(turns),
        thumbs_down=int(str(row.get("thumbs_down", 0))),
        frustrated=bool(row["frustrated"]),
        wants_person=bool(row["wants_person"]),
        tuned=_coin(lines),
    )


def _coin(lines: list[str]) -> bool:
    """A fair coin that the conversation's own words throw, so that nobody chose the halves."""
    digest = hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).digest()
    return digest[-1] % 2 == 0
