"""Who may read an article. Pure.

An article names its audience by tags, any of which will do: `customer` (everyone), `internal` (agents alone),
`channel:C…` (whoever asks in that channel), `group:NAME` (a group of customers that the team named) and
`organisation:T…` (people of one Slack organisation).
"""

from dataclasses import dataclass

CUSTOMER, INTERNAL = "customer", "internal"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever a reply is for, as far as it decides what they may read."""

    channel_id: str = ""
    """Where they read it; empty where nobody but them reads along."""
    organisation: str = ""
    """The Slack organisation they belong to."""
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

    def may_read(self, audience: str) -> bool:
        """Whether one of the audience's tags lets them read an article."""
        return self.is_agent or not self.tags.isdisjoint(audience.split())
