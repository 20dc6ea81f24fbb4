"""Who may read an article. Pure.

An article names its audience by tags, any of which will do: `customer` (everyone), `internal` (agents alone),
`channel:C…` (whoever asks in that channel), `group:NAME` (a group of customers that the team named) and
`organisation:T…` (people of one Slack organisation).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CUSTOMER, INTERNAL = "customer", "internal"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever a reply is for, as far as it decides what they may read."""

    channel_id: str = ""
    """Where they read it; empty where nobody but them reads along."""
    organisation: str = ""
    """The Slack organisation they belong to; empty where others read along, who may belong to another."""
    groups: frozenset[str] = frozenset()
    """The groups of customers that they are in."""
    is_agent: bool = False
    """Agents read everything."""

    @property
    def tags(self) -> frozenset[str]:
        """Every tag that lets them read an article."""
        named = {f"channel:{self.channel_id}" if self.channel_id else "", *(f"group:{each}" for each in self.groups)}
        own = {CUSTOMER, f"organisation:{self.organisation}" if self.organisation else "", *named}
        return frozenset(own - {""})

    @property
    def reads_alone(self) -> bool:
        """Whether nobody reads along; only then is it known whose groups and organisation count."""
        return bool(self.organisation)

    def may_read(self, audience: str) -> bool:
        """Whether one of the audience's tags lets them read an article."""
        return self.is_agent or not self.tags.isdisjoint(audience.split())

    def as_json(self) -> dict[str, Any]:
        """What is kept of them beside a decision."""
        return {
            "channel_id": self.channel_id,
            "organisation": self.organisation,
            "groups": sorted(self.groups),
            **({"is_agent": True} if self.is_agent else {}),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Reader":
        """Read what `as_json` wrote; nobody in particular when nothing was kept."""
        return cls(
            str(kept.get("channel_id", "")),
            str(kept.get("organisation", "")),
            frozenset(kept.get("groups", ())),
            bool(kept.get("is_agent")),
        )
