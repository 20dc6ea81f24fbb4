"""How long the shop's agents were at what they did in the simulated weeks, by the same rule as in real ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.demo.past_rows import ID_PREFIX, Row, Rows
from handoff.draft import Author
from handoff.effort import worked
from storage.kinds import Action, EffortKind

LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person did, when, and since when there was something to do; `since` is empty where it only began."""

    at: datetime
    person_id: str
    conversation_id: str
    kind: EffortKind
    since: datetime | None


def efforts(rows: Rows, workspace_id: str) -> Iterator[Row]:
    """A row for each deed of the people, in the order of their deeds, for nobody does two things at once."""
    last: dict[str, datetime] = {}
    for number, deed in enumerate(sorted(_deeds(rows), key=lambda each: each.at)):
        seconds = worked(deed.at, since=(deed.since, last.get(deed.person_id)), longest=LONGEST) if deed.since else 0.0
        last[deed.person_id] = deed.at
        yield {
            "workspace_id": workspace_id,
            "id": f"{ID_PREFIX}effort{number:07x}",
            "conversation_id": deed.conversation_id,
            "person_id": deed.person_id,
            "kind": deed.kind,
            "seconds": round(seconds, 1),
            "at": deed.at,
        }


def _deeds(rows: Rows) -> Iterator[Deed]:
    said: dict[str, list[Row]] = {}
    for message in rows.messages:
        said.setdefault(message["conversation_id"], []).append(message)
    proposed = {each["conversation_id"] for each in rows.decisions if each["action"] == Action.PROPOSE}
    for handoff in rows.handoffs:
        conversation = handoff["conversation_id"]
        yield from _in_conversation(handoff, said[conversation], corrects=conversation in proposed)
    for review in rows.reviews:
        if at := review["reviewed_at"]:
            shown = at - timedelta(seconds=review["seconds"])
            yield Deed(at, review["reviewer_id"], review["conversation_id"], EffortKind.REVIEW, shown)


def _in_conversation(handoff: Row, said: list[Row], *, corrects: bool) -> Iterator[Deed]:
    """The claim, what the agent said, and the end; `corrects` when the agent first had to make sense of a draft."""
    began = Deed(
        handoff["claimed_at"], handoff["claimed_by"], handoff["conversation_id"], EffortKind.CONVERSATION, None
    )
    yield began
    came, kind = began.at, EffortKind.CORRECTION if corrects else EffortKind.CONVERSATION
    for message in said:
        if message["created_at"] < began.at:
            continue
        if message["author"] == Author.AGENT:
            yield replace(began, at=message["created_at"], kind=kind, since=came)
            kind = EffortKind.CONVERSATION
        came = message["created_at"]
    yield replace(began, at=handoff["done_at"], since=came)
